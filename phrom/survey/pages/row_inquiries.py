"""Inquiries beside a row: the threads as they are read, on the agency's page and on the reviewer's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phrom.shared.thai.dates import thai_when
from phrom.survey.models import Ask, Inquiry, InquiryNote


@dataclass(frozen=True)
class Turn:
    """Something that was said."""

    who: str
    when: str
    text: str
    from_agency: bool


@dataclass(frozen=True)
class Thread:
    """One inquiry. `state` is open (the agency is to answer), answered or closed."""

    id: int
    turns: tuple[Turn, ...]
    state: str
    may_speak: bool

    @property
    def tag(self) -> tuple[str, str]:
        """Shape and word."""
        return {"open": ("wait", "รอหน่วยงานตอบ"), "answered": ("submitted", "หน่วยงานตอบแล้ว")}.get(
            self.state, ("frozen", "ปิดข้อซักถามแล้ว")
        )


def threads_of(asks: Iterable[Ask], *, may_speak: bool = True) -> dict[int, tuple[Thread, ...]]:
    """All inquiries about these asks with every turn, by ask id, the standing ones first: two queries."""
    found = list(Inquiry.objects.filter(ask__in=list(asks)).order_by("id"))
    notes: dict[int, list[InquiryNote]] = defaultdict(list)
    for note in InquiryNote.objects.filter(inquiry__in=found).select_related("by").order_by("id") if found else ():
        notes[note.inquiry_id].append(note)
    gathered: dict[int, list[Thread]] = defaultdict(list)
    for inquiry in sorted(found, key=lambda each: (each.closed_at is not None, each.pk)):
        gathered[inquiry.ask_id].append(_thread(inquiry, notes[inquiry.pk], may_speak))
    return {ask: tuple(threads) for ask, threads in gathered.items()}


def inquired(asks: Sequence[Ask]) -> list[Ask]:
    """Those of the asks about which there was an inquiry, as their query told; no query where it did not say."""
    return [ask for ask in asks if getattr(ask, "inquired", False)]


def _thread(inquiry: Inquiry, notes: Sequence[InquiryNote], may_speak: bool) -> Thread:
    turns = tuple(Turn(note.by.name, thai_when(note.at), note.text, note.from_agency) for note in notes)
    answered = bool(notes) and notes[-1].from_agency
    state = "closed" if inquiry.closed_at else "answered" if answered else "open"
    return Thread(inquiry.pk, turns, state, may_speak and state != "closed")
