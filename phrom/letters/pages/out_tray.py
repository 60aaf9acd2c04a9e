"""The out-tray: what an office writes and has sent, what waits for whom, and what became of each letter at its recipients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import Http404

from phrom.agencies.access import Access
from phrom.letters.models import Letter, Office, Recipient, RecipientState
from phrom.letters.models.letters import LetterQuerySet
from phrom.letters.scopes import DRAFT, letters_within, offices_within
from phrom.letters.standing_words import ON_ITS_WAY, TROUBLE, Standing, Tally, standing_of
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.digits import to_arabic

PER_PAGE = 50
_SENT = Q(issued_at__isnull=False, voided_at=None)
_DRAFT = Q(issued_at=None, voided_at=None)


@dataclass(frozen=True)
class Filter:
    """One of the plain words above the table, with how many letters it shows."""

    key: str
    label: str
    count: int
    here: bool


@dataclass(frozen=True)
class Line:
    """One letter with its state and its counts."""

    letter: Letter
    standing: Standing
    tally: Tally


@dataclass(frozen=True)
class OutTray:
    """The page. `office` is None where all offices of the reader are shown together."""

    offices: tuple[Office, ...]
    office: Office | None
    filters: tuple[Filter, ...]
    show: str
    words: str
    lines: tuple[Line, ...]
    page: Page[Letter]
    may_draft: bool
    nothing: bool

    @property
    def query(self) -> str:
        """What the links to other pages of the list carry along."""
        asked = {"office": self.office.pk if self.office else "", "show": self.show, "q": self.words}
        return urlencode({name: value for name, value in asked.items() if value}) + "&"


def _kinds(today: date) -> dict[str, tuple[str, Q]]:
    """The filters in their order. What is late or in trouble is asked of the recipients."""
    unanswered = Q(recipients__answered_at=None, recipients__state__in=(RecipientState.DELIVERED, RecipientState.ACCEPTED))
    return {
        "all": ("ทั้งหมด", Q()),
        "drafts": ("ร่าง", _DRAFT & Q(submitted_at=None)),
        "waiting": ("รอเห็นชอบ", _DRAFT & Q(submitted_at__isnull=False, approved_at=None)),
        "ready": ("เห็นชอบแล้ว", _DRAFT & Q(approved_at__isnull=False)),
        "sent": ("ออกเลขแล้ว", _SENT),
        "dispatch": ("รอส่ง", _SENT & Q(recipients__state__in=ON_ITS_WAY)),
        "trouble": ("ส่งไม่สำเร็จ", _SENT & Q(recipients__state__in=TROUBLE)),
        "late": ("เลยวันที่ขอให้ตอบ", _SENT & Q(answer_by__lt=today) & unanswered),
        "void": ("ยกเลิก", Q(voided_at__isnull=False)),
    }


def out_tray(access: Access, at: datetime, *, office: str, show: str, words: str, number: str) -> OutTray:
    """The tray, newest first. Seven queries, whatever the number of letters. 404 for an office that is not the reader's."""
    offices = tuple(offices_within(access))
    chosen = _chosen(offices, office)
    today = local_date(at)
    kinds = _kinds(today)
    show = show if show in kinds else "all"
    within = _within(access, at, chosen)
    found = _found(within.filter(kinds[show][1]), words)
    # Each letter once, however many recipients fit: by its id, since DISTINCT would sort whole texts to show fifty.
    listed = within.filter(pk__in=found.order_by().values("pk"))
    page = Paginator(listed.order_by("-id"), PER_PAGE).get_page(number)
    letters = list(page.object_list)
    tallies = tallies_of(letters, today)
    counts = _counts(within, kinds)
    return OutTray(
        offices=offices,
        office=chosen,
        filters=tuple(Filter(key, label, counts[key], key == show) for key, (label, _) in kinds.items()),
        show=show,
        words=words,
        lines=tuple(_line(letter, tallies) for letter in letters),
        page=page,
        may_draft=bool(access.agency_ids(DRAFT)),
        nothing=not counts["all"],
    )


def tallies_of(letters: Sequence[Letter], today: date) -> dict[int, Tally]:
    """What became of each letter at its recipients: one query."""
    late = Q(letter__answer_by__lt=today, answered_at=None)
    late &= Q(state__in=(RecipientState.DELIVERED, RecipientState.ACCEPTED, *ON_ITS_WAY))
    rows = (
        Recipient.objects.filter(letter__in=letters)
        .order_by()
        .values("letter_id")
        .annotate(
            total=Count("id"),
            waiting=Count("id", filter=Q(state__in=ON_ITS_WAY)),
            arrived=Count("id", filter=Q(state__in=(RecipientState.DELIVERED, RecipientState.ACCEPTED))),
            accepted=Count("id", filter=Q(state=RecipientState.ACCEPTED)),
            answered=Count("id", filter=Q(answered_at__isnull=False)),
            trouble=Count("id", filter=Q(state__in=TROUBLE)),
            late=Count("id", filter=late),
        )
    )
    counted: list[dict[str, Any]] = [dict(row) for row in rows]
    return {row.pop("letter_id"): Tally(**row) for row in counted}


def _line(letter: Letter, tallies: dict[int, Tally]) -> Line:
    tally = tallies.get(letter.pk, Tally())
    return Line(letter, standing_of(letter, tally), tally)


def _chosen(offices: Sequence[Office], asked: str) -> Office | None:
    if not asked:
        return offices[0] if len(offices) == 1 else None
    for office in offices:
        if asked == str(office.pk):
            return office
    raise Http404


def _within(access: Access, at: datetime, office: Office | None) -> LetterQuerySet:
    within = letters_within(access, at)
    return within.filter(office=office) if office is not None else within


def _found(letters: LetterQuerySet, words: str) -> LetterQuerySet:
    """Those whose subject, number or addressee has the words, whichever digits were typed."""
    for word in to_arabic(words).split()[:8]:
        spoken = Q(subject__icontains=word) | Q(entry__number_text__icontains=word) | Q(addressed_to__icontains=word)
        letters = letters.filter(spoken | Q(recipients__name__icontains=word))
    return letters


def _counts(within: LetterQuerySet, kinds: dict[str, tuple[str, Q]]) -> dict[str, int]:
    """How many letters each filter shows: one query. Each letter counts once however many recipients it has."""
    mine = Letter.objects.filter(pk__in=within.order_by().values("pk"))
    asked = {key: Count("id", filter=condition or Q(pk__isnull=False), distinct=True) for key, (_, condition) in kinds.items()}
    return mine.aggregate(**asked)
