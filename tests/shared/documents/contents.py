"""Any paper there can be, made by Hypothesis out of hard Thai."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from phrom.shared.documents.content import (
    Bar,
    Bars,
    Blanks,
    Block,
    Bullets,
    Clause,
    Column,
    DateLine,
    Document,
    Field,
    Head,
    Heading,
    OfficeLines,
    PageBreak,
    Paragraph,
    People,
    Person,
    Signature,
    Table,
)
from tests.shared.hard_thai import HARD_TEXTS

TEXTS = st.sampled_from(HARD_TEXTS) | st.text(max_size=20)
LINES = st.lists(TEXTS, max_size=3).map(tuple)
FIGURES = st.decimals(min_value=0, max_value=1000, places=2).map(Decimal)
COLUMNS = st.builds(Column, TEXTS, st.floats(0.1, 20), st.sampled_from(["left", "center", "right"]))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table whose rows fit its columns."""
    columns = tuple(draw(st.lists(COLUMNS, min_size=1, max_size=4)))
    row = st.lists(TEXTS, min_size=len(columns), max_size=len(columns)).map(tuple)
    rows = draw(st.lists(row, max_size=3))
    sections = tuple(place for place in range(len(rows)) if draw(st.booleans()))
    for place in sections:
        rows[place] = (rows[place][0], *[""] * (len(columns) - 1))
    return Table(columns, tuple(rows), draw(TEXTS), draw(st.booleans()), sections)


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, TEXTS, st.integers(1, 3)),
    st.builds(Paragraph, TEXTS, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["left", "center", "right"])),
    st.builds(Bullets, LINES, st.booleans()),
    tables(),
    st.builds(Bars, st.lists(st.builds(Bar, TEXTS, FIGURES, FIGURES, TEXTS), max_size=3).map(tuple), TEXTS),
    st.just(PageBreak()),
    st.builds(Field, TEXTS, LINES, st.booleans(), st.booleans()),
    st.builds(Clause, TEXTS, TEXTS, st.integers(1, 4), st.booleans()),
    st.builds(People, st.lists(st.builds(Person, TEXTS, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple), TEXTS),
    st.builds(DateLine, TEXTS),
    st.builds(Signature, TEXTS, LINES, TEXTS),
    st.builds(OfficeLines, LINES),
    st.builds(Blanks, st.lists(TEXTS, min_size=1, max_size=2).map(tuple), st.floats(0, 3)),
)
DOCUMENTS = st.builds(
    Document,
    title=TEXTS,
    blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    subtitle=TEXTS,
    note=TEXTS,
    digits=st.sampled_from([None, "thai", "arab"]),
    landscape=st.booleans(),
    form=st.sampled_from(["paper", "agenda", "letter", "memo", "order", "minutes", "extract"]),
    head=st.builds(Head, TEXTS, LINES, TEXTS),
)
