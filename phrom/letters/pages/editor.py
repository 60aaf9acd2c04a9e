"""The pages on which a draft is written: who may sign, who may be written to, what may be referred to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, AgencyKind, Membership
from phrom.letters.actions.answering import reference_line
from phrom.letters.actions.drafting import Drafted, Refers, To
from phrom.letters.actions.offices import office_of
from phrom.letters.models import (
    Book,
    DirectoryEntry,
    EntryState,
    Incoming,
    Letter,
    Recipient,
    RegisterEntry,
    Via,
)
from phrom.letters.numbers import book_of, year_of
from phrom.letters.pages.letters import letter_for
from phrom.letters.scopes import DRAFT, SECRETS, incoming_within, letters_within
from phrom.shared.thai.dates import thai_date
from phrom.shared.thai.digits import to_arabic
from phrom.shared.ui.typed import posted_id

MOST_FOUND = 60
MOST_REFERENCES = 15
ALL_AGENCIES, ALL_LOCAL = "agencies", "local"


@dataclass(frozen=True)
class RecipientsPage:
    """To whom the draft goes now, and who can be added: the province's own offices, and what a search found."""

    letter: Letter
    chosen: tuple[Recipient, ...]
    agencies: tuple[Agency, ...]
    local_count: int
    found: tuple[Agency, ...]
    entries: tuple[DirectoryEntry, ...]
    words: str
    more: bool


@dataclass(frozen=True)
class ReferencesPage:
    """What the draft refers to, and letters of our books that a search found."""

    letter: Letter
    lines: tuple[Refers, ...]
    letters: tuple[Letter, ...]
    incoming: tuple[Incoming, ...]
    words: str


def agencies_to_write_for(access: Access) -> list[Agency]:
    """The agencies in whose name the person writes; 404 for who writes for none."""
    agencies = access.agencies(DRAFT)
    if not agencies:
        raise Http404
    return list(agencies)


def draft_for(access: Access, at: datetime, letter_id: int) -> Letter:
    """A letter that the person may write on; 404 else. Whether it still is a draft is the action's to say."""
    return letter_for(access, at, letter_id, DRAFT)


def handles_secrets(access: Access, letter: Letter) -> bool:
    """True when the person may make a letter of this office secret."""
    return letter.office.agency_id in access.agency_ids(SECRETS)


def signers_of(letter: Letter, on: date) -> list[Membership]:
    """The heads of the office and of its body on this day, each once: who may sign, with their posts. One query."""
    agency = letter.office.agency
    rows = Membership.objects.in_force(on).filter(agency__in=[agency.pk, agency.own_body_id])
    heads = rows.filter(Q(role__in=("head", "local_head")) | Q(post__is_head=True)).select_related("person", "post")
    return list({one.person_id: one for one in heads.order_by("agency__position", "id")}.values())


def recipients_page(letter: Letter, words: str, on: date) -> RecipientsPage:
    """Five queries, whatever the number of offices and recipients."""
    chosen = tuple(letter.recipients.select_related("office__agency", "entry__peer"))
    taken = {one.office.agency_id for one in chosen if one.office is not None}
    body_id = letter.office.agency.own_body_id
    ours = Agency.objects.filter(body=body_id).exclude(pk=letter.office.agency_id)
    agencies = ours.exclude(kind=AgencyKind.LOCAL_GOVERNMENT)
    words = " ".join(words.split())[:100]
    found = list(_agencies_found(words, letter).exclude(pk__in=taken)[: MOST_FOUND + 1]) if words else []
    entries = list(_entries_found(words, on)[: MOST_FOUND + 1]) if words else []
    written = {one.entry_id for one in chosen}
    return RecipientsPage(
        letter=letter,
        chosen=chosen,
        agencies=tuple(one for one in agencies if one.pk not in taken),
        local_count=ours.filter(kind=AgencyKind.LOCAL_GOVERNMENT).exclude(pk__in=taken).count(),
        found=tuple(found[:MOST_FOUND]),
        entries=tuple(one for one in entries[:MOST_FOUND] if one.pk not in written),
        words=words,
        more=len(found) > MOST_FOUND or len(entries) > MOST_FOUND,
    )


