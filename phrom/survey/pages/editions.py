"""The editions that lie there, and a table read as a questionnaire: what was found, what looks wrong, a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.http import Http404

from phrom.rules.instrument.informants import IN_WORDS
from phrom.rules.instrument.model import Edition, Pillar
from phrom.rules.instrument.problems import Problem
from phrom.rules.instrument.questionnaire import Anomaly, FoundRow, Line, Questionnaire, draft_of, read_questionnaire
from phrom.rules.instrument.twin import draft_yaml
from phrom.shared.files.kinds import CONTENT_TYPES
from phrom.shared.files.previews import seal, unseal
from phrom.survey.catalogue import Offer, editions_in
from phrom.survey.edition_files import twin_file, workbook_of, xlsform_file
from phrom.survey.models import Survey
from phrom.survey.questionnaire_file import lines_of_file

WHAT = "survey.questionnaire"
KINDS = {
    "heading": "หัวข้อ",
    "yes_no": "มีหรือไม่มี",
    "many": "เลือกหลายรายการ",
    "count": "จำนวน",
    "url": "ที่อยู่เว็บ",
    "text": "ข้อความ",
}


@dataclass(frozen=True)
class EditionLine:
    """One folder of the catalogue."""

    key: str
    edition: Edition | None
    problems: tuple[Problem, ...]
    opened: bool

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        """The pillars that carry a weight."""
        return self.edition.scored_pillars if self.edition else ()

    @property
    def total(self) -> Decimal:
        """What the weights make."""
        return sum((pillar.weight for pillar in self.pillars if pillar.weight is not None), Decimal(0))


@dataclass(frozen=True)
class ReportPage:
    """What was read from a table. `sealed` carries the lines back for the draft."""

    rows: tuple[FoundRow, ...]
    anomalies: tuple[Anomaly, ...]
    beyond: int
    weights: Decimal
    pillars: int
    sealed: str

    @property
    def informants(self) -> tuple[tuple[str, int], ...]:
        """How many rows each kind of informant is asked."""
        counted = Counter(IN_WORDS[row.informants] if row.informants else "ไม่รู้จัก" for row in self.rows)
        return tuple(counted.most_common())

    @property
    def lines(self) -> tuple[tuple[FoundRow, str], ...]:
        """The rows with the guessed kind in words."""
        return tuple((row, KINDS.get(row.kind, row.kind)) for row in self.rows)


def edition_lines(folder: Path) -> tuple[EditionLine, ...]:
    """Every edition of the folder, sound or not: one query for those with which a round has opened."""
    opened = frozenset(Survey.objects.values_list("edition_hash", flat=True))
    offers = editions_in(folder)
    return tuple(
        EditionLine(o.key, o.edition, o.problems, bool(o.edition) and o.edition.hash in opened if o.edition else False)
        for o in offers
    )


def edition_twin(folder: Path, key: str) -> tuple[bytes, str, str]:
    """The twin of a sound edition with name and type; 404 for another."""
    return twin_file(_sound(folder, key)), f"{key}.xlsx", CONTENT_TYPES["xlsx"]


def edition_xlsform(folder: Path, key: str) -> tuple[bytes, str, str]:
    """The XLSForm of a sound edition with name and type; 404 for another."""
    return xlsform_file(_sound(folder, key)), f"{key}-xlsform.xlsx", CONTENT_TYPES["xlsx"]


def lines_of_upload(data: bytes, name: str) -> list[Line]:
    """The lines of a Word or Excel file. Refuses TableTooLarge and WrongKind."""
    return lines_of_file(data, name)


def report(lines: Sequence[Line]) -> ReportPage:
    """What the lines say."""
    read = read_questionnaire(lines)
    weights = [pillar.weight for pillar in read.found.pillars if pillar.weight is not None]
    return ReportPage(
        rows=tuple(read.found.rows),
        anomalies=read.anomalies,
        beyond=sum(row.beyond for row in read.found.rows),
        weights=sum(weights, Decimal(0)),
        pillars=len(weights),
        sealed=seal(WHAT, "", [[line.number, line.left, line.right] for line in lines]),
    )


def draft(sealed: str, form: str) -> tuple[bytes, str, str]:
    """The draft of a report as xlsx or yaml with name and type. Refuses PreviewLost."""
    tables = draft_of(_read(sealed))
    if form == "yaml":
        return draft_yaml(tables).encode(), "edition-draft.yaml", "text/plain; charset=utf-8"
    return workbook_of(tables), "edition-draft.xlsx", CONTENT_TYPES["xlsx"]


def _read(sealed: str) -> Questionnaire:
    return read_questionnaire([Line(*each) for each in unseal(WHAT, "", sealed)])


def _sound(folder: Path, key: str) -> Edition:
    found: Offer | None = next((offer for offer in editions_in(folder) if offer.key == key), None)
    if found is None or found.edition is None:
        raise Http404
    return found.edition
