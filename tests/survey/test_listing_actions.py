"""A list of named things is written down, and the agency's answers follow it; what somebody typed otherwise stays."""

from __future__ import annotations

import pytest

from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.answering import AnswerConflict, save_answer
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.listing import (
    ItemConflict,
    ListLocked,
    ListTooLong,
    NamedTwice,
    NothingToTake,
    Thing,
    change_item,
    remove_item,
    take_from_list,
)
from phrom.survey.models import Answer, AnswerVersion, Ask, ListItem, Round
from tests.factories.survey import AT
from tests.survey.lists import Listing, make_listing, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> Listing:
    return make_listing()


def type_answer(listing: Listing, code: str, value: object) -> None:
    content = {"value": value, "detail": None, "provider": "", "cannot": ""}
    version = Answer.objects.filter(ask=listing.asks[code]).values_list("version", flat=True).first() or 0
    ask = Ask.objects.get(pk=listing.asks[code].pk)
    save_answer(ask=ask, content=content, version=version, by=listing.official, at=AT)


def send(listing: Listing, *codes: str) -> None:
    Ask.objects.filter(pk__in=[listing.asks[code].pk for code in codes]).update(state="submitted")


def test_twenty_services_are_written_down_at_once_and_counted(listing: Listing) -> None:
    listing.add(*(service(f"บริการที่ {n}", digital=n < 15) for n in range(20)))
    assert (listing.said("P4.1"), listing.said("P4.1.1"), listing.said("P4.2")) == (20, 15, None)


def test_the_answer_is_saved_as_any_other_with_version_and_journal(listing: Listing) -> None:
    listing.add(service())
    listing.add(service("ขึ้นทะเบียนเกษตรกร"))
    assert [v.content["value"] for v in AnswerVersion.objects.filter(ask=listing.asks["P4.1"])] == [1, 2]
    events = list(AuditEvent.objects.values_list("event", flat=True))
    assert events.count("list.added") == 2
    assert events.count("answer.saved") == 4


def test_what_stands_behind_an_answer_is_not_kept_in_it(listing: Listing) -> None:
    listing.add(service())
    assert set(Answer.objects.get(ask=listing.asks["P4.1"]).content) == {"value", "detail", "provider", "cannot"}


def test_a_number_that_somebody_typed_stays(listing: Listing) -> None:
    type_answer(listing, "P4.1", 9)
    listing.add(service(), service("ขึ้นทะเบียนเกษตรกร"))
    assert (listing.said("P4.1"), listing.said("P4.1.1")) == (9, 2)


def test_the_lists_number_can_be_taken_instead(listing: Listing) -> None:
    type_answer(listing, "P4.1", 9)
    listing.add(service())
    ask = Ask.objects.get(pk=listing.asks["P4.1"].pk)
    with pytest.raises(AnswerConflict):
        take_from_list(ask=ask, version=0, by=listing.coordinator, at=AT)
    take_from_list(ask=Ask.objects.get(pk=ask.pk), version=0, by=listing.official, at=AT)
    assert listing.said("P4.1") == 1
    with pytest.raises(NothingToTake):
        take_from_list(ask=listing.asks["P4.2"], version=0, by=listing.official, at=AT)


def test_a_service_of_ones_own_is_claimed_with_who_provides_it(listing: Listing) -> None:
    listing.add(service("ตลาดออนไลน์", "own"), service("แจ้งเตือนภัย", "both", digital=False))
    assert (listing.said("P4.2"), listing.said("P4.2.1"), listing.said("P4.1")) == (2, 1, None)
    assert Answer.objects.get(ask=listing.asks["P4.2"]).content["provider"] == "both"


def test_datasets_trainings_technologies_and_systems_answer_their_rows(listing: Listing) -> None:
    listing.add(Thing("แหล่งท่องเที่ยว", "own", content={"uses": ["open", "shared"]}), kind="datasets")
    listing.add(Thing("อบรม AI", "own", content={"method": "training", "measured": True, "outcome": "ผ่าน"}), kind="trainings")
    listing.add(Thing("แชตบอต", "own", content={"technology": "ai"}), kind="technologies")
    listing.add(Thing("ระบบลงเวลา", "own"), kind="systems")
    said = {code: listing.said(code) for code in listing.asks}
    assert {code: value for code, value in said.items() if value is not None} == {
        "P2.2.1.1": True,
        "P2.2.3.1": True,
        "P3.1": ["training"],
        "P5.1": True,
        "P7.1": ["ai"],
    }
    assert Answer.objects.get(ask=listing.asks["P3.1"]).content["detail"] is True


