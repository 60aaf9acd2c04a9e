"""What is typed into a form, read as an answer: hard Thai, Thai digits, thousands, days, and what is refused. No database."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.instrument.model import Question
from phrom.survey.actions.answering import AnswerNotUnderstood
from phrom.survey.actions.routing import UnknownCell
from phrom.survey.forms.answers import content_of, read_answer, read_as_it_is, read_section, version_of
from phrom.survey.forms.evidence import LONGEST, BadEvidence, read_evidence
from phrom.survey.forms.review import Decision, read_seen
from phrom.survey.forms.routing import read_routing
from phrom.survey.models import Ask
from tests.factories.survey import ROWS
from tests.shared.hard_thai import HARD_TEXTS

BY_CODE: dict[str, Question] = {row.code: row for row in ROWS}
FORMS = RequestFactory()


def typed(**fields: str | list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return data


def value(code: str, **fields: str | list[str]) -> Any:
    return content_of(BY_CODE[code], typed(**fields))["value"]


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_a_text_is_kept_letter_for_letter(text: str) -> None:
    assert value("P1.3", value=f"  {text}\r\n") == text.strip()


@pytest.mark.parametrize("text", HARD_TEXTS[::5])
def test_detail_and_why_it_cannot_be_answered_are_kept_too(text: str) -> None:
    content = content_of(BY_CODE["P2.2"], typed(value="", detail=f" {text} ", cannot=f" {text} ", provider="both"))
    assert content == {"value": None, "detail": text.strip(), "provider": "both", "cannot": text.strip()}


@pytest.mark.parametrize("code", BY_CODE)
def test_nothing_typed_is_no_answer(code: str) -> None:
    assert content_of(BY_CODE[code], typed()) == {"value": None, "detail": None, "provider": "", "cannot": ""}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("๑๒", 12),
        ("1,234", 1234),
        ("๑,๒๓๔,๕๖๗", 1234567),
        (" 7 ", 7),
        ("0", 0),
        ("007", 7),
        ("", None),
        ("สิบ", "สิบ"),
        ("1.5", "1.5"),
        ("-1", "-1"),
        ("1e3", "1e3"),
        ("9" * 13, "9" * 13),
        ("١٢", "١٢"),
    ],
)
def test_a_count(text: str, count: object) -> None:
    """What is no whole number goes on as it is, so that the rule can say why; other scripts' digits are not read."""
    assert value("P2.1.1", value=text) == count


@pytest.mark.parametrize(("text", "percent"), [("๘๕.๕๐", "85.50"), ("85%", "85"), ("๘๕ %", "85"), ("", None), ("ครึ่ง", "ครึ่ง")])
def test_a_percentage(text: str, percent: object) -> None:
    assert value("P2.2.1", value=text) == percent


@pytest.mark.parametrize("text", ["๒๙ ก.พ. ๒๕๖๗", "29/2/67", "2024-02-29", "วันพฤหัสบดีที่ 29 กุมภาพันธ์ พ.ศ. 2567"])
def test_the_leap_day(text: str) -> None:
    assert value("P1.5", value=text) == "2024-02-29"


@pytest.mark.parametrize("text", ["๒๙ ก.พ. ๒๕๖๖", "31/4/2567", "พรุ่งนี้", "วันจันทร์ที่ 29 กุมภาพันธ์ 2567", "1/1/256"])
def test_a_day_that_is_none_is_refused_with_the_row_and_the_reason(text: str) -> None:
    with pytest.raises(AnswerNotUnderstood) as refused:
        value("P1.5", value=text)
    assert (refused.value.status, refused.value.where) == (422, "P1.5")
    assert refused.value.reasons


@pytest.mark.parametrize(("raw", "said"), [("yes", True), ("no", False), ("", None), ("อาจจะ", "อาจจะ"), ("True", "True")])
def test_yes_and_no(raw: str, said: object) -> None:
    assert value("P1.1", value=raw) == said


def test_ticks_none_of_them_and_nothing_said_are_three_answers() -> None:
    assert value("P1.2", value=["ai", "iot"]) == ["ai", "iot"]
    assert value("P1.2", none="on") == []
    assert value("P1.2") is None
    assert value("P1.2", value=["ai"], none="on") == ["ai"]


