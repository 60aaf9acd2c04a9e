"""The questionnaire as values: an edition, its pillars and rows, levels and KPI. No behaviour beyond looking things up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    """What an answer to a row looks like; a heading is not answered."""

    HEADING = "heading"
    YES_NO = "yes_no"
    MANY = "many"
    COUNT = "count"
    PERCENT = "percent"
    DATE = "date"
    URL = "url"
    TEXT = "text"


class Informants(StrEnum):
    """Who is asked, as the agenda's right column prints it."""

    PROVINCIAL_OFFICE = "provincial_office"
    ALL_AGENCIES = "all_agencies"
    ALL_AGENCIES_AND_STATISTICS = "all_agencies_and_statistics"


class Merge(StrEnum):
    """How many agencies' answers become the province's one."""

    OWNER = "owner"
    ANY_WITH_EVIDENCE = "any_with_evidence"
    ALL = "all"
    UNION = "union"
    SUM = "sum"
    TEXT = "text"


class ProvedBy(StrEnum):
    """What the system itself knows that proves a row: an order in force on the day, meetings held inside the row's window."""

    ORDER_IN_FORCE = "order_in_force"
    MEETINGS_HELD = "meetings_held"


class ListKind(StrEnum):
    """The lists of named things from which counts and ticks are derived (A5)."""

    SERVICES = "services"
    DATASETS = "datasets"
    TRAININGS = "trainings"
    TECHNOLOGIES = "technologies"
    SYSTEMS = "systems"


class Status(StrEnum):
    """How far a figure may be trusted. Only `official` comes from DGA or from the agenda."""

    OFFICIAL = "official"
    ESTIMATED = "estimated"
    EXPECTED = "expected"
    PROVISIONAL = "provisional"


class Frozen(BaseModel):
    """A value: unknown keys are refused, nothing changes after it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(Frozen):
    """One thing that may be ticked in a `many` row."""

    code: str
    text: str


class Detail(Frozen):
    """The one further thing a row asks for beside its main answer ("โปรดระบุ"); `kind` is text, percent or yes_no."""

    kind: Kind
    label: str


class EvidenceSlot(Frozen):
    """Evidence that is expected, by name; `required` means that a claim without it is not proved."""

    code: str
    name: str
    required: bool = True


class Window(Frozen):
    """The days inside which what is claimed must lie, both ends included."""

    start: date
    end: date
    note: str = ""


class Condition(Frozen):
    """When a row is asked: a tree over earlier rows.

    A leaf names a row's `code` and a `test` of its answer (`yes`, `given`, `above_zero`); a branch has `all_of` or `any_of`.
    """

    code: str = ""
    test: str = "yes"
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()


class Listing(Frozen):
    """Which named things answer a row: those of a list, of a provider (`parent`, or `own` with what both provide), digital
    ones only, of a use (datasets: open, on_demand, shared). A count is their number, ticks are the choices that they name.

    `beside`: they only stand beside the row as a reminder, what is answered is typed.
    """

    kind: ListKind
    provider: str = ""
    digital: bool = False
    use: str = ""
    beside: bool = False


class Points(Frozen):
    """What a row is worth inside its pillar. `full_at`: ticks or count at which all points are given (linear below)."""

    out_of: Decimal
    full_at: int = 1
    status: Status = Status.ESTIMATED


class Question(Frozen):
    """One printed row. A row may have children by its code whether it is asked itself or a heading.

    `proved_by` lets the system propose an answer from what it holds; a person confirms it, and no score rests on it.
    """

    code: str
    pillar: str
    section: str
    text: str
    kind: Kind
    informants: Informants
    beyond_parent_department: bool = False
    window: Window | None = None
    asked_when: Condition | None = None
    choices: tuple[Choice, ...] = ()
    detail: Detail | None = None
    evidence: tuple[EvidenceSlot, ...] = ()
    merge: Merge | None = None
    points: Points | None = None
    not_above: str = ""
    hint: str = ""
    proved_by: ProvedBy | None = None
    listing: Listing | None = None

    @property
    def asked(self) -> bool:
        """True unless the row is only a heading."""
        return self.kind is not Kind.HEADING


class Pillar(Frozen):
    """One of the seven weighted pillars, or G (weight None: the agenda prints no weight, so it is not scored)."""

    code: str
    title: str
    title_en: str
    weight: Decimal | None


class Band(Frozen):
    """A level: scores from `at_least` up to the next band's start. `confirmed` is True only for a name the source prints.

    `must_contain` is a score whose level the source prints, so the loader refuses bands that put it elsewhere.
    """

    level: int
    name: str
    name_th: str
    at_least: Decimal
    confirmed: bool = False
    must_contain: Decimal | None = None


class LevelAssumption(Frozen):
    """One named assumption about the bands, which DGA has not published."""

    code: str
    name: str
    status: Status
    source: str
    bands: tuple[Band, ...]


class KpiStep(Frozen):
    """At this value or above, this many KPI points. For the score, `value` is an offset to last year's score.

    `title` is the step's name in the head of the printed table ("เป้าหมายขั้นต่ำ").
    """

    points: Decimal
    value: Decimal
    text: str
    title: str = ""


class SubIndicator(Frozen):
    """One line of the KPI table; `measures` is `pillars_at_level` or `score_against_last_year`."""

    code: str
    title: str
    measures: str
    weight: Decimal
    weight_status: Status
    level: int = 0
    steps: tuple[KpiStep, ...]


class Kpi(Frozen):
    """The province's KPI: weight in percent of the whole, sub-indicators, how points between steps are found."""

    title: str
    weight: Decimal
    source: str
    interpolation: str
    interpolation_status: Status
    sub_indicators: tuple[SubIndicator, ...]


class Correction(Frozen):
    """A scanning slip of the printed source and what the edition says instead."""

    where: str
    printed: str
    corrected: str
    reason: str = ""


class Edition(Frozen):
    """One year's questionnaire, whole. `notes` say what is assumed; `invented` marks one whose rows no agency ever printed.

    `hash` is the SHA-256 of its canonical JSON, filled by the loader.
    """

    id: str
    fiscal_year: int
    title: str
    issuer: str
    source: str
    status: Status
    pillars: tuple[Pillar, ...]
    rows: tuple[Question, ...]
    levels: tuple[LevelAssumption, ...]
    kpi: Kpi
    corrections: tuple[Correction, ...] = ()
    notes: tuple[str, ...] = ()
    invented: bool = False
    hash: str = ""

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """Rows by their code."""
        return {row.code: row for row in self.rows}

    @cached_property
    def asked_rows(self) -> tuple[Question, ...]:
        """Rows that are answered, in printed order."""
        return tuple(row for row in self.rows if row.asked)

    @cached_property
    def scored_pillars(self) -> tuple[Pillar, ...]:
        """Pillars that carry a weight, in order."""
        return tuple(pillar for pillar in self.pillars if pillar.weight is not None)

    def rows_of(self, pillar: str) -> tuple[Question, ...]:
        """Asked rows of one pillar, in printed order."""
        return tuple(row for row in self.asked_rows if row.pillar == pillar)
