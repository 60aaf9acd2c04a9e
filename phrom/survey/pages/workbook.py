"""An agency's workbook: what goes out, and what a file that came back would write. Nothing is saved here."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Edition, Question
from phrom.rules.scoring.sheet import Proof
from phrom.shared.files.names import clean_name
from phrom.shared.files.previews import PreviewLost, seal, unseal
from phrom.shared.thai.dates import thai_date, thai_when
from phrom.survey.actions.answering import EMPTY, Content, Entry
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerVersion, Ask, AskState, Round
from phrom.survey.models.deadlines import own_deadline
from phrom.survey.pages.answering import Sheet, sheet_for
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.saved import words_of
from phrom.survey.sheets import proofs_of
from phrom.survey.workbook.reading import CellProblem, Filled, FilledRow, in_order, read_book
from phrom.survey.workbook.shape import ANSWER, AgencyBook, Line
from phrom.survey.workbook.writing import write_book

WHAT = "survey.workbook"


@dataclass(frozen=True)
class Change:
    """One row that the file would write: both texts, and of a conflict who saved the newer one and when."""

    question: Question
    before: str
    after: str
    ask_id: int
    content: Content
    upon: int
    sheet: str
    row: int
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class Preview:
    """What the file says, against what is stored now."""

    fresh: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    conflicts: tuple[Change, ...] = ()
    unchanged: int = 0
    problems: tuple[CellProblem, ...] = ()
    sealed: str = ""

    @property
    def writes(self) -> int:
        """How many rows are written when no conflict is decided for the file."""
        return len(self.fresh) + len(self.changed)


@dataclass(frozen=True)
class WorkbookPage:
    """The page of one agency."""

    round: Round
    agency: Agency
    rows: int
    may_fill: bool
    preview: Preview | None = None


def workbook_page(sheet: Sheet, access: Access, preview: Preview | None = None) -> WorkbookPage:
    """What the page shows; no query."""
    may_fill = access.can("answer.edit", sheet.agency) and not sheet.round.is_frozen
    return WorkbookPage(sheet.round, sheet.agency, len(sheet.asks), may_fill, preview)


def sheet_to_fill(access: Access, round_id: int, agency_id: int) -> Sheet:
    """The agency's sheet for who may change its answers; 404 otherwise."""
    return sheet_for(access, "answer.edit", round_id, agency_id)


def workbook_file(sheet: Sheet) -> tuple[bytes, str]:
    """The workbook of one agency and its name: one query for the names of its evidence."""
    proofs = proofs_of(sheet.round, agency=sheet.agency)
    return made(book_of(sheet.round, sheet.agency, sheet.edition, sheet.asks, proofs, until=sheet.deadline)), name_of(
        sheet.agency
    )


def all_workbooks(access: Access, round_id: int) -> tuple[bytes, str]:
    """The workbooks of all agencies of a round as a ZIP: four queries however many there are; 404 for who does not review."""
    round = round_for(access, "answer.review", round_id)
    edition = edition_of(round.survey)
    asks: dict[int, dict[str, Ask]] = defaultdict(dict)
    agencies: dict[int, Agency] = {}
    untils: dict[int, date] = {}
    standing = Ask.objects.filter(round=round, withdrawn_at=None).annotate(until=own_deadline())
    found = standing.select_related("agency", "answer")
    for ask in found.order_by("agency__position", "agency__name", "position"):
        asks[ask.agency_id][ask.code], agencies[ask.agency_id] = ask, ask.agency
        untils[ask.agency_id] = ask.until
    proofs = proofs_of(round)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for place, (pk, agency) in enumerate(agencies.items(), 1):
            book = book_of(round, agency, edition, asks[pk], proofs, until=untils[pk])
            archive.writestr(f"{place:02} {name_of(agency)}", made(book))
    return stream.getvalue(), f"แบบกรอกทุกหน่วยงาน {round.survey.fiscal_year}.zip"


