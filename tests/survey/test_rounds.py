"""Opening a round: what it needs, what it makes, and that an edition never changes under it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Agency, AgencyKind, Membership
from phrom.committee.models import Order
from phrom.rules.instrument.canonical import edition_from_json, with_hash
from phrom.rules.instrument.informants import AgencyRef, route
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.rounds import EditionChanged, RoundCannotOpen, open_round, preconditions
from phrom.survey.models import Ask, Round, Survey
from tests.factories.agencies import make_agency, make_body
from tests.factories.survey import AT, DEADLINE, tiny_edition
from tests.survey.province import Province, cells_of, make_province, open_for

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 11)


def test_every_row_goes_to_its_informants() -> None:
    province = make_province()
    round = open_for(province)
    refs = [AgencyRef(agency.code, agency.kind) for agency in province.agencies]
    ids = {agency.code: agency.pk for agency in province.agencies}
    assert cells_of(round) == {(each.row_code, ids[each.agency_code]) for each in route(tiny_edition(), refs)}
    assert list(Ask.objects.filter(lead=True).values_list("code", "agency_id")) == [("P1.5", province.office.pk)]


def test_headings_are_asked_of_nobody() -> None:
    assert not open_for(make_province()).asks.filter(code="P2.1").exists()


def test_the_edition_is_pinned_with_its_hash() -> None:
    survey = open_for(make_province()).survey
    assert survey.edition_hash == tiny_edition().hash
    assert edition_from_json(survey.document) == tiny_edition()


def test_two_provinces_share_one_survey() -> None:
    rounds = [open_for(make_province()) for _ in range(2)]
    assert Survey.objects.count() == 1
    assert rounds[0].survey_id == rounds[1].survey_id


def test_an_edition_with_the_same_id_and_other_content_is_refused() -> None:
    open_for(make_province())
    other = make_province()
    changed = with_hash(tiny_edition().model_copy(update={"title": "แก้ชื่อภายหลัง"}))
    with pytest.raises(EditionChanged):
        open_round(body=other.body, edition=changed, internal_deadline=DEADLINE, mandate=None, by=other.coordinator, at=AT)
    assert Round.objects.count() == 1


def test_the_opening_stands_in_the_journal_of_the_body() -> None:
    round = open_for(make_province())
    entry = AuditEvent.objects.get(event="round.opened")
    assert (entry.chain, entry.about, entry.details["asks"]) == (round.body.code, f"round:{round.pk}", round.asks.count())


def no_order(province: Province) -> None:
    """The committee has no order yet."""
    Order.objects.all().delete()


def order_to_come(province: Province) -> None:
    """The order takes effect tomorrow."""
    Order.objects.update(effective_on=TODAY + timedelta(days=1))


def no_provincial_office(province: Province) -> None:
    """The office is registered as something else."""
    Agency.objects.filter(pk=province.office.pk).update(kind=AgencyKind.REGIONAL)


def no_statistical_office(province: Province) -> None:
    """The office is registered as something else."""
    Agency.objects.filter(pk=province.statistics.pk).update(kind=AgencyKind.REGIONAL)


def nobody_at_one_agency(province: Province) -> None:
    """One agency's only official left yesterday."""
    Membership.objects.filter(agency=province.others[0]).update(ends_on=TODAY - timedelta(days=1))


def opened_before(province: Province) -> None:
    """The round is open already."""
    open_for(province)


MISSING = {
    "order": no_order,
    "provincial_office": no_provincial_office,
    "statistical_office": no_statistical_office,
    "people": nobody_at_one_agency,
    "first": opened_before,
}


@pytest.mark.parametrize(("key", "spoil"), [*MISSING.items(), ("order", order_to_come)])
def test_what_is_missing_is_named_and_nothing_is_made(key: str, spoil: Callable[[Province], None]) -> None:
    province = make_province()
    spoil(province)
    before = Ask.objects.count()
    with pytest.raises(RoundCannotOpen) as refused:
        open_round(
            body=province.body,
            edition=tiny_edition(),
            internal_deadline=DEADLINE,
            mandate=None,
            by=province.coordinator,
            at=AT,
        )
    assert [item.key for item in refused.value.unmet] == [key]
    assert Ask.objects.count() == before


def test_a_deadline_before_the_opening_day_is_refused() -> None:
    province = make_province()
    with pytest.raises(RoundCannotOpen) as refused:
        open_round(
            body=province.body,
            edition=tiny_edition(),
            internal_deadline=TODAY - timedelta(days=1),
            mandate=None,
            by=province.coordinator,
            at=AT,
        )
    assert [item.key for item in refused.value.unmet] == ["deadline"]


