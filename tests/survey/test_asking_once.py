"""One owner answers, the others confirm with one click, add or differ."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Person
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.answering import AnswerConflict, NothingToConfirm, save_answer
from phrom.survey.actions.asking_once import RowWithoutLead, ask_once
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.confirming import OwnerChanged, confirm
from phrom.survey.actions.routing import UnknownCell
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.models import Answer, Ask, AskedOnce, AskState, Round
from phrom.survey.owners import confirmable, mark_of
from phrom.survey.sheets import province_of
from tests.factories.agencies import make_agency, make_member, make_person
from tests.factories.survey import (
    AT,
    make_answer,
    make_answered,
    make_approved,
    make_ask,
    make_asked_once,
    make_evidence,
    make_round,
    tiny_edition,
)

pytestmark = pytest.mark.django_db
CONFIRMED = {"value": None, "detail": None, "provider": "", "cannot": "", "stance": "confirms"}
OWNED = "แผนพัฒนาดิจิทัลจังหวัดเชียงใหม่"


@pytest.fixture
def round() -> Round:
    return make_round()


@pytest.fixture
def owner(round: Round) -> Ask:
    """The lead's text, not sent yet."""
    ask = make_ask(round, make_agency(round.body, "สำนักงานจังหวัดเชียงใหม่"), "P1.3", lead=True)
    make_answer(ask, OWNED)
    make_evidence(ask, "แผนดิจิทัล.pdf")
    make_asked_once(round, "P1.3")
    return ask


@pytest.fixture
def other(round: Round, owner: Ask) -> Ask:
    """The same row at another agency."""
    return make_ask(round, make_agency(round.body, "สำนักงานเกษตรจังหวัดเชียงใหม่"), "P1.3")


def fresh(ask: Ask) -> Ask:
    return Ask.objects.select_related("agency", "round__body", "round__survey", "answer").get(pk=ask.pk)


def seen(ask: Ask) -> str:
    once = set(AskedOnce.objects.filter(ended_at=None).values_list("code", flat=True))
    return mark_of(confirmable(ask.round, tiny_edition(), [ask], once).get(ask.code, ()))


def confirms(ask: Ask, *, version: int = 0, by: Person | None = None) -> Answer:
    ask = fresh(ask)
    return confirm(ask=ask, seen=seen(ask), version=version, by=by or make_member(ask.agency), at=AT + timedelta(hours=1))


# The coordinator


def test_rows_with_a_lead_are_asked_once_in_bulk_and_told_in_the_journal(round: Round) -> None:
    for code in ("P1.1", "P1.3"):
        make_ask(round, code=code, lead=True)
    assert ask_once(round=round, begin={"P1.1", "P1.3"}, end=(), by=make_person(), at=AT) == 2
    assert ask_once(round=round, begin={"P1.1"}, end={"P1.3"}, by=make_person(), at=AT) == 1
    assert list(AskedOnce.objects.filter(ended_at=None).values_list("code", flat=True)) == ["P1.1"]
    told = AuditEvent.objects.filter(event__startswith="row.").values_list("event", flat=True)
    assert list(told) == ["row.asked_once", "row.asked_of_all"]


def test_a_row_without_a_lead_is_refused_and_nothing_changes(round: Round) -> None:
    make_ask(round, code="P1.1", lead=True)
    make_ask(round, code="P1.3")
    with pytest.raises(RowWithoutLead, match=r"P1\.3"):
        ask_once(round=round, begin={"P1.1", "P1.3"}, end=(), by=make_person(), at=AT)
    assert not AskedOnce.objects.exists()


def test_a_row_of_elsewhere_and_a_frozen_round_are_refused(round: Round) -> None:
    with pytest.raises(UnknownCell):
        ask_once(round=round, begin={"P9.9"}, end=(), by=make_person(), at=AT)
    Round.objects.filter(pk=round.pk).update(frozen_by=make_person(), frozen_at=AT)
    with pytest.raises(RoundClosed):
        ask_once(round=round, begin=(), end=(), by=make_person(), at=AT)


