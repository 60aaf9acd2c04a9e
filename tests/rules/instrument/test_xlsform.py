"""The form for field tools: pyxform accepts it, and every asked row, choice and condition stands in the XForm."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Condition, Edition, Kind
from phrom.rules.instrument.xlsform import choice_names, name_of, relevant_of, xlsform_of
from phrom.survey.edition_files import xlsform_file
from tests.rules.instrument.broken import EDITION as FOLDER
from tests.rules.instrument.editions import editions

FOLDERS = sorted(path.parent for path in FOLDER.parent.glob("*/edition.yaml"))
X, H = "{http://www.w3.org/2002/xforms}", "{http://www.w3.org/1999/xhtml}"


class Form:
    """An XForm read back: the binds by name, the texts by language, the names of choices by list."""

    def __init__(self, edition: Edition) -> None:
        tree = fromstring(convert(xlsform=io.BytesIO(xlsform_file(edition)), validate=False).xform)
        self.binds = {bind.get("nodeset").rsplit("/", 1)[1]: bind for bind in tree.iter(f"{X}bind")}
        self.texts = {
            found.get("lang"): {text.get("id"): "".join(text.find(f"{X}value").itertext()) for text in found}
            for found in tree.iter(f"{X}translation")
        }
        self.lists = {
            instance.get("id"): [item.find(f"{X}name").text for item in instance.iter(f"{X}item")]
            for instance in tree.iter(f"{X}instance")
            if instance.get("id")
        }
        self.title = tree.find(f"{H}head/{H}title").text


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_every_asked_row_choice_and_condition_is_in_the_form(folder: Path) -> None:
    edition = load_edition(folder)
    form = Form(edition)
    assert form.title == edition.title
    thai = " ".join(form.texts["Thai (th)"].values())
    for row in edition.rows:
        bind = form.binds[name_of(row.code)]
        assert row.code in thai and row.text.split("  ")[0][:60] in thai
        assert bool(bind.get("relevant")) == bool(row.asked_when), row.code
        if row.choices:
            assert form.lists[name_of(row.code)] == [*choice_names(row).values(), "none"]
        if row.not_above:
            assert name_of(row.not_above) in bind.get("constraint")
        for number, _ in enumerate(row.evidence, 1):
            assert f"{name_of(row.code)}_evidence_{number}" in form.binds
        assert (f"{name_of(row.code)}_provider" in form.binds) == (row.beyond_parent_department and row.asked)
        assert (f"{name_of(row.code)}_detail" in form.binds) == bool(row.detail)
    english = set(form.texts["English (en)"].values())
    assert {pillar.title_en for pillar in edition.pillars} <= english


def test_conditions_say_what_the_edition_says() -> None:
    leaf, above = Condition(code="P5.2"), Condition(code="P4.1.1", test="above_zero")
    assert relevant_of(leaf) == "${P5_2} = 'yes'"
    assert relevant_of(Condition(any_of=(leaf, Condition(all_of=(above,))))) == "(${P5_2} = 'yes' or (${P4_1_1} > 0))"
    form = Form(load_edition(FOLDER))
    assert form.binds["P5_2_1"].get("relevant").split()[-2:] == ["=", "'yes'"]
    assert " > 0 or " in form.binds["P4_2_2"].get("relevant")


def test_the_sheets_are_named_as_the_tools_want_them() -> None:
    tables = {table.name: table.rows for table in xlsform_of(load_edition(FOLDER))}
    assert list(tables) == ["survey", "choices", "settings"]
    begun = [row[0] for row in tables["survey"]].count("begin_group")
    assert begun == [row[0] for row in tables["survey"]].count("end_group") > 7
    asked = {row[1] for row in tables["survey"]}
    assert {name_of(row.code) for row in load_edition(FOLDER).rows} <= asked


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(editions())
def test_any_edition_makes_a_form_that_is_accepted(edition: Edition) -> None:
    form = Form(edition)
    assert {name_of(row.code) for row in edition.asked_rows} <= set(form.binds)
    assert all(row.kind is not Kind.MANY or name_of(row.code) in form.lists for row in edition.rows)
