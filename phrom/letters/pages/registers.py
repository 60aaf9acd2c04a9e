"""The registers as pages: which books there are, and one book with its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.letters.looking import Wanted
from phrom.letters.models import SECRET_BOOKS, Book, EntryState, Office, Register, RegisterEntry
from phrom.letters.numbers import RECEIVE_BOOKS
from phrom.letters.scopes import ISSUE, READ, REGISTERS, SECRETS, registers_within
from phrom.shared.thai.digits import to_arabic, to_thai

ON_A_PAGE = 50
LONGEST_NUMBER = 9
SEARCHED = ("number_text", "subject", "from_name", "to_name", "their_number", "reserved_for", "voided_because", "remark")
SHAPES = {EntryState.USED: "done", EntryState.RESERVED: "wait", EntryState.VOID: "stop"}


@dataclass(frozen=True)
class BookLine:
    """A book of a year with how many of its numbers are void and reserved."""

    register: Register
    void: int
    reserved: int


@dataclass(frozen=True)
class OfficeBooks:
    """The books of one office, the newest year first. `office` is None until somebody wrote or set up something."""

    agency: Agency
    office: Office | None
    books: tuple[BookLine, ...]
    manages: bool

    @property
    def lacks_code(self) -> bool:
        """True when its numbers would go out without the office's code."""
        return self.office is None or not self.office.letter_code


@dataclass(frozen=True)
class RegistersPage:
    """All books that the reader may see."""

    offices: tuple[OfficeBooks, ...]
    can_reserve: bool
    keeps: bool


@dataclass(frozen=True)
class EntryLine:
    """A number in a book. `letter_id` and `incoming_id` lead to what carries it; without either it may be voided here."""

    entry: RegisterEntry
    shape: str
    letter_id: int | None
    incoming_id: int | None
    can_void: bool


@dataclass(frozen=True)
class RegisterPage:
    """A page of a book, the highest number first."""

    register: Register
    lines: tuple[EntryLine, ...]
    page: Page[RegisterEntry]
    counts: dict[str, int]
    manages: bool
    exports: bool
    receives: bool


def registers_page(access: Access) -> RegistersPage:
    """Every office of the reader with its books. Three queries, however many offices."""
    agencies, managed = access.agencies(READ), set(access.agency_ids(REGISTERS))
    offices = {office.agency_id: office for office in Office.objects.of_agencies([agency.pk for agency in agencies])}
    void, reserved = (Count("entries", filter=Q(entries__state=state)) for state in (EntryState.VOID, EntryState.RESERVED))
    books: dict[int, list[BookLine]] = {}
    for row in registers_within(access).annotate(void=void, reserved=reserved).order_by("-year", "pk"):
        books.setdefault(row.office.agency_id, []).append(BookLine(row, row.void, row.reserved))
    place = list(Book.values).index
    shown = tuple(
        OfficeBooks(
            agency,
            offices.get(agency.pk),
            tuple(sorted(books.get(agency.pk, ()), key=lambda line: (-line.register.year, place(line.register.book)))),
            agency.pk in managed,
        )
        for agency in agencies
    )
    return RegistersPage(shown, can_reserve=bool(reservable(access)), keeps=bool(managed))


def register_for(access: Access, register_id: int) -> Register:
    """A book that the reader may see; 404 else."""
    return get_object_or_404(registers_within(access), pk=register_id)


def entry_for(access: Access, entry_id: int) -> RegisterEntry:
    """A number in a book that the reader keeps; 404 else."""
    books = registers_within(access)
    entry = get_object_or_404(RegisterEntry.objects.filter(register__in=books), pk=entry_id)
    entry.register = books.get(pk=entry.register_id)
    if not keeps(access, entry.register):
        raise Http404
    return entry


def keeps(access: Access, register: Register) -> bool:
    """True for who gives out the office's numbers; those of a secret book only who handles its secret letters."""
    needed = SECRETS if register.book in SECRET_BOOKS else ISSUE
    return register.office.agency_id in access.agency_ids(needed)


def agency_for(access: Access, agency_id: int) -> Agency:
    """An agency whose books the person keeps; 404 else."""
    for agency in access.agencies(REGISTERS):
        if agency.pk == agency_id:
            return agency
    raise Http404


def agency_to_reserve(access: Access, agency_id: int, book: str) -> Agency:
    """An agency in whose book the person may set numbers aside; 404 else."""
    for agency in access.agencies(SECRETS if book in SECRET_BOOKS else ISSUE):
        if agency.pk == agency_id:
            return agency
    raise Http404


def office_set_up(agency: Agency) -> Office | None:
    """The agency's office where there is one already."""
    return Office.objects.of_agencies([agency.pk]).first()


def reservable(access: Access) -> list[tuple[str, str]]:
    """The books in which the person may set numbers aside: value "agency:book" and words, of every office they keep."""
    kept = [
        (agency, [book for book in Book if book not in (*SECRET_BOOKS, *RECEIVE_BOOKS)]) for agency in access.agencies(ISSUE)
    ]
    kept += [(agency, [Book.SECRET_SEND]) for agency in access.agencies(SECRETS)]
    several = len({agency.pk for agency, _ in kept}) > 1
    return [
        (f"{agency.pk}:{book.value}", f"{book.label} · {agency.name}" if several else str(book.label))
        for agency, books in kept
        for book in books
    ]


def register_page(access: Access, register: Register, wanted: Wanted, number: str) -> RegisterPage:
    """A page of a book with what was looked for. Five queries at most, however many numbers."""
    page = Paginator(_entries(register, wanted), ON_A_PAGE).get_page(number)
    counted = register.entries.values_list("state").annotate(count=Count("pk")).order_by()
    manages = keeps(access, register)
    return RegisterPage(
        register=register,
        lines=tuple(_line(entry, manages) for entry in page),
        page=page,
        counts=dict(counted),
        manages=manages,
        exports=register.office.agency_id in access.agency_ids(REGISTERS),
        receives=register.book in RECEIVE_BOOKS,
    )


def _entries(register: Register, wanted: Wanted) -> QuerySet[RegisterEntry]:
    rows = register.entries.select_related("letter", "incoming", "taken_by", "voided_by").order_by("-number")
    text = to_arabic(wanted.text).strip()
    if text.isdigit() and len(text) <= LONGEST_NUMBER and (exact := rows.filter(number=int(text))).exists():
        rows = exact
    else:
        for word in text.split():
            rows = rows.filter(_says(word))
    if wanted.state in EntryState.values:
        rows = rows.filter(state=wanted.state)
    rows = rows.filter(dated__gte=wanted.since) if wanted.since else rows
    return rows.filter(dated__lte=wanted.until) if wanted.until else rows


def _says(word: str) -> Q:
    """Some column says this word, in Arabic digits or as it was typed in Thai ones."""
    found = Q()
    for column in SEARCHED:
        found |= Q(**{f"{column}__icontains": word}) | Q(**{f"{column}__icontains": to_thai(word)})
    return found


def _line(entry: RegisterEntry, manages: bool) -> EntryLine:
    letter_id, incoming_id = _pk_of(entry, "letter"), _pk_of(entry, "incoming")
    free = letter_id is None and incoming_id is None and entry.state != EntryState.VOID
    return EntryLine(entry, SHAPES[EntryState(entry.state)], letter_id, incoming_id, manages and free)


def _pk_of(entry: RegisterEntry, name: str) -> int | None:
    """The id of the letter that carries the number; read with it, no query."""
    row = getattr(entry, name, None)
    return row.pk if row is not None else None