def matrix_form(client: Client, round: Round) -> dict[str, Any]:
    page = client.get(f"/rounds/{round.pk}/matrix/?pillar=all").content.decode()
    form = next(part for part in re.findall(r"<form.*?</form>", page, re.S) if "data-matrix" in part)
    hidden = re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', form)
    posted: dict[str, Any] = {}
    for name, value in hidden:
        posted.setdefault(name, []).append(value)
    posted["cell"] = re.findall(r'name="cell"\s+value="([^"]+)" checked', form)
    for code in posted["row"]:
        chosen = re.search(rf'name="lead-{re.escape(code)}">.*?</select>', form, re.S)
        lead = re.search(r'value="(\d+)" selected', chosen[0]) if chosen else None
        posted[f"lead-{code}"] = lead[1] if lead else ""
    return posted


def test_one_button_asks_every_row_with_a_lead_once(round: Round) -> None:
    make_ask(round, code="P1.1", lead=True)
    make_ask(round, code="P1.3", lead=True)
    make_ask(round, code="P1.4")
    client = Client()
    client.force_login(make_member(round.body, "coordinator"))
    answer = client.post(f"/rounds/{round.pk}/matrix/", {**matrix_form(client, round), "every_lead": "1"}, follow=True)
    assert "เปลี่ยนการตอบครั้งเดียว 2 ข้อ" in answer.content.decode()
    again = client.post(f"/rounds/{round.pk}/matrix/", {**matrix_form(client, round), "asked-once": ["P1.1"]}, follow=True)
    assert "เปลี่ยนการตอบครั้งเดียว 1 ข้อ" in again.content.decode()
    assert list(AskedOnce.objects.filter(ended_at=None).values_list("code", flat=True)) == ["P1.1"]


def test_taking_the_lead_away_from_a_row_asked_once_is_refused_whole(round: Round) -> None:
    make_ask(round, code="P1.1", lead=True)
    make_asked_once(round, "P1.1")
    client = Client()
    client.force_login(make_member(round.body, "coordinator"))
    answer = client.post(f"/rounds/{round.pk}/matrix/", {**matrix_form(client, round), "lead-P1.1": "", "asked-once": ["P1.1"]})
    assert answer.status_code == 422
    assert "ยังไม่มีหน่วยงานหลัก" in answer.content.decode()
    assert Ask.objects.filter(lead=True).exists()


# The other agencies


def test_one_confirmation_is_an_answer_with_its_version_and_journal(other: Ask) -> None:
    answer = confirms(other)
    assert (answer.version, answer.content) == (1, CONFIRMED)
    assert other.versions.count() == 1
    assert AuditEvent.objects.filter(event="answer.saved", about=f"ask:{other.pk}").count() == 1


def test_confirming_replaces_an_own_answer_which_is_kept_as_a_version(other: Ask) -> None:
    make_answer(other, "แผนของเกษตร")
    assert confirms(other, version=1).content == CONFIRMED
    assert other.versions.count() == 2


def test_what_the_owner_changed_meanwhile_is_not_confirmed(owner: Ask, other: Ask) -> None:
    old, ask = seen(fresh(other)), fresh(other)
    save_answer(ask=fresh(owner), content={"value": "แผนใหม่"}, version=1, by=make_member(owner.agency), at=AT)
    with pytest.raises(OwnerChanged):
        confirm(ask=ask, seen=old, version=0, by=make_member(ask.agency), at=AT)
    assert not Answer.objects.filter(ask=other).exists()


def test_somebody_else_of_the_agency_was_quicker(other: Ask) -> None:
    make_answer(other, "แผนของเกษตร")
    with pytest.raises(AnswerConflict):
        confirms(other, version=0)


