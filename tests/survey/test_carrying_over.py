"""Last year's texts beside this year's rows: laid by the coordinator, used or put away by officials, counted never before."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.model import Edition
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.answering import AnswerConflict
from phrom.survey.actions.carrying_over import CarriedSettled, NothingToCarry, carry_over, put_away_carried, use_carried
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.locking import AskLocked
from phrom.survey.models import Answer, Ask, AskState, CarriedAnswer, Round
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import (
    AT,
    make_answer,
    make_answered,
    make_ask,
    make_evidence,
    make_round,
    other_edition,
    tiny_edition,
)

pytestmark = pytest.mark.django_db
WORDS = "แผนปฏิบัติการดิจิทัลฉบับปี 2566"


def earlier_edition() -> Edition:
    """The tiny questionnaire a year before."""
    return other_edition(tiny_edition(), id="tiny-2566", fiscal_year=2566, title="แบบตัวอย่าง 2566")


def write_crosswalk(folder: Path, **relations: str) -> Path:
    """Every row equal unless told otherwise."""
    codes = [row.code for row in tiny_edition().asked_rows]
    words = {code.replace(".", "_"): "equal" for code in codes} | relations
    lines = [f"  - {{from: {code}, to: {code}, relation: {words[code.replace('.', '_')]}}}" for code in codes]
    (folder / "crosswalks").mkdir(exist_ok=True)
    file = folder / "crosswalks/tiny-2566--tiny-2567.yaml"
    file.write_text("\n".join(["from: tiny-2566", "to: tiny-2567", "rows:", *lines, ""]), "utf-8")
    return folder


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def agency(body: Agency) -> Agency:
    return make_agency(body)


@pytest.fixture
def before(body: Agency) -> Round:
    return make_round(body, earlier_edition())


@pytest.fixture
def round(body: Agency) -> Round:
    return make_round(body)


@pytest.fixture
def by(body: Agency) -> Person:
    return make_member(body, "coordinator")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_crosswalk(tmp_path)


@pytest.fixture
def laid(before: Round, round: Round, agency: Agency, folder: Path, by: Person) -> Ask:
    """P1.3 of this year with last year's text beside it."""
    make_answered(before, agency, "P1.3", WORDS, AskState.ACCEPTED)
    ask = make_ask(round, agency, "P1.3")
    carry_over(round=round, editions=folder, by=by, at=AT)
    return ask


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_text_is_laid_beside_the_row_and_is_no_answer(laid: Ask, by: Person) -> None:
    kept = CarriedAnswer.objects.get()
    assert (kept.ask, kept.content["value"], kept.from_year, kept.from_code, kept.relation) == (
        laid,
        WORDS,
        2566,
        "P1.3",
        "equal",
    )
    assert (kept.by, kept.settled_by) == (by, None)
    assert not Answer.objects.filter(ask=laid).exists()
    assert AuditEvent.objects.get(event="round.carried_over").details == {"year": 2566, "laid": 1, "equal": 1}


def test_evidence_stays_with_its_year(before: Round, round: Round, agency: Agency, folder: Path, by: Person) -> None:
    make_evidence(make_answered(before, agency, "P1.1", True, AskState.ACCEPTED), slot="order")
    ask = make_ask(round, agency, "P1.1")
    carry_over(round=round, editions=folder, by=by, at=AT)
    assert "evidence" not in CarriedAnswer.objects.get().content
    assert not ask.evidence_links.exists()


@pytest.mark.parametrize("why", ["no round", "no crosswalk", "nothing said", "answered", "not sent", "laid"])
def test_where_there_is_nothing_to_lay_it_says_so(
    why: str, body: Agency, round: Round, agency: Agency, tmp_path: Path, by: Person
) -> None:
    ask = make_ask(round, agency, "P1.3")
    if why != "no round":
        last = make_round(body, earlier_edition())
        if why != "nothing said":
            make_answered(last, agency, "P1.3", WORDS, AskState.OPEN if why == "not sent" else AskState.ACCEPTED)
    if why != "no crosswalk":
        write_crosswalk(tmp_path)
    if why == "answered":
        make_answer(ask, "ตอบแล้ว")
    if why == "laid":
        carry_over(round=round, editions=tmp_path, by=by, at=AT)
    with pytest.raises(NothingToCarry):
        carry_over(round=round, editions=tmp_path, by=by, at=AT)
    assert CarriedAnswer.objects.count() == (why == "laid")


def test_a_frozen_round_takes_nothing(laid: Ask, round: Round, folder: Path, by: Person) -> None:
    Round.objects.filter(pk=round.pk).update(frozen_by=by, frozen_at=AT)
    with pytest.raises(RoundClosed):
        carry_over(round=round, editions=folder, by=by, at=AT)
    for act in (lambda: use_carried(ask=laid, version=0, by=by, at=AT), lambda: put_away_carried(ask=laid, by=by, at=AT)):
        with pytest.raises(RoundClosed):
            act()
    assert CarriedAnswer.objects.get().settled_at is None


def test_using_it_saves_an_answer_like_any_other(laid: Ask) -> None:
    official = make_member(laid.agency)
    answer = use_carried(ask=laid, version=0, by=official, at=AT)
    assert (answer.content["value"], answer.version, answer.by) == (WORDS, 1, official)
    kept = CarriedAnswer.objects.get()
    assert (kept.settled_by, kept.settled_at) == (official, AT)
    assert list(AuditEvent.objects.order_by("id").values_list("event", flat=True))[-2:] == ["answer.saved", "carried.used"]
    with pytest.raises(CarriedSettled):
        use_carried(ask=laid, version=1, by=official, at=AT)


