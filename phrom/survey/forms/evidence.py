"""What was posted about evidence: a web address, its days, its letter, where it stands under a row. Checks only."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, QueryDict

from phrom.rules.scoring.claims import URL
from phrom.rules.scoring.exchange import UNPRINTABLE
from phrom.shared.thai.dates import BadDate, parse_date, thai_date
from phrom.shared.ui.refusals import Refusal
from phrom.shared.ui.typed import posted_id, refuse_unless_one_line
from phrom.survey.actions.evidence import Posted, Upload
from phrom.survey.actions.filing import About, Spot

DAYS = {"issued_on": "วันที่ออกเอกสาร", "starts_on": "วันเริ่มของช่วงเวลา", "ends_on": "วันสิ้นสุดของช่วงเวลา"}
TEXTS = {"name": "ชื่อ", "letter": "เลขที่หนังสือ", "page": "หน้า", "quotation": "ข้อความที่อ้างถึง"}
LONGEST = {"name": 255, "letter": 120, "page": 60, "quotation": 1000, "url": 2000}  # as the columns are


class BadEvidence(Refusal):
    """The form about the evidence cannot be read; nothing was attached."""


def read_evidence(request: HttpRequest) -> Posted:
    """Files, a web address or both, with what is said about them. Refuses BadEvidence when there is neither."""
    uploads = _uploads(request)
    url = request.POST.get("url", "").strip()
    if not uploads and not url:
        raise BadEvidence(
            "ยังไม่ได้แนบ กรุณาเลือกไฟล์อย่างน้อยหนึ่งไฟล์ หรือใส่ที่อยู่เว็บของหลักฐาน แล้วกดแนบอีกครั้ง",
            "Nothing was attached. Please choose a file or give a web address and try again.",
            where="files",
        )
    return Posted(tuple(uploads), read_url(url) if url else "", read_about(request.POST), read_spot(request.POST))


def read_files(request: HttpRequest) -> list[Upload]:
    """Many files. Refuses BadEvidence when there is none."""
    uploads = _uploads(request)
    if not uploads:
        raise BadEvidence(
            "ยังไม่ได้เลือกไฟล์ ยังไม่มีอะไรถูกบันทึก กรุณาเลือกไฟล์อย่างน้อยหนึ่งไฟล์",
            "No file was chosen and nothing was saved. Please choose one or more.",
            where="files",
        )
    return uploads


def read_version(request: HttpRequest) -> tuple[Upload | None, str]:
    """The next version: one file, else a web address. Refuses BadEvidence when there is neither."""
    posted = read_evidence(request)
    return (posted.uploads[0], "") if posted.uploads else (None, posted.url)


def read_ask(data: QueryDict) -> int:
    """The id of the row that was chosen. Refuses BadEvidence when none was."""
    chosen = posted_id(data.get("ask", ""))
    if not chosen:
        raise BadEvidence(
            "ยังไม่ได้เลือกข้อ ยังไม่มีอะไรถูกบันทึก กรุณาเลือกข้อที่จะใช้หลักฐานนี้แล้วทำอีกครั้ง",
            "No row was chosen and nothing was saved. Please choose the row for this evidence.",
            where="ask",
        )
    return chosen


def read_name(data: QueryDict) -> str:
    """The words under which a link stands in the library; empty where none were sent. Refuses as `read_about`."""
    return _line(data, "name")


def _uploads(request: HttpRequest) -> list[Upload]:
    return [Upload(file.name or "", file.chunks()) for file in request.FILES.getlist("files") if file]


def read_about(data: QueryDict) -> About:
    """The days and the letter of a piece. Refuses BadEvidence and NotOneLine: no such day, a period backward, long texts."""
    days = {name: _day(data, name) for name in DAYS}
    starts_on, ends_on = days["starts_on"], days["ends_on"]
    if starts_on and ends_on and starts_on > ends_on:
        raise BadEvidence(
            f"ช่วงเวลาของเนื้อหากลับด้าน: เริ่ม {thai_date(starts_on)} แต่สิ้นสุด {thai_date(ends_on)} ยังไม่มีอะไรถูกบันทึก"
            " กรุณาแก้วันที่แล้วทำอีกครั้ง",
            f"The period ends ({ends_on}) before it begins ({starts_on}). Nothing was saved. Please correct the days.",
            where="ends_on",
        )
    return About(**days, letter=_line(data, "letter"))


def read_spot(data: QueryDict) -> Spot:
    """The expectation, the page and the quotation; the action says whether the row has that expectation. Refuses as above."""
    return Spot(data.get("slot", ""), _line(data, "page"), _text(data, "quotation"))


def _day(data: QueryDict, name: str) -> date | None:
    typed = data.get(name, "").strip()
    try:
        return parse_date(typed) if typed else None
    except BadDate as bad:
        raise BadEvidence(
            f"ยังไม่ได้บันทึก เพราะ{DAYS[name]}ไม่ถูกต้อง: {bad.th}",
            f"Nothing was saved: a day ({name}) is wrong: {bad.en}",
            where=name,
        ) from bad


def _line(data: QueryDict, name: str) -> str:
    text = _text(data, name)
    refuse_unless_one_line(text, where=name)
    return text


def _text(data: QueryDict, name: str) -> str:
    text = data.get(name, "").replace("\r\n", "\n").strip()
    if UNPRINTABLE.search(text) or len(text) > LONGEST[name]:
        raise BadEvidence(
            f"{TEXTS[name]}ยาวเกิน {LONGEST[name]:,} ตัวอักษร หรือมีอักขระที่มองไม่เห็น ยังไม่มีอะไรถูกบันทึก กรุณาพิมพ์ใหม่ให้สั้นลง",
            f"The {name} is longer than {LONGEST[name]:,} characters or holds invisible ones. Nothing was saved.",
            where=name,
        )
    return text


def read_url(url: str) -> str:
    """A web address of evidence. Refuses BadEvidence."""
    if not URL.fullmatch(url) or UNPRINTABLE.search(url) or len(url) > LONGEST["url"]:
        raise BadEvidence(
            "ยังไม่ได้แนบลิงก์ ที่อยู่เว็บต้องขึ้นต้นด้วย http:// หรือ https:// และยาวไม่เกิน 2,000 ตัวอักษร",
            "The link was not attached: it must start with http:// or https:// and have at most 2,000 characters.",
            where="url",
        )
    return url
