"""The coordinator says which things of two agencies are the same; then they count once, and it can be taken back."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.listing import remove_item
from phrom.survey.actions.twins import NotTwins, TwinsSaid, judge_twins, undo_twins
from phrom.survey.listed import items_of
from phrom.survey.models import Ask, ListItem, Round, Twin
from phrom.survey.sheets import province_of
from tests.factories.agencies import make_agency
from tests.factories.survey import AT, make_item, make_twin
from tests.survey.lists import Listing, make_listing, real_edition, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> Listing:
    return make_listing()


def both(listing: Listing) -> tuple[ListItem, ListItem]:
    """The same service at both offices, and one more at each."""
    first, _ = listing.add(service("ระบบจองคิว"), service("ขึ้นทะเบียนเกษตรกร"))
    second, _ = listing.add(service("จองคิวออนไลน์"), service("จดทะเบียนพาณิชย์"), agency=listing.other)
    return first, second


def province(listing: Listing) -> object:
    Ask.objects.filter(round=listing.round).update(state="accepted")
    return province_of(listing.round, real_edition()).sheet.get("P4.1").value


def test_the_same_service_counts_once_for_the_province(listing: Listing) -> None:
    first, second = both(listing)
    assert province(listing) == 4
    [twin] = judge_twins(items=[second, first], same=True, by=listing.coordinator, at=AT)
    assert province(listing) == 3
    undo_twins(twin=twin, by=listing.coordinator, at=AT)
    undo_twins(twin=twin, by=listing.coordinator, at=AT)
    assert province(listing) == 4
    events = list(AuditEvent.objects.filter(event__startswith="twins").order_by("id").values_list("event", flat=True))
    assert events == ["twins.same", "twins.undone"]


def test_who_says_it_twice_changes_nothing_who_says_otherwise_is_told(listing: Listing) -> None:
    first, second = both(listing)
    [twin] = judge_twins(items=[first, second], same=False, by=listing.coordinator, at=AT)
    assert judge_twins(items=[second, first], same=False, by=listing.coordinator, at=AT) == []
    assert Twin.objects.get() == twin
    with pytest.raises(TwinsSaid) as refused:
        judge_twins(items=[first, second], same=True, by=listing.coordinator, at=AT)
    assert "คนละสิ่ง" in refused.value.th
    assert province(listing) == 4


def test_five_offices_with_one_service_are_joined_at_once(listing: Listing) -> None:
    items = [make_item(listing.round, make_agency(listing.round.body), "ThaID") for _ in range(5)]
    assert len(judge_twins(items=items, same=True, by=listing.coordinator, at=AT)) == 4
    found = items_of(listing.round, real_edition())
    assert {thing.ref for item in items for thing in found[item.agency_id]} == {str(items[0].pk)}


def test_nothing_is_the_same_and_different_by_way_of_a_third(listing: Listing) -> None:
    one, two, three = (make_item(listing.round, make_agency(listing.round.body), f"ชื่อที่ {n}") for n in range(3))
    judge_twins(items=[one, three], same=False, by=listing.coordinator, at=AT)
    judge_twins(items=[one, two], same=True, by=listing.coordinator, at=AT)
    with pytest.raises(TwinsSaid):
        judge_twins(items=[two, three], same=True, by=listing.coordinator, at=AT)
    assert Twin.objects.count() == 2


def test_three_things_may_all_be_different(listing: Listing) -> None:
    items = [make_item(listing.round, make_agency(listing.round.body), f"ชื่อที่ {n}") for n in range(3)]
    assert len(judge_twins(items=items, same=False, by=listing.coordinator, at=AT)) == 3


def test_only_things_of_one_list_and_two_agencies_are_compared(listing: Listing) -> None:
    first, second = both(listing)
    third = make_item(listing.round, listing.other, "ระบบจองคิว", "systems")
    fourth = make_item(listing.round, listing.office, "อีกอย่าง")
    elsewhere = make_item(make_listing().round, listing.other, "ระบบจองคิว")
    for other in (first, third, fourth, elsewhere):
        with pytest.raises(NotTwins):
            judge_twins(items=[first, other], same=True, by=listing.coordinator, at=AT)
    remove_item(item=second, by=listing.official, at=AT)
    with pytest.raises(NotTwins):
        judge_twins(items=[first, second], same=True, by=listing.coordinator, at=AT)


def test_a_frozen_round_takes_no_word(listing: Listing) -> None:
    first, second = both(listing)
    [twin] = judge_twins(items=[first, second], same=True, by=listing.coordinator, at=AT)
    Round.objects.filter(pk=listing.round.pk).update(frozen_by=listing.coordinator, frozen_at=AT)
    with pytest.raises(RoundClosed):
        undo_twins(twin=twin, by=listing.coordinator, at=AT)
    with pytest.raises(RoundClosed):
        judge_twins(items=[first, second], same=True, by=listing.coordinator, at=AT)


@pytest.mark.parametrize("order", list(permutations([(0, 1), (1, 2), (2, 3)])))
def test_a_group_of_twins_carries_its_smallest_id_in_whatever_order_it_was_found(
    listing: Listing, order: tuple[tuple[int, int], ...]
) -> None:
    agencies = [make_agency(listing.round.body) for _ in range(4)]
    items = [make_item(listing.round, agency, f"ชื่อที่ {n}") for n, agency in enumerate(agencies)]
    for one, other in order:
        make_twin(items[one], items[other])
    found = items_of(listing.round, real_edition())
    assert {thing.ref for agency in agencies for thing in found[agency.pk]} == {str(items[0].pk)}


def test_twins_stay_twins_when_the_one_between_them_is_taken_away(listing: Listing) -> None:
    agencies = [make_agency(listing.round.body) for _ in range(3)]
    items = [make_item(listing.round, agency, f"ชื่อที่ {n}") for n, agency in enumerate(agencies)]
    make_twin(items[0], items[1])
    make_twin(items[1], items[2])
    ListItem.objects.filter(pk=items[1].pk).update(removed_by=listing.coordinator, removed_at=AT)
    found = items_of(listing.round, real_edition())
    assert found[agencies[0].pk][0].ref == found[agencies[2].pk][0].ref
    assert agencies[1].pk not in found


def test_lists_cost_one_query(listing: Listing) -> None:
    both(listing)
    with CaptureQueriesContext(connection) as captured:
        items_of(listing.round, real_edition())
    assert len(captured) == 1