def test_putting_it_away_leaves_the_answer_alone(laid: Ask) -> None:
    official = make_member(laid.agency)
    put_away_carried(ask=laid, by=official, at=AT)
    assert not Answer.objects.filter(ask=laid).exists()
    assert AuditEvent.objects.filter(event="carried.put_away").count() == 1
    with pytest.raises(CarriedSettled):
        put_away_carried(ask=laid, by=official, at=AT)


def test_somebody_elses_text_is_not_overwritten(laid: Ask) -> None:
    make_answer(laid, "ของเพื่อนร่วมงาน")
    with pytest.raises(AnswerConflict):
        use_carried(ask=Ask.objects.get(pk=laid.pk), version=0, by=make_member(laid.agency), at=AT)
    assert CarriedAnswer.objects.get().settled_at is None
    assert Answer.objects.get(ask=laid).content["value"] == "ของเพื่อนร่วมงาน"


def test_a_row_that_was_sent_takes_none(laid: Ask) -> None:
    Ask.objects.filter(pk=laid.pk).update(state=AskState.SUBMITTED)
    with pytest.raises(AskLocked):
        use_carried(ask=laid, version=0, by=make_member(laid.agency), at=AT)


def test_the_preview_tells_each_row_and_lays_nothing(
    before: Round, round: Round, agency: Agency, folder: Path, by: Person, settings: object
) -> None:
    write_crosswalk(folder, P1_4="changed")
    settings.PHROM_EDITIONS = folder  # type: ignore[attr-defined]
    make_answered(before, agency, "P1.3", WORDS, AskState.ACCEPTED)
    make_ask(round, agency, "P1.3")
    response = client_of(by).get(f"/rounds/{round.pk}/last-year/")
    page = response.context["page"]
    assert [(line.after, line.agencies) for line in page.lines if line.agencies] == [("P1.3", 1)]
    assert [(choice.label, choice.count) for choice in page.shows if choice.count] == [("เหมือนเดิม", 8), ("เปลี่ยนไป", 1)]
    assert (page.texts, page.agencies, page.may_lay) == (1, 1, True)
    assert not CarriedAnswer.objects.exists()
    assert client_of(by).post(f"/rounds/{round.pk}/last-year/", {"once": "k" * 20}).status_code == 302
    text = client_of(by).get(f"/rounds/{round.pk}/last-year/?show=changed").content.decode()
    assert "วางไว้แล้ว 1 ข้อ" in text
    assert "วางข้อความจากปีก่อน</button>" not in text


def test_without_a_year_before_the_page_says_what_is_needed(round: Round, by: Person) -> None:
    text = client_of(by).get(f"/rounds/{round.pk}/last-year/").content.decode()
    assert "ยังไม่มีปีก่อนให้เริ่ม" in text
    assert "<button" not in text.split("<main")[1]


def test_the_official_sees_the_text_marked_and_uses_it(laid: Ask) -> None:
    client = client_of(make_member(laid.agency))
    sheet = f"/rounds/{laid.round_id}/agencies/{laid.agency_id}/"
    text = client.get(sheet).content.decode()
    assert "ข้อความจากปี 2566 ยังไม่นับเป็นคำตอบ" in text
    assert WORDS in text
    assert "data-given" not in text
    sent = {"act": "use", "version": "0", "once": "k" * 20}
    assert client.post(f"/asks/{laid.pk}/carried/", sent).status_code == 302
    again = client.get(sheet).content.decode()
    assert "ยังไม่นับเป็นคำตอบ" not in again
    assert "data-given" in again


def test_the_official_puts_it_away(laid: Ask) -> None:
    client = client_of(make_member(laid.agency))
    assert client.post(f"/asks/{laid.pk}/carried/", {"act": "away", "once": "k" * 20}).status_code == 302
    assert WORDS not in client.get(f"/rounds/{laid.round_id}/agencies/{laid.agency_id}/").content.decode()


def test_a_conflict_shows_both_texts(laid: Ask) -> None:
    make_answer(laid, "ของเพื่อนร่วมงาน")
    client = client_of(make_member(laid.agency))
    response = client.post(f"/asks/{laid.pk}/carried/", {"act": "use", "version": "0", "once": "k" * 20})
    assert response.status_code == 409
    assert {WORDS in response.content.decode(), "ของเพื่อนร่วมงาน" in response.content.decode()} == {True}


def test_a_form_without_its_button_changes_nothing(laid: Ask) -> None:
    client = client_of(make_member(laid.agency))
    assert client.post(f"/asks/{laid.pk}/carried/", {"act": "?", "once": "k" * 20}).status_code == 422
    assert CarriedAnswer.objects.get().settled_at is None


def test_others_cannot_reach_it(laid: Ask) -> None:
    neighbour = client_of(make_member(make_agency(laid.round.body)))
    assert neighbour.post(f"/asks/{laid.pk}/carried/", {"act": "away", "once": "k" * 20}).status_code == 404
    stranger = client_of(make_member(make_body(), "coordinator"))
    assert stranger.get(f"/rounds/{laid.round_id}/last-year/").status_code == 404


def test_a_sheet_without_such_texts_costs_no_query_more(round: Round, agency: Agency, laid: Ask) -> None:
    client, sheet = client_of(make_member(agency)), f"/rounds/{round.pk}/agencies/{agency.pk}/"
    with CaptureQueriesContext(connection) as having:
        client.get(sheet)
    CarriedAnswer.objects.all().delete()
    with CaptureQueriesContext(connection) as without:
        client.get(sheet)
    assert len(having) == len(without) + 1