def test_the_owner_confirms_nobody_and_a_row_without_an_answer_cannot_be_confirmed(round: Round, owner: Ask) -> None:
    lonely = make_ask(round, code="P1.4")
    for ask in (owner, lonely):
        version = 1 if ask is owner else 0
        with pytest.raises(NothingToConfirm):
            save_answer(ask=fresh(ask), content={"stance": "confirms"}, version=version, by=make_person(), at=AT)


def test_a_confirmation_is_sent_and_counts_as_answered(round: Round, owner: Ask, other: Ask) -> None:
    confirms(other)
    assert len(submit_answers(round=round, agency=other.agency, by=make_member(other.agency), at=AT)) == 1
    Ask.objects.update(state=AskState.ACCEPTED)
    row = province_of(round, tiny_edition()).rows["P1.3"]
    assert row.answer.value == OWNED
    assert [source.because for source in row.sources if not source.used] == ["ยืนยันคำตอบของสำนักงานจังหวัดเชียงใหม่"]


def test_a_frozen_round_takes_no_confirmation(round: Round, other: Ask) -> None:
    ask, mark = fresh(other), seen(fresh(other))
    make_approved(round)
    Round.objects.filter(pk=round.pk).update(frozen_by=make_person(), frozen_at=AT)
    with pytest.raises(RoundClosed):
        confirm(ask=ask, seen=mark, version=0, by=make_member(ask.agency), at=AT)


# On the page


def page_of(ask: Ask) -> tuple[Client, str, str]:
    client = Client()
    client.force_login(make_member(ask.agency))
    address = f"/rounds/{ask.round_id}/agencies/{ask.agency_id}/"
    sections = client.get(address).content.decode()
    found = re.findall(rf'href="({address}sections/[^"/]+/)"', sections)
    for each in dict.fromkeys(found):
        html = client.get(each).content.decode()
        if f'id="a{ask.pk}"' in html:
            return client, each, html
    return client, address, sections


def form_of(html: str, ask: Ask) -> dict[str, str]:
    form = re.search(rf'<form id="c{ask.pk}".*?</form>', html, re.S)
    assert form
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))


def test_the_page_shows_the_owners_words_and_takes_one_click(other: Ask) -> None:
    client, address, html = page_of(other)
    for words in (OWNED, "แผนดิจิทัล.pdf", "สำนักงานจังหวัดเชียงใหม่", "ยืนยันตามนี้", "เพิ่มเติม", "ต่างออกไป"):
        assert words in html
    assert client.post(f"/asks/{other.pk}/confirm/", form_of(html, other)).status_code == 302
    html = client.get(address).content.decode()
    assert "ท่านยืนยันตามนี้แล้ว" in html and f'id="c{other.pk}"' not in html


def test_saving_the_page_without_scripts_keeps_a_confirmation_and_untouched_rows(other: Ask) -> None:
    client, address, html = page_of(other)
    untouched = {f"a{other.pk}-version": "0", f"a{other.pk}-value": "", f"a{other.pk}-stance": "differs"}
    assert client.post(address + "save/", untouched).status_code == 302
    assert not Answer.objects.filter(ask=other).exists()
    client.post(f"/asks/{other.pk}/confirm/", form_of(html, other))
    checked = re.search(rf'<input[^>]*id="a{other.pk}-confirms"[^>]*checked', client.get(address).content.decode())
    assert checked
    same = {f"a{other.pk}-version": "1", f"a{other.pk}-value": "", f"a{other.pk}-stance": "confirms"}
    client.post(address + "save/", same)
    assert fresh(other).answer.version == 1


def test_a_text_typed_over_a_confirmation_is_refused_in_words_not_lost(other: Ask) -> None:
    confirms(other)
    client, address, _ = page_of(other)
    typed = {f"a{other.pk}-version": "1", f"a{other.pk}-value": "ข้อความของเรา", f"a{other.pk}-stance": "confirms"}
    answer = client.post(address + "save/", typed)
    assert answer.status_code == 422
    assert "ข้อความของเรา" in answer.content.decode()
    assert client.post(address + "save/", {**typed, f"a{other.pk}-stance": "adds"}).status_code == 302
    assert (fresh(other).answer.content["value"], fresh(other).answer.content["stance"]) == ("ข้อความของเรา", "adds")