def made(book: AgencyBook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    write_book(stream, book)
    return stream.getvalue()


def name_of(agency: Agency) -> str:
    """The name of an agency's file."""
    return clean_name(f"แบบกรอก {agency.name}.xlsx")


def book_of(
    round: Round,
    agency: Agency,
    edition: Edition,
    asks: Mapping[str, Ask],
    proofs: Mapping[int, Sequence[Proof]],
    *,
    until: date,
) -> AgencyBook:
    """The agency's rows with what is stored, headings above rows that are asked; no query."""
    lines = []
    for question in edition.rows:
        ask = asks.get(question.code)
        if ask is not None and question.asked:
            lines.append(_line(question, ask, proofs.get(ask.pk, ()), frozen=round.is_frozen))
        elif not question.asked and any(code.startswith(f"{question.code}.") for code in asks):
            lines.append(Line(question, EMPTY, asked=False, editable=False))
    return AgencyBook(edition, round.pk, agency.code, agency.name, thai_date(until), tuple(lines))


def _line(question: Question, ask: Ask, proofs: Sequence[Proof], *, frozen: bool) -> Line:
    answer = getattr(ask, "answer", None)
    content, version = (answer.content, answer.version) if answer else (EMPTY, 0)
    papers = tuple(proof.name for proof in proofs)
    return Line(
        question, content, version, editable=ask.editable and not frozen, state=str(AskState(ask.state).label), papers=papers
    )


def preview_of(sheet: Sheet, data: bytes) -> Preview:
    """What the file would write. Refuses TableTooLarge and WrongKind; two queries."""
    book = book_of(sheet.round, sheet.agency, sheet.edition, sheet.asks, {}, until=sheet.deadline)
    read = read_book(data, book)
    older = _older(sheet, read)
    fresh: list[Change] = []
    changed: list[Change] = []
    conflicts: list[Change] = []
    problems = list(read.problems)
    for row in read.rows:
        if _same(row.content, row.line.content) or _same(row.content, older.get((row.line.question.code, row.version))):
            continue
        if not row.line.editable:
            problems.append(_locked(row))
            continue
        change = _change(sheet, row)
        (conflicts if row.version != row.line.version else changed if row.line.version else fresh).append(change)
    if problems:
        return Preview(problems=in_order(problems, book))
    said = len(fresh) + len(changed) + len(conflicts)
    preview = Preview(tuple(fresh), tuple(changed), tuple(conflicts), len(read.rows) - said)
    return replace(preview, sealed=_sealed(sheet, preview, data)) if said else preview


def entries_of(sheet: Sheet, sealed: str, mine: frozenset[int]) -> tuple[list[Entry], str]:
    """The entries of a preview (of conflicts those to be taken from the file) and the file's hash. Refuses PreviewLost."""
    sha256, *rows = unseal(WHAT, [sheet.round.pk, sheet.agency.pk], sealed)
    asks = {ask.pk: ask for ask in sheet.asks.values()}
    if any(row[0] not in asks for row in rows):
        raise PreviewLost
    wanted = [row for row in rows if not row[3] or row[0] in mine]
    return [Entry(asks[ask_id], content, upon) for ask_id, content, upon, _ in wanted], str(sha256)


def _older(sheet: Sheet, read: Filled) -> dict[tuple[str, int], Content]:
    """What was stored when rows of the file were downloaded, where the system has gone on since."""
    asks = {sheet.asks[row.line.question.code].pk: row for row in read.rows if row.version != row.line.version}
    if not asks:
        return {}
    found = {(kept.ask_id, kept.version): kept.content for kept in AnswerVersion.objects.filter(ask__in=asks) if kept.version}
    return {(row.line.question.code, row.version): found.get((pk, row.version), EMPTY) for pk, row in asks.items()}


def _same(one: Mapping[str, Any], other: Mapping[str, Any] | None) -> bool:
    return other is not None and _plain(one) == _plain(other)


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """A content for comparing: a workbook keeps no carriage returns and no blanks at the ends."""
    said = {key: value for key, value in content.items() if value is not None and value != ""}
    return {key: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value for key, value in said.items()}


def _change(sheet: Sheet, row: FilledRow) -> Change:
    question, ask = row.line.question, sheet.asks[row.line.question.code]
    clash = row.version != row.line.version
    return Change(
        question=question,
        before=words_of(question, dict(row.line.content)),
        after=words_of(question, dict(row.content)),
        ask_id=ask.pk,
        content=dict(row.content),
        upon=row.line.version,
        sheet=row.sheet,
        row=row.row,
        by=ask.answer.by.name if clash else "",
        at=thai_when(ask.answer.at) if clash else "",
    )


def _locked(row: FilledRow) -> CellProblem:
    code = row.line.question.code
    th = f"ข้อ {code} {row.line.state} จึงแก้จากไฟล์ไม่ได้ กรุณาคืนคำตอบเดิมในไฟล์ หรือดาวน์โหลดแบบกรอกใหม่"
    return CellProblem(row.sheet, row.row, ANSWER, th, f"{code} was sent and cannot be changed.")


def _sealed(sheet: Sheet, preview: Preview, data: bytes) -> str:
    certain = [[c.ask_id, c.content, c.upon, False] for c in (*preview.fresh, *preview.changed)]
    clashing = [[c.ask_id, c.content, c.upon, True] for c in preview.conflicts]
    digest = hashlib.sha256(data).hexdigest()
    return seal(WHAT, [sheet.round.pk, sheet.agency.pk], [digest, *certain, *clashing])
