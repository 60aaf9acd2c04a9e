from __future__ import annotations

import json

import pytest

from phrom.rules.instrument.canonical import edition_from_json, edition_hash, edition_json, with_hash
from phrom.rules.instrument.load import load_edition
from tests.rules.instrument.broken import EDITION

LOADED = load_edition(EDITION)


def test_the_edition_comes_back_from_its_json() -> None:
    assert edition_from_json(edition_json(LOADED)) == LOADED


def test_the_same_edition_makes_the_same_bytes() -> None:
    text = edition_json(LOADED)
    assert edition_json(edition_from_json(text)) == text
    assert load_edition(EDITION).hash == LOADED.hash


def test_the_shape_of_the_contract() -> None:
    data = json.loads(edition_json(LOADED))
    keys = {"code", "pillar", "section", "text", "kind", "heading", "informants", "beyond_parent_department"}
    assert keys | {"window", "asked_when", "evidence", "merge", "points"} <= data["rows"][0].keys()
    assert sum(pillar["weight"] or 0 for pillar in data["pillars"]) == 100
    assert {"levels", "kpi"} <= data.keys()


def test_a_changed_edition_has_another_hash() -> None:
    other = with_hash(LOADED.model_copy(update={"title": "x"}))
    assert other.hash == edition_hash(other) != LOADED.hash


def test_an_edition_pinned_before_kpi_steps_had_names_keeps_its_hash() -> None:
    text = edition_json(LOADED)
    data = json.loads(text)
    for sub in data["kpi"]["sub_indicators"]:
        for step in sub["steps"]:
            del step["title"]
    del data["hash"]
    nameless = edition_from_json(json.dumps(data))
    kept = {key: value for key, value in json.loads(edition_json(nameless)).items() if key != "hash"}
    assert kept == data
    assert edition_hash(nameless) != LOADED.hash


def test_an_edition_pinned_before_rows_could_be_proved_keeps_its_hash() -> None:
    data = json.loads(edition_json(LOADED))
    proved = {row["code"]: row.pop("proved_by") for row in data["rows"] if "proved_by" in row}
    assert proved == {"G1": "order_in_force", "G2": "meetings_held"}
    del data["hash"]
    older = edition_from_json(json.dumps(data))
    assert {key: value for key, value in json.loads(edition_json(older)).items() if key != "hash"} == data
    assert edition_hash(older) != LOADED.hash


def test_an_edition_pinned_before_rows_had_lists_keeps_its_hash() -> None:
    data = json.loads(edition_json(LOADED))
    listed = {row["code"]: row.pop("listing") for row in data["rows"] if "listing" in row}
    assert listed["P4.1.1"] == {"kind": "services", "provider": "parent", "digital": True, "use": "", "beside": False}
    assert len(listed) == 14
    del data["hash"]
    older = edition_from_json(json.dumps(data))
    assert {key: value for key, value in json.loads(edition_json(older)).items() if key != "hash"} == data
    assert edition_hash(older) != LOADED.hash


@pytest.mark.parametrize("old, new", [('"at_least":20', '"at_least":21'), ('"heading":true,', '"heading":true,"x":1,')])
def test_a_forged_edition_is_refused(old: str, new: str) -> None:
    text = edition_json(LOADED)
    assert old in text
    with pytest.raises(ValueError):
        edition_from_json(text.replace(old, new))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rows": 3}', "null"])
def test_what_is_no_edition_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        edition_from_json(text)
