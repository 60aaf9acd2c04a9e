"""Writing minutes: the items with their state, who has the pen, one item open; circulating; adopting at a later meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.models import Person
from phrom.meetings.actions.adoption import adoption_item
from phrom.meetings.actions.minutes import empty_items, missing_for_circulation
from phrom.meetings.actions.pen import RESTS_AFTER, pen_is_free
from phrom.meetings.attendees import attendees
from phrom.meetings.minutes_texts import corrected_since, newest_texts
from phrom.meetings.models import AgendaItem, Attendance, Meeting, Minutes, MinutesComment, MinutesText, Resolution
from phrom.meetings.pages.minutes import state_of_minutes
from phrom.meetings.papers.minutes import resolution_words
from phrom.meetings.papers.wording import Slip, slips
from phrom.shared.thai.dates import thai_when


@dataclass(frozen=True)
class Pen:
    """Who writes now, in words; whether that is the reader, whether it may be taken, and who asks for it."""

    words: str
    mine: bool
    free: bool
    wanted_by: str
    asked_by_me: bool


@dataclass(frozen=True)
class EditLine:
    """An item in the list: whether something is written, since when, what is asked."""

    item: AgendaItem
    depth: int
    text: MinutesText | None
    comments: tuple[MinutesComment, ...]
    resolutions: tuple[Resolution, ...]
    corrected: bool
    is_heading: bool

    @property
    def open_comments(self) -> int:
        """Comments that wait for an answer."""
        return sum(1 for each in self.comments if each.answered_at is None)

    @property
    def state(self) -> tuple[str, str]:
        """Shape and word."""
        if self.open_comments:
            return "late", f"ขอแก้ {self.open_comments} ข้อ"
        if self.item.is_withdrawn:
            return "stop", "ถอนวาระ"
        if self.corrected:
            return "returned", "แก้หลังแจ้งเวียน"
        if self.text and self.text.text.strip():
            return "done", "มีข้อความ"
        return ("accepted", "หัวข้อ") if self.is_heading else ("open", "ยังว่าง")

    @property
    def saved(self) -> str:
        """Who saved it last and when."""
        return f"{self.text.saved_by.name} บันทึกเมื่อ {thai_when(self.text.saved_at)}" if self.text else ""

    @property
    def resolved(self) -> tuple[str, ...]:
        """What was resolved, in the words of the paper."""
        return tuple(resolution_words(each) for each in self.resolutions)


@dataclass(frozen=True)
class EditPage:
    """The whole of the minutes on the desk; `chosen` is the item that is open, if any."""

    meeting: Meeting
    minutes: Minutes
    state: tuple[str, str]
    pen: Pen
    lines: tuple[EditLine, ...]
    chosen: EditLine | None = None
    next_item: AgendaItem | None = None

    @property
    def slips(self) -> tuple[Slip, ...]:
        """Words of the chosen text that minutes do not use."""
        return slips(self.chosen.text.text) if self.chosen and self.chosen.text else ()

    @property
    def version(self) -> int:
        """The version of the chosen text; 0 while there is none."""
        return self.chosen.text.version if self.chosen and self.chosen.text else 0

    @property
    def adopted(self) -> bool:
        """True once nothing changes any more."""
        return self.minutes.adopted_at is not None


@dataclass(frozen=True)
class CirculatePage:
    """Before the minutes go out: what is missing, what is worth a look, who gets them."""

    meeting: Meeting
    minutes: Minutes
    missing: tuple[str, ...]
    empty: tuple[AgendaItem, ...]
    wrong_words: tuple[tuple[AgendaItem, tuple[Slip, ...]], ...]
    mailed: tuple[Attendance, ...]
    by_hand: tuple[Attendance, ...]


@dataclass(frozen=True)
class AdoptionLine:
    """Minutes that wait for adoption, with the item of the later meeting and what still stands in the way."""

    minutes: Minutes
    item: AgendaItem | None
    unanswered: int
    corrected: bool


@dataclass(frozen=True)
class AdoptionPage:
    """What a meeting may adopt."""

    meeting: Meeting
    lines: tuple[AdoptionLine, ...]
    adopted: tuple[Minutes, ...]


def edit_page(meeting: Meeting, minutes: Minutes, person: Person, at: datetime, item_id: int | None = None) -> EditPage:
    """The desk; 404 for an item of elsewhere. Six queries, whatever the number of items."""
    texts, corrected = newest_texts(minutes), corrected_since(minutes)
    comments = list(minutes.comments.filter(item__isnull=False).select_related("made_by", "answered_by").order_by("pk"))
    items = list(meeting.items.prefetch_related("resolutions"))
    headings = {item.parent_id for item in items}
    lines = tuple(
        EditLine(
            item=item,
            depth=item.number.count("."),
            text=texts.get(item.pk),
            comments=tuple(each for each in comments if each.item_id == item.pk),
            resolutions=tuple(item.resolutions.all()),
            corrected=item.pk in corrected,
            is_heading=item.pk in headings,
        )
        for item in items
    )
    places = [line.item.pk for line in lines]
    if item_id is not None and item_id not in places:
        raise Http404
    place = places.index(item_id) if item_id is not None else -1
    return EditPage(
        meeting=meeting,
        minutes=minutes,
        state=state_of_minutes(minutes),
        pen=pen_of(minutes, person, at),
        lines=lines,
        chosen=lines[place] if place >= 0 else None,
        next_item=items[place + 1] if place + 1 < len(items) else None,
    )


def pen_of(minutes: Minutes, person: Person, at: datetime) -> Pen:
    """Who writes now."""
    mine = minutes.editor_id == person.pk
    words = "ยังไม่มีใครถือปากกา"
    if mine:
        words = "ท่านถือปากกาอยู่"
    elif minutes.editor and minutes.editing_at:
        words = f"{minutes.editor.name} ถือปากกาอยู่ เขียนล่าสุด {thai_when(minutes.editing_at)}"
        if not pen_is_free(minutes, person, at):
            words += f" รับต่อได้ตั้งแต่ {thai_when(minutes.editing_at + RESTS_AFTER)}"
    wanted = minutes.wanted_by.name if minutes.wanted_by else ""
    return Pen(words, mine, pen_is_free(minutes, person, at), wanted, minutes.wanted_by_id == person.pk)


def minutes_to_write(meeting: Meeting) -> Minutes | None:
    """The minutes with who holds and who wants the pen. One query."""
    return Minutes.objects.filter(meeting=meeting).select_related("editor", "wanted_by", "adopted_in", "meeting__order").first()


def circulate_page(meeting: Meeting, minutes: Minutes, today: date) -> CirculatePage:
    """Before the minutes go out."""
    there = attendees(meeting)
    found = [(text.item_id, slips(text.text)) for text in newest_texts(minutes).values()]
    items = {item.pk: item for item in meeting.items.all()}
    return CirculatePage(
        meeting=meeting,
        minutes=minutes,
        missing=tuple(missing_for_circulation(minutes, None, today=today)),
        empty=tuple(empty_items(minutes)),
        wrong_words=tuple((items[pk], wrong) for pk, wrong in found if wrong),
        mailed=tuple(row for row in there if row.person is not None),
        by_hand=tuple(row for row in there if row.person is None),
    )


def adoption_page(meeting: Meeting) -> AdoptionPage:
    """Circulated minutes of earlier meetings of the same body; a few queries for each, of which there are one or two."""
    rows = Minutes.objects.filter(meeting__body=meeting.body_id).select_related("meeting__body", "meeting__order")
    waiting = rows.filter(circulated_at__isnull=False, adopted_at=None, meeting__held_at__lt=meeting.held_at)
    lines = tuple(
        AdoptionLine(
            minutes=each,
            item=adoption_item(meeting, each),
            unanswered=each.comments.filter(answered_at=None).count(),
            corrected=bool(corrected_since(each)),
        )
        for each in waiting.order_by("meeting__held_at")
    )
    return AdoptionPage(meeting, lines, tuple(rows.filter(adopted_in=meeting)))


def to_adopt(meeting: Meeting, minutes_id: int) -> Minutes:
    """Minutes of the same body by id; 404 for any other."""
    rows = Minutes.objects.filter(meeting__body=meeting.body_id).select_related("meeting")
    return get_object_or_404(rows, pk=minutes_id)
