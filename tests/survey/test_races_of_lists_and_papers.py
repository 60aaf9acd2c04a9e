"""Lists, evidence, the head's word and the second person, at the very moment when somebody else writes there.

The first acts inside a transaction that is still open while the second begins and waits; so it goes the same way every time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import Entry, save_answer, save_section
from phrom.survey.actions.closed import RoundClosed, locked_for_change
from phrom.survey.actions.filing import About, Spot
from phrom.survey.actions.freezing import freeze_round
from phrom.survey.actions.library import describe_under
from phrom.survey.actions.listing import NamedTwice, take_from_list
from phrom.survey.models import Ask, Evidence, EvidenceLink, ListItem
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_approved, make_ask, make_evidence, make_round
from tests.survey.lists import Listing, make_listing, service

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = 0.4
"""Seconds: longer than a second act takes to reach what the first holds."""


class Second:
    """What became of the act that came second: `told` is its refusal, None when it was served."""

    told: Refusal | None = None
    crash: Exception | None = None

    def run(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Refusal as refusal:
            self.told = refusal
        except Exception as error:
            self.crash = error
        finally:
            connection.close()


@contextmanager
def overtaken(act: Callable[[], object]) -> Iterator[Callable[[], Second]]:
    """A transaction in which the first acts; calling what is given lets the second begin and run until it has to wait."""
    second = Second()
    thread = threading.Thread(target=second.run, args=(act,))

    def begin() -> Second:
        thread.start()
        time.sleep(MOMENT)
        return second

    with transaction.atomic():
        yield begin
    thread.join(timeout=60)
    assert not thread.is_alive()
    if second.crash:
        raise second.crash


@pytest.fixture
def listing() -> Listing:
    return make_listing()


def fresh(ask: Ask) -> Ask:
    return Ask.objects.select_related("agency", "round__body", "round__survey", "answer").get(pk=ask.pk)


def add(listing: Listing, name: str) -> Callable[[], object]:
    return lambda: listing.add(service(name))


def test_a_thing_is_added_while_the_row_is_saved_by_hand(listing: Listing) -> None:
    """Whoever writes a thing down is no part of the conflict about a number: the list is kept, the number too."""
    ask = fresh(listing.asks["P4.1"])
    with overtaken(add(listing, "ระบบจองคิว")) as begin:
        save_answer(ask=ask, content={"value": 7}, version=0, by=listing.official, at=AT)
        second = begin()
    assert second.told is None
    assert ListItem.objects.count() == 1
    assert listing.said("P4.1") == 7


def test_the_same_name_twice_at_once_is_told_in_words(listing: Listing) -> None:
    """Also in a list that answers none of the agency's rows, where there is nothing to wait at."""
    Ask.objects.filter(agency=listing.office).delete()
    with overtaken(add(listing, "ระบบจองคิว")) as begin:
        listing.add(service("ระบบจองคิว"))
        second = begin()
    assert isinstance(second.told, NamedTwice)
    assert ListItem.objects.count() == 1


def test_a_number_taken_from_the_list_is_that_of_the_list(listing: Listing) -> None:
    listing.add(service("ระบบจองคิว"))
    ask = fresh(listing.asks["P4.1"])
    save_answer(ask=ask, content={"value": 9}, version=ask.answer.version, by=listing.official, at=AT)
    ask = fresh(ask)
    take = lambda: take_from_list(ask=ask, version=ask.answer.version, by=listing.official, at=AT)  # noqa: E731
    with overtaken(take) as begin:
        listing.add(service("ขึ้นทะเบียนเกษตรกร"))
        begin()
    assert ListItem.objects.count() == 2
    assert listing.said("P4.1") == 2


def test_rows_are_held_in_one_order_whoever_writes(listing: Listing) -> None:
    """A row that was routed later stands higher in print: the list and the sending must not wait for each other in a ring."""
    first, second = sorted((listing.asks["P4.1"], listing.asks["P4.2"]), key=lambda ask: ask.pk)
    Ask.objects.filter(pk=first.pk).update(position=200)
    Ask.objects.filter(pk=second.pk).update(position=100)
    with overtaken(add(listing, "ระบบจองคิว")) as begin:
        Ask.objects.select_for_update().get(pk=first.pk)
        told = begin()
        Ask.objects.select_for_update().get(pk=second.pk)
    assert told.told is None


def test_a_page_holds_its_rows_in_that_order_too(listing: Listing) -> None:
    """Whatever lies where in the table: rows written again move in it."""
    asks = sorted((listing.asks[code] for code in ("P4.1", "P4.2")), key=lambda ask: ask.pk)
    Ask.objects.filter(pk=asks[0].pk).update(position=200)
    entries = [Entry(fresh(ask), {"value": 3}, 0) for ask in asks]
    save = lambda: save_section(round=listing.round, agency=listing.office, entries=entries, by=listing.official, at=AT)  # noqa: E731
    with overtaken(save) as begin:
        Ask.objects.select_for_update().get(pk=asks[0].pk)
        told = begin()
        Ask.objects.select_for_update().get(pk=asks[1].pk)
    assert told.told is None
    assert (listing.said("P4.1"), listing.said("P4.2")) == (3, 3)


def test_what_a_piece_is_said_while_the_round_is_closed() -> None:
    """The freeze waits for the words or the words are refused; neither hangs on the other."""
    round = make_round()
    make_evidence(make_ask(round, make_agency(round.body)))
    link = EvidenceLink.objects.select_related(
        "evidence__agency", "ask__round__body", "ask__round__survey", "ask__agency"
    ).get()
    by, coordinator = make_member(link.ask.agency), make_member(round.body, "coordinator")
    make_approved(round)
    say = lambda: describe_under(  # noqa: E731
        link=link, spot=Spot(page="3"), about=About(letter="ชม 0017/1"), name="", by=by, at=AT
    )
    with overtaken(say) as begin:
        locked_for_change(round)
        second = begin()
        freeze_round(round=round, by=coordinator, at=AT)
    assert isinstance(second.told, RoundClosed)
    assert Evidence.objects.get().letter == ""
