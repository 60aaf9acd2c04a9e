"""What becomes of a letter that was sent for a resolution stands on the follow-up of its office, in the same transaction.

This follower never refuses: what a clerk elsewhere does with a letter must not fail because a matter here was closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.models import Agency, Person
from phrom.letters.followers import News
from phrom.letters.models import Incoming, Letter, RecipientState
from phrom.meetings.actions.follow_ups import answer_for_agency, close_for_agency, note_for_agency
from phrom.meetings.models import NoteKind, Resolution
from phrom.meetings.sent import resolution_in
from phrom.shared.thai.dates import thai_date

S = RecipientState
BACK: dict[str, str] = {
    S.REJECTED: "หน่วยงานปฏิเสธหนังสือที่",
    S.INVALID: "หน่วยงานแจ้งว่าหนังสือผิด ที่",
    S.EXPIRED: "ส่งไม่ถึงในกำหนด หนังสือที่",
    S.RECALLED: "เรียกคืนแล้ว หนังสือที่",
}
_DID = {str(S.ACCEPTED): "accepted_by", str(S.REJECTED): "refused_by", str(S.INVALID): "refused_by"}


@dataclass(frozen=True)
class _Line:
    """An office's line under a resolution, and who writes on it when."""

    resolution: Resolution
    agency: Agency
    by: Person
    at: datetime

    def note(self, kind: NoteKind, text: str) -> None:
        note_for_agency(resolution=self.resolution, agency=self.agency, kind=kind, text=text, by=self.by, at=self.at)

    def answer(self, text: str) -> None:
        if not answer_for_agency(resolution=self.resolution, agency=self.agency, text=text, by=self.by, at=self.at):
            self.note(NoteKind.LETTER, text)

    def close(self, because: str) -> None:
        close_for_agency(resolution=self.resolution, agency=self.agency, because=because, by=self.by, at=self.at)


def follow_letter(news: News) -> None:
    """Write the news on the follow-up of the office that it comes from; offices of other installations have none.

    A secret letter leaves no word here.
    """
    letter, office = news.recipient.letter, news.recipient.office
    resolution_id = resolution_in(letter.sent_for)
    if resolution_id is None or office is None or letter.is_secret:
        return
    resolution = Resolution.objects.select_related("item__meeting__body").filter(pk=resolution_id).first()
    if resolution is not None:
        _write(_Line(resolution, office.agency, _who(news), news.at), news, letter)


def note_letter(resolution: Resolution, news: News) -> None:
    """The same for a letter that only has to do with a resolution: it is told, and neither answers nor closes anything."""
    letter, office = news.recipient.letter, news.recipient.office
    text = _told(news, letter)
    if office is not None and text and not letter.is_secret:
        kind = NoteKind.LETTER_BACK if news.happened in BACK else NoteKind.LETTER
        _Line(resolution, office.agency, _who(news), news.at).note(kind, text)


def _write(line: _Line, news: News, letter: Letter) -> None:
    text = _told(news, letter)
    if news.happened == "answered":
        line.answer(text)
    elif text:
        line.note(NoteKind.LETTER_BACK if news.happened in BACK else NoteKind.LETTER, text)
    if news.happened == S.ACCEPTED and letter.answer_by is None:
        # A letter that asks for no answer asks to be acknowledged: accepting it is that.
        line.close(f"{text} (หนังสือแจ้งให้ทราบ ไม่ต้องรายงาน)")


def _told(news: News, letter: Letter) -> str:
    """The news in words; nothing for steps that concern nobody here."""
    recipient = news.recipient
    if news.happened == "answered":
        return f"ตอบตามหนังสือที่ {recipient.answer_number} {news.words}".strip()
    if news.happened == S.ACCEPTED:
        on = f" เมื่อ {thai_date(recipient.accepted_on)}" if recipient.accepted_on else ""
        return f"ลงรับหนังสือที่ {_number(letter)} เลขรับ {recipient.accept_number}{on}"
    if news.happened == S.DELIVERED:
        return f"ส่งหนังสือที่ {_number(letter)} แล้ว รอหน่วยงานลงรับ"
    if news.happened not in BACK:
        return ""
    because = f": {news.words}" if news.words else ""
    return f"{BACK[news.happened]} {_number(letter)}{because} ผู้ประสานงานต้องดำเนินการ"


def _number(letter: Letter) -> str:
    return letter.entry.number_text if letter.entry else ""


def _who(news: News) -> Person:
    """Who did it; in the same installation the receiver's clerk, and where only the system acted whoever issued the letter."""
    letter = news.recipient.letter
    if news.by is not None:
        return news.by
    found: Person | None = None
    if news.happened in _DID:
        incoming = Incoming.objects.filter(recipient=news.recipient).select_related("accepted_by", "refused_by").first()
        found = getattr(incoming, _DID[news.happened], None)
    return found or letter.issued_by or letter.drafted_by