def with_recipients(
    drafted: Drafted, letter: Letter, posted: Mapping[str, Sequence[str]], names: Iterable[tuple[str, str]]
) -> Drafted:
    """The draft to those that were kept, ticked and typed, each once, in this order."""
    kept_ids = {posted_id(text) for text in posted.get("keep", ())}
    rows = letter.recipients.select_related("office__agency", "entry")
    kept = [To(one.name, one.office, one.entry, one.via, one.address) for one in rows if one.pk in kept_ids]
    taken = {to.office.agency_id for to in kept if to.office is not None}
    agencies = [agency for agency in _agencies_asked(letter, posted) if agency.pk not in taken]
    entries = DirectoryEntry.objects.filter(pk__in=[posted_id(text) for text in posted.get("entry", ())], peer__isnull=False)
    written = {to.entry.pk for to in kept if to.entry is not None}
    new = [To(office=office_of(agency)) for agency in agencies]
    new += [To(entry=entry) for entry in entries if entry.pk not in written]
    new += [To(name, via=Via.HAND, address=address) for name, address in names]
    return replace(drafted, recipients=(*kept, *new))


def references_page(access: Access, at: datetime, letter: Letter, drafted: Drafted, words: str) -> ReferencesPage:
    """What our books have under these words: numbers and subjects, of letters that the reader may see. At most two queries."""
    asked = to_arabic(" ".join(words.split())[:100])
    letters: tuple[Letter, ...] = ()
    incoming: tuple[Incoming, ...] = ()
    if asked:
        mine = Q(entry__number_text__icontains=asked) | Q(subject__icontains=asked)
        theirs = Q(their_number__icontains=asked) | Q(entry__number_text=asked) | Q(subject__icontains=asked)
        issued = letters_within(access, at).issued().filter(mine, voided_at=None).exclude(pk=letter.pk)
        letters = tuple(issued.order_by("-id")[:MOST_REFERENCES])
        incoming = tuple(incoming_within(access, at).filter(theirs).order_by("-id")[:MOST_REFERENCES])
    return ReferencesPage(letter, drafted.references, letters, incoming, words)


def reference_to(access: Access, at: datetime, posted: Mapping[str, str]) -> Refers:
    """The line for a letter that was chosen from our books; 404 for one that the reader may not see."""
    if posted.get("incoming"):
        found = incoming_within(access, at).filter(pk=posted_id(posted["incoming"])).first()
        if found is not None:
            return Refers(reference_line(found)[:500], incoming=found)
    ours = letters_within(access, at).issued().filter(pk=posted_id(posted.get("letter", ""))).first()
    if ours is None or ours.entry is None or ours.dated is None:
        raise Http404
    day = thai_date(ours.dated, "long")
    return Refers(f"หนังสือ{ours.office.agency.name} ที่ {ours.entry.number_text} ลงวันที่ {day}"[:500], letter=ours)


def reserved_for(letter: Letter, at: datetime) -> tuple[Book, list[RegisterEntry]]:
    """The book in which the letter will be numbered, and the numbers of it that were set aside."""
    book = book_of(letter.kind, letter.is_circular, letter.secrecy, letter.office)
    rows = RegisterEntry.objects.filter(register__office=letter.office, register__book=book, state=EntryState.RESERVED)
    recent = rows.filter(register__year__gte=year_of(at) - 1).select_related("register")
    return book, list(recent.order_by("register__year", "number")[:50])


def _agencies_asked(letter: Letter, posted: Mapping[str, Sequence[str]]) -> list[Agency]:
    """The offices that were ticked, and the groups that were ticked as a whole."""
    condition = Q(pk__in=[posted_id(text) for text in posted.get("agency", ())])
    ours = Q(body=letter.office.agency.own_body_id)
    if ALL_AGENCIES in posted.get("group", ()):
        condition |= ours & ~Q(kind=AgencyKind.LOCAL_GOVERNMENT)
    if ALL_LOCAL in posted.get("group", ()):
        condition |= ours & Q(kind=AgencyKind.LOCAL_GOVERNMENT)
    return list(Agency.objects.filter(condition).exclude(pk=letter.office.agency_id).select_related("body"))


def _agencies_found(words: str, letter: Letter) -> QuerySet[Agency]:
    condition = Q()
    for word in words.split():
        condition &= Q(name__icontains=word) | Q(short_name__icontains=word)
    return Agency.objects.filter(condition).exclude(pk=letter.office.agency_id).select_related("body")


def _entries_found(words: str, on: date) -> QuerySet[DirectoryEntry]:
    trusted = DirectoryEntry.objects.in_force(on).filter(peer__approved_at__isnull=False, peer__blocked_at=None)
    for word in words.split():
        trusted = trusted.filter(name__icontains=word)
    return trusted.select_related("peer")