def test_all_that_is_missing_comes_at_once() -> None:
    body = make_body()
    make_agency(body)
    unmet = preconditions(body=body, edition=None, internal_deadline=None, mandate=None, on=TODAY)
    assert [item.key for item in unmet if item.stops] == [
        "edition",
        "order",
        "provincial_office",
        "statistical_office",
        "people",
        "deadline",
    ]


def test_a_missing_resolution_warns_but_does_not_stop() -> None:
    province = make_province()
    found = preconditions(body=province.body, edition=tiny_edition(), internal_deadline=DEADLINE, mandate=None, on=TODAY)
    assert [(item.key, item.stops) for item in found if not item.met] == [("mandate", False)]
    open_round(
        body=province.body, edition=tiny_edition(), internal_deadline=DEADLINE, mandate=None, by=province.coordinator, at=AT
    )


def form(**more: str) -> dict[str, str]:
    """A good posted form for the real edition; the test clock is today's."""
    return {"edition": "dga-province-2567", "deadline": "๓๐ ธ.ค. ๒๕๗๙", "mandate": "", "once": "k" * 20, **more}


def test_the_coordinator_opens_a_round_once_whatever_she_clicks(client: Client) -> None:
    province = make_province()
    client.force_login(province.coordinator)
    first = client.post("/rounds/open/", form())
    again = client.post("/rounds/open/", form())
    round = Round.objects.get()
    assert first.status_code == 302
    assert first.headers["Location"] == again.headers["Location"] == f"/rounds/{round.pk}/"
    assert (round.internal_deadline, round.body) == (date(2036, 12, 30), province.body)


def test_checking_again_opens_nothing(client: Client) -> None:
    client.force_login(make_province().coordinator)
    assert client.post("/rounds/open/", form(check="1")).status_code == 200
    assert not Round.objects.exists()


def test_a_day_that_does_not_exist_is_said_and_what_was_typed_stays(client: Client) -> None:
    client.force_login(make_province().coordinator)
    page = client.post("/rounds/open/", form(deadline="๓๐ ก.พ. ๒๕๖๗"))
    assert page.status_code == 422
    assert "๓๐ ก.พ. ๒๕๖๗" in page.content.decode()
    assert not Round.objects.exists()


def test_what_is_missing_is_shown_with_no_button_to_open(client: Client) -> None:
    province = make_province()
    no_order(province)
    client.force_login(province.coordinator)
    page = client.post("/rounds/open/", form())
    assert page.status_code == 422
    assert ">เปิดรอบ</button>" not in page.content.decode()
    assert "บันทึกคำสั่งแต่งตั้งคณะกรรมการก่อน" in page.content.decode()


def test_another_provinces_body_cannot_be_opened_for(client: Client) -> None:
    client.force_login(make_province().coordinator)
    assert client.post("/rounds/open/", form(body=str(make_body().pk))).status_code == 404


def test_the_deadline_is_proposed_from_the_resolution(client: Client) -> None:
    province = make_province()
    open_for(province)
    client.force_login(province.coordinator)
    assert 'value="21 มิ.ย. 2567"' in client.get("/rounds/open/").content.decode()


def test_the_list_shows_only_rounds_of_the_own_body(client: Client, django_assert_max_num_queries: Any) -> None:
    province = make_province()
    mine, foreign = open_for(province), open_for(make_province())
    client.force_login(province.coordinator)
    with django_assert_max_num_queries(6):
        page = client.get("/rounds/").content.decode()
    assert f"/rounds/{mine.pk}/" in page
    assert f"/rounds/{foreign.pk}/" not in page


@pytest.mark.parametrize("path", ["/rounds/", "/rounds/open/"])
def test_officials_have_no_rounds_page(client: Client, path: str) -> None:
    province = make_province()
    client.force_login(province.others[0].memberships.get().person)
    assert client.get(path).status_code == 404


def test_a_broken_edition_is_shown_with_its_defects_and_cannot_be_chosen(client: Client, settings: Any, tmp_path: Path) -> None:
    shutil.copytree(settings.PHROM_EDITIONS / "dga-province-2567", tmp_path / "broken")
    text = (tmp_path / "broken" / "edition.yaml").read_text()
    (tmp_path / "broken" / "edition.yaml").write_text(text.replace("weight: 13", "weight: 14", 1))
    settings.PHROM_EDITIONS = tmp_path
    client.force_login(make_province().coordinator)
    page = client.get("/rounds/open/")
    assert "แบบสำรวจ broken มีข้อบกพร่อง" in page.content.decode()
    assert page.context["page"].broken[0].problems[0].line > 0
    assert client.post("/rounds/open/", form(edition="broken")).status_code == 422
    assert not Round.objects.exists()
