"""The sections of a questionnaire in printed order, with an address for each that is the same for every agency."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from phrom.rules.instrument.model import Edition, Question


@dataclass(frozen=True)
class Section:
    """Neighbouring rows of one pillar under one printed section; `slug` is the pillar and a number ("p2-1")."""

    slug: str
    pillar: str
    pillar_title: str
    title: str
    rows: tuple[Question, ...]

    @property
    def asked(self) -> tuple[Question, ...]:
        """The rows that are answered."""
        return tuple(row for row in self.rows if row.asked)


def sections_of(edition: Edition, codes: Collection[str]) -> tuple[Section, ...]:
    """The sections that hold any of these rows, cut down to them and their headings."""
    cut = (_cut(section, codes) for section in _sections(edition))
    return tuple(section for section in cut if section.asked)


def section_at(sections: Collection[Section], slug: str) -> Section | None:
    """The section of this address."""
    return next((section for section in sections if section.slug == slug), None)


_KEPT: dict[str, tuple[Section, ...]] = {}


def _sections(edition: Edition) -> tuple[Section, ...]:
    """All sections of an edition, worked out once a process."""
    if edition.hash not in _KEPT:
        _KEPT[edition.hash] = tuple(_numbered(edition))
    return _KEPT[edition.hash]


def _numbered(edition: Edition) -> list[Section]:
    titles = {pillar.code: pillar.title for pillar in edition.pillars}
    made: list[Section] = []
    for (pillar, title), rows in groupby(edition.rows, key=lambda row: (row.pillar, row.section)):
        number = 1 + sum(1 for section in made if section.pillar == pillar)
        made.append(Section(f"{pillar}-{number}".lower(), pillar, titles.get(pillar, pillar), title, tuple(rows)))
    return made


def _cut(section: Section, codes: Collection[str]) -> Section:
    """Without the rows of others; a heading stays when a row below it does."""
    kept = [row for row in section.rows if row.code in codes or _heads(row, section, codes)]
    return Section(section.slug, section.pillar, section.pillar_title, section.title, tuple(kept))


def _heads(row: Question, section: Section, codes: Collection[str]) -> bool:
    return not row.asked and any(code.startswith(row.code + ".") for code in codes if code in {r.code for r in section.rows})