@pytest.mark.parametrize("raw", ["", "-1", "1.0", "x", "๑", "1 ", "9" * 10, "0x1", "1\n"])
def test_a_form_without_its_version_is_refused(raw: str) -> None:
    with pytest.raises(AnswerNotUnderstood, match="เปิดหน้าใหม่"):
        version_of(BY_CODE["P1.1"], raw)


@given(st.integers(0, 999_999_999))
def test_any_version_is_read(number: int) -> None:
    assert version_of(BY_CODE["P1.1"], str(number)) == number


@given(st.sampled_from(list(BY_CODE)), st.text(max_size=50), st.text(max_size=50))
def test_any_text_is_read_or_refused_with_a_reason(code: str, text: str, detail: str) -> None:
    try:
        content = content_of(BY_CODE[code], typed(value=text, detail=detail))
    except AnswerNotUnderstood as refused:
        assert code == "P1.5" and refused.reasons
    else:
        assert json.loads(json.dumps(content)) == content


@pytest.mark.parametrize(
    "body", ['{"version": 2, "content": {"value": "น้ำ"}}', '{"content": {"value": "น้ำ"}, "version": 2, "more": 1}']
)
def test_json_is_read_as_it_is(body: str) -> None:
    request = FORMS.post("/", body, content_type="application/json")
    read = read_answer(BY_CODE["P1.3"], request)
    assert (read.content, read.version) == ({"value": "น้ำ"}, 2)


@pytest.mark.parametrize(
    "body",
    ["null", "[]", '{"version": 1}', '{"version": "1", "content": {}}', '{"version": 1, "content": {"value": Infinity}}'],
)
def test_json_of_another_shape_is_told_how(body: str) -> None:
    with pytest.raises(AnswerNotUnderstood) as refused:
        read_answer(BY_CODE["P1.3"], FORMS.post("/", body, content_type="application/json"))
    assert '"version": 0' in refused.value.en


ASKS = [Ask(pk=1, code="P1.1"), Ask(pk=2, code="P1.3"), Ask(pk=3, code="P1.5")]


def test_a_page_is_read_row_by_row_and_a_bad_row_does_not_spoil_the_others() -> None:
    data = typed(a1_version="0", a1_value="yes", a2_version="4", a2_value="มีแผน", a3_version="0", a3_value="๓๐ ก.พ. ๒๕๖๗")
    first, second, third = read_section(BY_CODE, ASKS, data)
    assert (first.content["value"], first.version, first.wrong) == (True, 0, None)
    assert (second.content["value"], second.version) == ("มีแผน", 4)
    assert isinstance(third.wrong, AnswerNotUnderstood)


def test_rows_that_were_not_on_the_page_and_rows_of_others_are_left_out() -> None:
    data = typed(a1_version="0", a1_value="yes", a99_version="0", a99_value="no", a2_value="ไม่มีรุ่น")
    assert [entry.ask.pk for entry in read_section(BY_CODE, ASKS, data)] == [1]


def test_after_a_conflict_theirs_is_left_and_mine_goes_upon_the_newest() -> None:
    theirs = typed(a1_version="1", a1_value="yes", a1_choice="theirs")
    assert read_section(BY_CODE, ASKS, theirs) == []
    mine = typed(a1_version="1", a1_value="yes", a1_choice="mine", a1_newest="5")
    (entry,) = read_section(BY_CODE, ASKS, mine)
    assert entry.version == 5


def test_rows_sent_again_as_they_are() -> None:
    assert read_as_it_is(typed()) == frozenset()
    data = QueryDict("as_it_is=1&as_it_is=2&as_it_is=x&as_it_is=-3&as_it_is=%E0%B9%91&as_it_is=" + "9" * 30)
    assert read_as_it_is(data) == {1, 2}


@pytest.mark.parametrize("raw", ["1:1.1", "12:3.45", "1" * 18 + ":1.1"])
def test_what_stood_on_the_page_is_read(raw: str) -> None:
    pk, _, seen = raw.partition(":")
    assert read_seen(typed(ask=[raw])) == {int(pk): seen}


