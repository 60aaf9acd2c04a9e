"""What was posted about evidence: which expectation it meets, its day of issue, a web address. Checks only."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, QueryDict

from phrom.rules.scoring.claims import URL
from phrom.rules.scoring.exchange import UNPRINTABLE
from phrom.shared.thai.reading import BadDate, parse_date
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.evidence import Posted, Upload

LONGEST_URL = 2000


class BadEvidence(Refusal):
    """The form about the evidence cannot be read; nothing was attached."""


def read_evidence(request: HttpRequest) -> Posted:
    """Files, a web address or both, with what is said about them. Refuses BadEvidence when there is neither."""
    uploads = [Upload(file.name or "", file.chunks()) for file in request.FILES.getlist("files") if file]
    url = request.POST.get("url", "").strip()
    if not uploads and not url:
        raise BadEvidence(
            "ยังไม่ได้แนบ กรุณาเลือกไฟล์อย่างน้อยหนึ่งไฟล์ หรือใส่ที่อยู่เว็บของหลักฐาน แล้วกดแนบอีกครั้ง",
            "Nothing was attached. Please choose a file or give a web address and try again.",
            where="files",
        )
    return Posted(tuple(uploads), _url(url) if url else "", request.POST.get("slot", ""), _issued_on(request.POST))


def _issued_on(data: QueryDict) -> date | None:
    typed = data.get("issued_on", "").strip()
    try:
        return parse_date(typed) if typed else None
    except BadDate as bad:
        raise BadEvidence(
            f"ยังไม่ได้แนบหลักฐาน เพราะวันที่ออกเอกสารไม่ถูกต้อง: {bad.th}",
            f"Nothing was attached: the day of issue is wrong: {bad.en}",
            where="issued_on",
        ) from bad


def _url(url: str) -> str:
    if not URL.fullmatch(url) or UNPRINTABLE.search(url) or len(url) > LONGEST_URL:
        raise BadEvidence(
            "ยังไม่ได้แนบลิงก์ ที่อยู่เว็บต้องขึ้นต้นด้วย http:// หรือ https:// และยาวไม่เกิน 2,000 ตัวอักษร",
            "The link was not attached: it must start with http:// or https:// and have at most 2,000 characters.",
            where="url",
        )
    return url
