"""What goes wrong between two installations: each with the status that it is answered with, in Thai and English."""

from __future__ import annotations

from phrom.shared.ui.refusals import Refusal


class NotSigned(Refusal):
    """The request carries no signature that we can trust: none, a wrong one, an unknown key, a clock too far off."""

    status = 403

    def __init__(self, why: str) -> None:
        super().__init__(
            f"คำขอนี้ไม่มีลายมือชื่อที่ระบบเชื่อถือ ({why}) ไม่มีอะไรถูกบันทึก กรุณาตรวจกุญแจ นาฬิกา และการอนุมัติระหว่างสองระบบ",
            f"This request carries no signature that is trusted here ({why}). Nothing was kept.",
            where="signature",
        )


class Unreadable(Refusal):
    """The message is not what version 1 says, or carries what no letter may."""

    status = 422

    def __init__(self, why: str, *, where: str = "envelope") -> None:
        super().__init__(
            f"อ่านข้อความที่ส่งมาไม่ได้ ({why}) ไม่มีอะไรถูกบันทึก กรุณาตรวจรูปแบบข้อความตามเอกสาร docs/exchange",
            f"The message cannot be read ({why}). Nothing was kept. Please see docs/exchange.",
            where=where,
        )


class NotYet(Refusal):
    """Something is still being fetched: the same request is to be sent again a little later."""

    status = 425


class OtherContent(Refusal):
    """The same delivery id came before with another content."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "เคยได้รับข้อความหมายเลขนี้แล้วแต่เนื้อหาไม่ตรงกัน ระบบเก็บฉบับแรกไว้และแจ้งเหตุแก่ผู้ดูแลระบบแล้ว ไม่มีอะไรเปลี่ยน",
            "This delivery id came before with another content. The first one is kept; the administrators are alarmed.",
            where="delivery_id",
        )


class NotHere(Refusal):
    """The office is not received for here, or not on this day."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "ระบบนี้ไม่ได้รับหนังสือแทนหน่วยงานที่ระบุ ไม่มีอะไรถูกบันทึก กรุณาตรวจทะเบียนหน่วยงานของระบบปลายทาง",
            "This installation does not receive letters for that office. Nothing was kept.",
            where="receiver",
        )


class SecretsNotTaken(Refusal):
    """A letter graded ลับ or higher, and one of the two sides has not allowed such letters."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "สองระบบนี้ยังไม่ได้ตกลงส่งหนังสือลับถึงกัน จึงส่งทางนี้ไม่ได้ ไม่มีอะไรถูกบันทึก กรุณาส่งหนังสือลับตามระเบียบว่าด้วยการรักษาความลับของทางราชการ",
            "Letters graded secret are not exchanged with this installation. Nothing was kept. "
            "Please send it by the way that the rules provide.",
            where="secrecy",
        )


class TooMany(Refusal):
    """More messages in a minute than are taken from one peer."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            "ระบบนี้รับข้อความจากระบบของท่านครบจำนวนต่อนาทีแล้ว ไม่มีอะไรถูกบันทึก กรุณาส่งใหม่ในอีกสักครู่",
            "More messages came in this minute than are taken. Nothing was kept. Please send it again a little later.",
        )


class Unreachable(Exception):
    """The peer did not answer, or answered nothing that can be read. Whether it took the message is not known."""


class ForbiddenAddress(Unreachable):
    """The address leads to this machine or into an inside network."""