@pytest.mark.parametrize("raw", ["", "1", "1:", ":1.1", "1:1", "x:1.1", "1:1.1 ", "๑:1.1", "1" * 19 + ":1.1", "1:1.1\n"])
def test_what_never_stood_on_a_page_is_left_out(raw: str) -> None:
    assert read_seen(typed(ask=[raw, "7:1.1"])) == {7: "1.1"}


@pytest.mark.parametrize(
    ("verdict", "reason", "fine"),
    [
        ("accept", "", True),
        ("accept", "ขอบคุณ", True),
        ("return", "กรุณาแนบคำสั่ง", True),
        ("return", "", False),
        ("return", "แก้", False),
        ("return", "    .    ", False),
        ("reopen", "ตามมติที่ประชุม", True),
        ("reopen", "", False),
        ("return", "ก" * 2001, False),
        ("burn", "ตามมติที่ประชุม", False),
        ("", "ตามมติที่ประชุม", False),
    ],
)
def test_a_decision(verdict: str, reason: str, fine: bool) -> None:
    form = Decision(typed(seen="1.1", verdict=verdict, reason=reason))
    assert form.is_valid() is fine
    if not fine and verdict in ("return", "reopen"):
        assert form.errors["reason"]


@pytest.mark.parametrize("text", HARD_TEXTS[::6])
def test_a_reason_is_kept_letter_for_letter(text: str) -> None:
    form = Decision(typed(seen="1.1", verdict="return", reason=f"{text} กรุณาแก้ไข"))
    assert form.is_valid()
    assert form.cleaned_data["reason"] == f"{text} กรุณาแก้ไข".strip()


@pytest.mark.parametrize("field", ["row", "cell"])
@pytest.mark.parametrize("raw", ["", "P1.1:", "ก:1", "P1.1:x", "P1.1:1;", "P 1:1", "P1.1:" + "9" * 19])
def test_a_forged_matrix_is_refused_by_name(field: str, raw: str) -> None:
    data = typed(row=["P1.1"], cell=["P1.1:1"])
    data.appendlist(field, raw)
    with pytest.raises(UnknownCell):
        read_routing(data)


def test_a_matrix_as_posted() -> None:
    data = QueryDict("row=P1.1&row=P1.2&cell=P1.1:3&cell=P1.1:4&lead-P1.1=3&lead-P1.2=&lead-P9.9=1&version=v")
    read = read_routing(data)
    assert read.codes == {"P1.1", "P1.2"}
    assert read.asked == {("P1.1", 3), ("P1.1", 4)}
    assert (read.leads, read.version) == ({"P1.1": 3}, "v")


def evidence(**fields: str) -> Any:
    return read_evidence(FORMS.post("/", fields))


def test_a_link_with_its_day_of_issue() -> None:
    posted = evidence(url=" https://www.chiangmai.go.th/คำสั่ง.pdf ", issued_on="๒๙ ก.พ. ๒๕๖๗", slot="order")
    assert (posted.url, str(posted.about.issued_on), posted.spot.slot) == (
        "https://www.chiangmai.go.th/คำสั่ง.pdf",
        "2024-02-29",
        "order",
    )


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, "files"),
        ({"url": "   "}, "files"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "data:text/html,x"}, "url"),
        ({"url": "ftp://a.go.th"}, "url"),
        ({"url": "//a.go.th"}, "url"),
        ({"url": "https://a.go.th/ \u202e"}, "url"),
        ({"url": "https://a.go.th/" + "a" * LONGEST["url"]}, "url"),
        ({"url": "https://a.go.th", "issued_on": "๒๙ ก.พ. ๒๕๖๖"}, "issued_on"),
        ({"url": "https://a.go.th", "issued_on": "เมื่อวาน"}, "issued_on"),
    ],
)
def test_evidence_that_cannot_be_read_is_told_at_its_field(fields: dict[str, str], where: str) -> None:
    with pytest.raises(BadEvidence) as refused:
        evidence(**fields)
    assert refused.value.where == where
    # A day may also be said of evidence that stands there already: then nothing is saved.
    th, en = {"issued_on": ("ยังไม่ได้บันทึก", "saved")}.get(where, ("ยังไม่ได้แนบ", "attached"))
    assert th in refused.value.th and en in refused.value.en