def test_both_are_told_when_the_owner_changed_after_a_confirmation(owner: Ask, other: Ask) -> None:
    confirms(other)
    later = AT + timedelta(hours=2)
    save_answer(ask=fresh(owner), content={"value": "แผนใหม่"}, version=1, by=make_member(owner.agency), at=later)
    client, _, html = page_of(other)
    assert "เปลี่ยนไปหลังจากที่ท่านยืนยัน" in html and "ยืนยันอีกครั้ง" in html
    assert "ยืนยันก่อนที่คำตอบนี้จะเปลี่ยน 1 หน่วยงาน: สำนักงานเกษตรจังหวัดเชียงใหม่" in page_of(owner)[2]
    assert client.post(f"/asks/{other.pk}/confirm/", form_of(html, other)).status_code == 302
    assert "ยืนยันก่อนที่คำตอบนี้จะเปลี่ยน" not in page_of(owner)[2]
    assert "ยืนยันแล้ว 1 หน่วยงาน" in page_of(owner)[2]


def test_what_another_agency_proved_is_named_without_its_words(round: Round) -> None:
    proved = make_answered(round, make_agency(round.body, "สำนักงานคลังจังหวัด"), "P2.2", detail="ความลับของคลัง")
    make_evidence(proved, "รายงานผลของคลัง.pdf", "report")
    ask = make_ask(round, code="P2.2")
    _, _, html = page_of(ask)
    assert "หน่วยงานอื่นพิสูจน์แล้ว:" in html and "สำนักงานคลังจังหวัด (รายงานผลของคลัง.pdf)" in html
    assert "ความลับของคลัง" not in html
    assert confirms(ask).content == CONFIRMED


@pytest.mark.parametrize("state", [AskState.OPEN, AskState.RETURNED])
def test_what_was_not_sent_or_not_proved_is_not_told(round: Round, state: str) -> None:
    make_evidence(make_answered(round, code="P2.2", state=state), "ร่างรายงาน.pdf", "report")
    make_answered(round, code="P2.2", state=AskState.SUBMITTED)
    ask = make_ask(round, code="P2.2")
    assert "พิสูจน์แล้ว" not in page_of(ask)[2]
    with pytest.raises(NothingToConfirm):
        confirms(ask)


def test_the_api_confirms_with_the_same_content(other: Ask) -> None:
    client, _, _ = page_of(other)
    body = json.dumps({"version": 0, "content": {"stance": "confirms"}})
    answer = client.post(
        f"/asks/{other.pk}/answer/", body, content_type="application/json", headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert fresh(other).answer.content == CONFIRMED


@pytest.mark.parametrize("agencies", [2, 30])
def test_the_page_costs_the_same_however_many_agencies_say_something(
    round: Round, other: Ask, agencies: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(agencies):
        make_answer(make_ask(round, code="P1.3"), None, stance="confirms")
    client, address, _ = page_of(other)
    with django_assert_max_num_queries(14):
        client.get(address)


def test_an_agency_sees_what_its_own_answers_would_earn_and_confirmed_rows_apart(round: Round, other: Ask) -> None:
    confirms(other)
    claim = make_answered(round, other.agency, "P1.1", True, AskState.OPEN)
    proved = make_answered(round, other.agency, "P2.2", True, AskState.ACCEPTED, provider="own")
    make_evidence(proved, "รายงานผล.pdf", "report")
    client, _, _ = page_of(claim)
    page = client.get(f"/rounds/{round.pk}/agencies/{other.agency_id}/submit/")
    own = page.context["page"].own
    assert (str(own.claimed), str(own.evidenced), str(own.reviewed), own.out_of) == ("2.00", "1.00", "1.00", 2)
    assert own.confirmed == 1
    assert "ก่อนรวมกับหน่วยงานอื่น" in page.content.decode()
