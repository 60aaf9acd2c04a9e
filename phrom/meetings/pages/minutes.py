"""Reading minutes: who came, what was said and resolved, comments with their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.meetings.attendance_sheet import AttendanceSheet, attendance_sheet
from phrom.meetings.attendees import attended
from phrom.meetings.minutes_texts import corrected_since, newest_texts
from phrom.meetings.models import AgendaItem, KeptPaper, Meeting, Minutes, MinutesComment, PaperForm, Resolution
from phrom.meetings.pages.downloads import Download
from phrom.meetings.pages.steps import minutes_of
from phrom.meetings.papers.agenda import paragraphs_of
from phrom.meetings.papers.minutes import draft_of, minutes_document, resolution_words, time_words
from phrom.meetings.scopes import may_manage, meetings_within
from phrom.shared.documents.canonical import from_json
from phrom.shared.thai.dates import days_left, thai_date, thai_when

COMMENT = "minutes.comment"


@dataclass(frozen=True)
class Said:
    """An item of the minutes: its paragraphs, its resolutions, what is asked about it."""

    item: AgendaItem
    depth: int
    paragraphs: tuple[str, ...]
    resolutions: tuple[tuple[Resolution, str], ...]
    comments: tuple[MinutesComment, ...]
    corrected: bool


@dataclass(frozen=True)
class MinutesPage:
    """The reading page. `minutes` is None while the reader may see none; `why_not` says why no comment can be made."""

    meeting: Meeting
    minutes: Minutes | None
    state: tuple[str, str]
    manages: bool
    sheet: AttendanceSheet | None = None
    items: tuple[Said, ...] = ()
    general: tuple[MinutesComment, ...] = ()
    can_comment: bool = False
    why_not: str = ""
    days: int | None = None
    kept: KeptPaper | None = None

    @property
    def began(self) -> str:
        """When it began."""
        return time_words(self.meeting.opened_at)

    @property
    def ended(self) -> str:
        """When it ended."""
        return time_words(self.meeting.closed_at)

    @property
    def unanswered(self) -> int:
        """Comments without an answer."""
        comments = [*self.general, *(each for said in self.items for each in said.comments)]
        return sum(1 for each in comments if each.answered_at is None)


def minutes_page(access: Access, meeting_id: int, *, today: date) -> MinutesPage:
    """The minutes of a meeting within reach; else 404. Drafts are for whoever writes them. About ten queries."""
    meeting = get_object_or_404(meetings_within(access), pk=meeting_id)
    minutes, manages = minutes_of(meeting), may_manage(access, meeting)
    state = state_of_minutes(minutes)
    if minutes is None or (minutes.circulated_at is None and not manages):
        return MinutesPage(meeting, None, state, manages)
    comments = list(minutes.comments.select_related("made_by", "answered_by").order_by("pk"))
    why_not = _why_not(access, minutes, today)
    return MinutesPage(
        meeting=meeting,
        minutes=minutes,
        state=state,
        manages=manages,
        sheet=attendance_sheet(meeting),
        items=_items(minutes, comments),
        general=tuple(each for each in comments if each.item_id is None),
        can_comment=not why_not,
        why_not=why_not,
        days=days_left(minutes.comments_until, today) if minutes.comments_until and not minutes.adopted_at else None,
        kept=meeting.kept_papers.filter(form=PaperForm.MINUTES).first() if minutes.adopted_at else None,
    )


def state_of_minutes(minutes: Minutes | None) -> tuple[str, str]:
    """Shape and word of where the minutes stand."""
    if minutes is None:
        return "open", "ยังไม่ได้ร่าง"
    if minutes.adopted_at is not None:
        return "frozen", f"รับรองแล้วในการประชุมครั้งที่ {minutes.adopted_in}"
    if minutes.circulated_at is not None:
        return "submitted", "แจ้งเวียนแล้ว รอรับรอง"
    return "wait", "กำลังร่าง"


def minutes_download(access: Access, meeting_id: int) -> Download:
    """The minutes to take away: as they were adopted, else as they stand, marked as a draft. 404 where none may be read."""
    page = get_object_or_404(meetings_within(access), pk=meeting_id)
    minutes = minutes_of(page)
    if minutes is None or (minutes.circulated_at is None and not may_manage(access, page)):
        raise Http404
    name = f"รายงานการประชุม ครั้งที่ {page}".replace("/", "-")
    if minutes.adopted_at is not None:
        kept = page.kept_papers.filter(form=PaperForm.MINUTES).select_related("pdf").get()
        return Download(page.body, from_json(kept.content), name, kept)
    return Download(page.body, draft_of(minutes_document(page)), f"ร่าง{name}")


def commentable(access: Access, meeting_id: int) -> Minutes:
    """The minutes that somebody may want to comment on; 404 where none can be read."""
    rows = meetings_within(access).filter(body__in={agency.own_body_id for agency in access.agencies(COMMENT)})
    minutes = minutes_of(get_object_or_404(rows, pk=meeting_id))
    if minutes is None:
        raise Http404
    return minutes


def _items(minutes: Minutes, comments: list[MinutesComment]) -> tuple[Said, ...]:
    texts, corrected = newest_texts(minutes), corrected_since(minutes)
    return tuple(
        Said(
            item=item,
            depth=item.number.count("."),
            paragraphs=tuple(paragraphs_of(texts[item.pk].text)) if item.pk in texts else (),
            resolutions=tuple((each, resolution_words(each)) for each in item.resolutions.all()),
            comments=tuple(each for each in comments if each.item_id == item.pk),
            corrected=item.pk in corrected,
        )
        for item in minutes.meeting.items.prefetch_related("resolutions")
    )


def _why_not(access: Access, minutes: Minutes, today: date) -> str:
    if minutes.adopted_at is not None:
        return f"รายงานนี้รับรองแล้วเมื่อ {thai_when(minutes.adopted_at)} จึงไม่เปลี่ยนอีก"
    if minutes.comments_until is None:
        return "ยังไม่ได้แจ้งเวียน ผู้มาประชุมจะขอแก้ได้เมื่อแจ้งเวียนแล้ว"
    if today > minutes.comments_until:
        return f"พ้นกำหนดขอแก้แล้ว ({thai_date(minutes.comments_until)}) ขอแก้ได้อีกในที่ประชุมครั้งถัดไป"
    if access.person is None or not access.anywhere(COMMENT) or not attended(minutes.meeting, access.person):
        return "ผู้ที่ขอแก้ได้คือผู้มาประชุมและผู้เข้าร่วมประชุมครั้งนี้ หากรายชื่อผิด กรุณาแจ้งฝ่ายเลขานุการ"
    return ""
