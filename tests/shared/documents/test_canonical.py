"""A paper that was kept is read back as it was, and its hash tells it from every other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.shared.documents import canonical
from phrom.shared.documents.content import Block, Column, Document, Field, Paragraph, Table
from tests.shared.documents.contents import BLOCKS, DOCUMENTS

AGENDA = Document("ระเบียบวาระการประชุม", (Field("มติที่ประชุม", ("รับทราบ",)), Paragraph("น้ำใจ")), form="agenda")


@given(DOCUMENTS)
def test_what_was_kept_is_read_back(document: Document) -> None:
    kept = json.loads(json.dumps(canonical.to_json(document)))
    assert canonical.from_json(kept) == document
    assert canonical.sha256_of_json(kept) == canonical.sha256_of(document)


@given(st.lists(BLOCKS, max_size=5))
def test_blocks_are_read_back(blocks: list[Block]) -> None:
    assert canonical.blocks_from_json(json.loads(json.dumps(canonical.blocks_to_json(blocks)))) == tuple(blocks)


@given(DOCUMENTS, DOCUMENTS)
def test_papers_that_differ_have_different_hashes(one: Document, other: Document) -> None:
    assert (canonical.sha256_of(one) == canonical.sha256_of(other)) == (one == other)


def test_the_hash_does_not_depend_on_the_order_a_database_gives_the_keys() -> None:
    kept = canonical.to_json(AGENDA)
    assert canonical.sha256_of_json(dict(reversed(kept.items()))) == canonical.sha256_of(AGENDA)


def test_a_field_with_its_default_is_left_out_so_new_fields_change_no_hash() -> None:
    assert canonical.to_json(AGENDA) == {
        "title": "ระเบียบวาระการประชุม",
        "form": "agenda",
        "blocks": [
            {"kind": "Field", "label": "มติที่ประชุม", "lines": ["รับทราบ"]},
            {"kind": "Paragraph", "text": "น้ำใจ"},
        ],
    }


def test_the_hash_of_a_known_paper_never_changes() -> None:
    assert canonical.sha256_of(AGENDA) == "8f17ee35648298da58a97b2840b3e0d087dc63b800fbefd7d7c64653e26069df"


def test_a_whole_width_and_the_same_as_a_fraction_are_the_same_paper() -> None:
    one, other = (Document("ก", (Table((Column("ข", width),), ()),)) for width in (2, 2.0))
    assert canonical.sha256_of(one) == canonical.sha256_of(other)


WRONG: list[tuple[Any, str]] = [
    ([], "document: not a Document"),
    ({"title": "ก"}, "document: missing: blocks"),
    ({"title": "ก", "blocks": [], "colour": "red"}, "document: unknown: colour"),
    ({"title": 1, "blocks": []}, "document.title: 1 cannot stand here"),
    ({"title": "ก", "blocks": {}}, "document.blocks: a list is missing"),
    ({"title": "ก", "blocks": [{"kind": "Poem"}]}, "document.blocks[0]: not a block of a paper"),
    (
        {"title": "ก", "blocks": [{"kind": "Heading", "text": "ข", "level": True}]},
        "document.blocks[0].level: True cannot stand here",
    ),
    ({"title": "ก", "blocks": [], "form": "poem"}, "document.form: 'poem' cannot stand here"),
    ({"title": "ก", "blocks": [{"kind": "Table", "columns": [{"title": "ข"}], "rows": [[]]}]}, "document.blocks[0]: row 1 of"),
    (
        {"title": "ก", "blocks": [{"kind": "Bars", "bars": [{"label": "ข", "value": "x", "maximum": "1", "shown": ""}]}]},
        "document.blocks[0].bars[0].value: 'x' is no figure",
    ),
]


@pytest.mark.parametrize(("kept", "said"), WRONG)
def test_what_is_no_paper_is_refused_with_its_place(kept: Any, said: str) -> None:
    with pytest.raises(canonical.ContentUnreadable) as refused:
        canonical.from_json(kept)
    assert str(refused.value).startswith(said)