def test_taking_things_away_takes_their_number_back(listing: Listing) -> None:
    first, second = listing.add(service(), service("ขึ้นทะเบียนเกษตรกร"))
    remove_item(item=first, by=listing.official, at=AT)
    assert listing.said("P4.1") == 1
    remove_item(item=first, by=listing.official, at=AT)
    remove_item(item=second, by=listing.official, at=AT)
    assert listing.said("P4.1") is None
    assert AuditEvent.objects.filter(event="list.removed").count() == 2
    assert ListItem.objects.count() == 2


def test_a_name_spelt_otherwise_is_the_same_name(listing: Listing) -> None:
    listing.add(service("ระบบจองคิว"))
    with pytest.raises(NamedTwice) as refused:
        listing.add(service("ใหม่"), service("ระบบ จองคิว "))
    assert "ระบบ จองคิว" in refused.value.th
    with pytest.raises(NamedTwice):
        listing.add(service("หนึ่ง"), service("หนึ่ง"))
    assert ListItem.objects.count() == 1


def test_a_name_that_was_taken_away_may_come_again(listing: Listing) -> None:
    [item] = listing.add(service())
    remove_item(item=item, by=listing.official, at=AT)
    listing.add(service())
    assert listing.said("P4.1") == 1


def test_a_change_upon_an_old_version_shows_both_texts(listing: Listing) -> None:
    [item] = listing.add(service())
    change_item(item=item, thing=service("จองคิวออนไลน์"), version=1, by=listing.official, at=AT)
    with pytest.raises(ItemConflict) as conflict:
        change_item(item=item, thing=service("จองนัด"), version=1, by=listing.coordinator, at=AT)
    assert (conflict.value.status, conflict.value.mine.name, conflict.value.theirs.name) == (409, "จองนัด", "จองคิวออนไลน์")
    assert ListItem.objects.get().name == "จองคิวออนไลน์"


def test_a_service_that_becomes_digital_is_counted_so(listing: Listing) -> None:
    [item] = listing.add(service(digital=False))
    assert listing.said("P4.1.1") == 0
    fresh = change_item(item=item, thing=service(digital=True), version=1, by=listing.official, at=AT)
    assert (fresh.version, listing.said("P4.1.1")) == (2, 1)
    assert change_item(item=fresh, thing=service(digital=True), version=2, by=listing.official, at=AT).version == 2


def test_what_is_counted_in_a_row_that_was_sent_is_locked(listing: Listing) -> None:
    [item] = listing.add(service())
    send(listing, "P4.1")
    for act in (
        lambda: listing.add(service("อีกบริการ")),
        lambda: remove_item(item=item, by=listing.official, at=AT),
        lambda: change_item(item=item, thing=service("ชื่อใหม่"), version=1, by=listing.official, at=AT),
        lambda: change_item(item=item, thing=service(provider="own"), version=1, by=listing.official, at=AT),
    ):
        with pytest.raises(ListLocked) as refused:
            act()
        assert "P4.1" in refused.value.th
    assert (ListItem.objects.get().name, listing.said("P4.1")) == ("ระบบจองคิว", 1)


def test_what_counts_in_no_row_that_was_sent_may_still_change(listing: Listing) -> None:
    listing.add(service())
    send(listing, "P4.1", "P4.1.1")
    listing.add(service("ตลาดออนไลน์", "own"))
    assert (listing.said("P4.1"), listing.said("P4.2")) == (1, 1)


def test_the_list_is_locked_once_all_its_rows_were_sent(listing: Listing) -> None:
    send(listing, "P4.1", "P4.1.1", "P4.2", "P4.2.1")
    with pytest.raises(ListLocked):
        listing.add(Thing("ยังไม่รู้ว่าใครจัดให้", ""))


def test_a_frozen_round_takes_nothing(listing: Listing) -> None:
    [item] = listing.add(service())
    Round.objects.filter(pk=listing.round.pk).update(frozen_by=listing.coordinator, frozen_at=AT)
    with pytest.raises(RoundClosed):
        listing.add(service("อีกบริการ"))
    with pytest.raises(RoundClosed):
        remove_item(item=item, by=listing.official, at=AT)
    with pytest.raises(RoundClosed):
        change_item(item=item, thing=service("ชื่อใหม่"), version=1, by=listing.official, at=AT)


def test_a_list_has_an_end(listing: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phrom.survey.actions.listing.MOST", 3)
    with pytest.raises(ListTooLong):
        listing.add(*(service(f"บริการที่ {n}") for n in range(4)))
    assert ListItem.objects.count() == 0
