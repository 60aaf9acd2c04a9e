"""Where a letter stands, in a word and a shape: the same on the tray, on its page and in the search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phrom.letters.models import Letter, RecipientState
from phrom.shared.thai.dates import thai_date

S = RecipientState
SHAPES: dict[str, str] = {
    S.WAITING: "open",
    S.QUEUED: "wait",
    S.SENDING: "wait",
    S.DELIVERED: "submitted",
    S.ACCEPTED: "done",
    S.REJECTED: "late",
    S.INVALID: "late",
    S.RECALLED: "stop",
    S.EXPIRED: "late",
}
TROUBLE = (S.REJECTED, S.INVALID, S.EXPIRED)
ON_ITS_WAY = (S.QUEUED, S.SENDING)


@dataclass(frozen=True)
class Tally:
    """What became of a letter at its recipients, in counts. Those called back are in `total` and nowhere else."""

    total: int = 0
    waiting: int = 0
    arrived: int = 0
    accepted: int = 0
    answered: int = 0
    trouble: int = 0
    late: int = 0


@dataclass(frozen=True)
class Standing:
    """A state as a person sees it: shape and word."""

    shape: str
    word: str


def standing_of(letter: Letter, tally: Tally) -> Standing:
    """Where the letter stands now; what somebody must look at comes first."""
    if letter.voided_at is not None:
        return Standing("stop", "ยกเลิก" if letter.is_issued else "ยกเลิกร่าง")
    if not letter.is_issued:
        return _of_draft(letter)
    if tally.trouble:
        return Standing("late", f"ส่งไม่สำเร็จ {tally.trouble} แห่ง")
    if tally.late:
        return Standing("late", f"เลยวันที่ขอให้ตอบ {tally.late} แห่ง")
    if tally.waiting:
        return Standing("wait", f"รอส่ง {tally.waiting} แห่ง")
    if tally.total and tally.accepted == tally.total:
        return Standing("done", "ลงรับครบแล้ว")
    return Standing("submitted", "ส่งแล้ว" if tally.total else "ออกเลขแล้ว")


def what_waits(letter: Letter, tally: Tally) -> tuple[str, ...]:
    """What an issued letter still waits for, what somebody must do first; nothing when all is done."""
    unanswered = tally.arrived - tally.answered - tally.late
    asked = letter.answer_by is not None
    waits = (
        (tally.trouble, "ส่งไม่สำเร็จ {} ราย: ดูเหตุแล้วส่งใหม่ หรือเรียกคืน"),
        (tally.waiting, "รอส่งถึงผู้รับอีก {} ราย"),
        (tally.arrived - tally.accepted, "รอ {} หน่วยงานลงรับ"),
        (tally.late, "เลยวันที่ขอให้ตอบ {} หน่วยงาน: ส่งหนังสือเตือน"),
        (unanswered if asked else 0, f"รอ {{}} หน่วยงานตอบภายใน {thai_date(letter.answer_by)}" if letter.answer_by else ""),
    )
    return tuple(words.format(count) for count, words in waits if count > 0)


def all_done(letter: Letter, tally: Tally) -> str:
    """The words for an issued letter for which nothing waits."""
    called_back = tally.total - tally.arrived - tally.waiting - tally.trouble
    if not tally.total:
        return "ออกเลขแล้ว ไม่มีขั้นที่ค้าง"
    if called_back == tally.total:
        return "เรียกคืนจากผู้รับทุกรายแล้ว ไม่มีขั้นที่ค้าง"
    answered = "และตอบครบแล้ว" if letter.answer_by else "แล้ว"
    return f"ผู้รับทุกรายลงรับ{answered} ไม่มีขั้นที่ค้าง" + (f" (เรียกคืน {called_back} ราย)" if called_back else "")


def _of_draft(letter: Letter) -> Standing:
    if letter.approved_at is not None:
        return Standing("accepted", "เห็นชอบแล้ว รอออกเลข")
    if letter.submitted_at is not None:
        return Standing("wait", "รอหัวหน้าเห็นชอบ")
    if letter.returned_because:
        return Standing("returned", "ส่งกลับแก้ไข")
    return Standing("open", "ร่าง")


def is_late(letter: Letter, state: str, answered: bool, today: date) -> bool:
    """True for a recipient that was asked to answer by a day that is over, has the letter, and did not."""
    return letter.is_late(today) and not answered and state in (S.DELIVERED, S.ACCEPTED, *ON_ITS_WAY)
