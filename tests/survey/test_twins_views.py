"""The coordinator's page: what looks the same side by side, merged and taken back; nobody else has it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phrom.survey.models import Round, Twin
from phrom.survey.pages import twins
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_item, make_twin
from tests.survey.lists import Listing, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> Listing:
    return make_listing()


@pytest.fixture
def client(listing: Listing) -> Client:
    client = Client()
    client.force_login(listing.coordinator)
    return client


def address(listing: Listing) -> str:
    return f"/rounds/{listing.round.pk}/twins/"


def cards(client: Client, listing: Listing, kind: str = "") -> list[set[str]]:
    page: Any = client.get(address(listing), {"list": kind}).context["page"]
    return [{side.item.name for side in card.sides} for card in page.cards]


def say(client: Client, listing: Listing, word: str, *items: object, key: str = "a") -> Any:
    data = {"item": [item.pk for item in items], "say": word, "once": f"twins-test-once-{key}"}  # type: ignore[attr-defined]
    return client.post(address(listing), data)


def test_alike_names_of_two_offices_stand_side_by_side(client: Client, listing: Listing) -> None:
    make_item(listing.round, listing.office, "ระบบจองคิวออนไลน์", url="https://q.example.go.th")
    make_item(listing.round, listing.other, "จองคิวออนไลน์ (Q-Online)", unit="กลุ่มบริการ")
    make_item(listing.round, listing.other, "จดทะเบียนพาณิชย์")
    assert cards(client, listing) == [{"ระบบจองคิวออนไลน์", "จองคิวออนไลน์ (Q-Online)"}]
    text = client.get(address(listing)).content.decode()
    assert "ชื่อต่างกันเพียงคำทั่วไป" in text
    assert all(word in text for word in (listing.office.name, listing.other.name, "https://q.example.go.th", "กลุ่มบริการ"))


def test_of_very_many_things_only_equal_names_are_proposed_and_the_page_says_so(
    client: Client, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three thousand names that begin alike took two minutes: one office could keep the page from opening."""
    monkeypatch.setattr(twins, "MOST_COMPARED", 3)
    for agency in (listing.office, listing.other):
        make_item(listing.round, agency, "ระบบจองคิวออนไลน์")
    make_item(listing.round, listing.other, "ระบบจองคิวออนไลน์ใหม่")
    assert len(cards(client, listing)) == 2
    make_item(listing.round, listing.office, "จดทะเบียนพาณิชย์")
    assert cards(client, listing) == [{"ระบบจองคิวออนไลน์"}]
    assert "เสนอเฉพาะรายการที่ชื่อตรงกัน" in client.get(address(listing)).content.decode()


def test_two_names_of_one_office_are_no_twins(client: Client, listing: Listing) -> None:
    make_item(listing.round, listing.office, "ระบบจองคิวออนไลน์")
    make_item(listing.round, listing.office, "จองคิวออนไลน์")
    assert cards(client, listing) == []


def test_merged_and_taken_back(client: Client, listing: Listing) -> None:
    one, two = make_item(listing.round, listing.office), make_item(listing.round, listing.other)
    done = client.get(say(client, listing, "same", one, two).headers["Location"])
    assert "นับครั้งเดียว" in done.content.decode() and "นับซ้ำออกแล้ว 1 เหลือ 1" in done.content.decode()
    assert cards(client, listing) == []
    twin = Twin.objects.get()
    client.post(address(listing), {"undo": twin.pk, "once": "twins-test-once-undo"})
    assert cards(client, listing) == [{"ระบบจองคิว"}]


def test_what_is_different_is_proposed_no_more(client: Client, listing: Listing) -> None:
    one, two = make_item(listing.round, listing.office), make_item(listing.round, listing.other)
    say(client, listing, "different", one, two)
    assert cards(client, listing) == []
    assert "ระบุว่าเป็นคนละสิ่ง 1 คู่" in client.get(address(listing)).content.decode()


def test_five_offices_with_one_name_are_one_card_and_one_press(client: Client, listing: Listing) -> None:
    items = [make_item(listing.round, make_agency(listing.round.body), "ThaID") for _ in range(5)]
    page: Any = client.get(address(listing)).context["page"]
    assert [len(card.sides) for card in page.cards] == [5]
    say(client, listing, "same", *items)
    assert cards(client, listing) == []


def test_a_merged_thing_is_proposed_once_for_all_of_its_group(client: Client, listing: Listing) -> None:
    one, two = make_item(listing.round, listing.office), make_item(listing.round, listing.other)
    third = make_item(listing.round, make_agency(listing.round.body), "ระบบจองคิว 2")
    fourth = make_item(listing.round, make_agency(listing.round.body), "จองคิว")
    make_twin(one, two)
    assert cards(client, listing) == [{"ระบบจองคิว", "จองคิว"}]
    say(client, listing, "same", two, fourth)
    assert cards(client, listing) == [] and third.pk


def test_a_single_ticked_thing_is_no_pair(client: Client, listing: Listing) -> None:
    assert say(client, listing, "same", make_item(listing.round, listing.office)).status_code == 409


def test_things_of_another_province_are_out_of_reach(client: Client, listing: Listing) -> None:
    own, abroad = make_item(listing.round, listing.office), make_listing()
    foreign = make_item(abroad.round, abroad.office)
    assert say(client, listing, "same", own, foreign).status_code == 409
    twin = make_twin(foreign, make_item(abroad.round, abroad.other))
    assert client.post(address(listing), {"undo": twin.pk, "once": "twins-test-once-undo"}).status_code == 404
    assert client.get(address(abroad)).status_code == 404


def test_officials_do_not_have_the_page(listing: Listing) -> None:
    client = Client()
    client.force_login(listing.official)
    assert client.get(address(listing)).status_code == 404


def test_a_frozen_round_is_read(client: Client, listing: Listing) -> None:
    make_item(listing.round, listing.office)
    make_item(listing.round, listing.other)
    Round.objects.filter(pk=listing.round.pk).update(frozen_by=listing.coordinator, frozen_at=AT)
    text = client.get(address(listing)).content.decode()
    assert "ชื่อเดียวกันใน 2 หน่วยงาน" in text and "เป็นสิ่งเดียวกัน<" not in text and 'name="say"' not in text


def test_the_sheet_of_all_rows_leads_here(client: Client, listing: Listing) -> None:
    assert address(listing) in client.get(f"/rounds/{listing.round.pk}/consolidation/").content.decode()


def test_two_hundred_things_cost_as_many_queries_as_two(client: Client, listing: Listing) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address(listing))
        return len(captured)

    make_item(listing.round, listing.office)
    make_item(listing.round, listing.other)
    before = queries()
    for n in range(10):
        office = make_agency(listing.round.body)
        make_member(office)
        for m in range(20):
            make_item(listing.round, office, f"บริการที่ {m} ของหน่วยงานที่ {n}")
    assert queries() == before <= 9
