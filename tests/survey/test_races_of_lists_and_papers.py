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

from phrom.agencies.actions.head_step import set_head_approves
from phrom.agencies.models import Agency, Person
from phrom.shared.files.store import keep
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import Entry, save_answer, save_section
from phrom.survey.actions.approving import NothingWaits, approve_and_send, take_back
from phrom.survey.actions.closed import RoundClosed, locked_for_change
from phrom.survey.actions.evidence import Posted, Upload, attach
from phrom.survey.actions.filing import About, Spot
from phrom.survey.actions.freezing import ApprovalVoid, freeze_round
from phrom.survey.actions.inquiring import InquiryClosed, close_inquiry, reply
from phrom.survey.actions.library import bring, describe_under
from phrom.survey.actions.listing import NamedTwice, remove_item, take_from_list
from phrom.survey.actions.locking import AskLocked
from phrom.survey.actions.proposing import ProposalSettled, SetChanged, approve_set, lay_set, return_set
from phrom.survey.actions.reviewing import accept, seen_marks, seen_of
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.actions.twins import NotTwins, TwinsSaid, judge_twins, undo_twins
from phrom.survey.models import Ask, AskState, Evidence, EvidenceLink, Inquiry, InquiryNote, ListItem, Round, SetProposal, Twin
from phrom.survey.set_document import fingerprint_of, set_content
from tests.factories.agencies import make_agency, make_member, make_person
from tests.factories.survey import (
    AT,
    make_answer,
    make_answered,
    make_approved,
    make_ask,
    make_evidence,
    make_inquiry,
    make_round,
)
from tests.survey.lists import Listing, make_listing, service
from tests.survey.test_rounds_together import one_was_served, together

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = b"%PDF-1.7 a plan\n%%EOF"
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


# --- the library: what is kept once, and what was sent with a row


@pytest.fixture
def office() -> Agency:
    return make_agency(make_round().body)


def test_one_file_brought_twice_at_once_lies_in_the_library_once(office: Agency) -> None:
    by = make_member(office)
    keep([PAPER], name="แผน.pdf", at=AT)

    def bring_it() -> object:
        return bring(agency=office, upload=Upload("แผน.pdf", [PAPER]), by=by, at=AT)

    with overtaken(bring_it) as begin:
        bring_it()
        begin()
    assert Evidence.objects.count() == 1


def test_what_is_newly_said_of_a_piece_does_not_reach_a_row_on_its_way_out() -> None:
    """The same content under another row, with its letter: the row that is being sent keeps the piece as it was."""
    round = make_round()
    agency = make_agency(round.body)
    by, asks = make_member(agency), [make_ask(round, agency, code) for code in ("P1.3", "P1.4")]
    make_answer(asks[0], "ข้อความ")
    make_evidence(asks[0])
    same = Posted(url="https://www.chiangmai.go.th/a.pdf", about=About(letter="ชม 0017/1"))
    with overtaken(lambda: attach(ask=fresh(asks[1]), posted=same, by=by, at=AT)) as begin:
        submit_answers(round=round, agency=agency, by=by, at=AT)
        begin()
    under = EvidenceLink.objects.select_related("evidence").get(ask=asks[0])
    assert (Ask.objects.get(pk=asks[0].pk).state, under.evidence.letter) == (AskState.SUBMITTED, "")
    assert EvidenceLink.objects.select_related("evidence").get(ask=asks[1]).evidence.letter == "ชม 0017/1"


# --- two people at once: the second person's word, the head's, the coordinator's


def laid(round: Round) -> SetProposal:
    seen = fingerprint_of(set_content(round))
    return lay_set(round=round, seen=seen, resolution=None, by=make_person("ผู้เสนอ"), at=AT)


def answered(state: str) -> tuple[Ask, Person]:
    round = make_round()
    ask = fresh(make_answered(round, make_agency(round.body), "P1.3", "ข้อความแรก", state))
    return ask, make_member(round.body, "coordinator")


def test_a_set_is_not_approved_while_its_answers_change() -> None:
    ask, by = answered(AskState.SUBMITTED)
    proposal, seen = laid(ask.round), seen_of(ask)
    approve = lambda: approve_set(round=ask.round, proposal_id=proposal.pk, by=make_person("ประธาน"), at=AT)  # noqa: E731
    with overtaken(approve) as begin:
        accept(ask=ask, seen=seen, by=by, at=AT)
        second = begin()
    assert isinstance(second.told, SetChanged)
    assert SetProposal.objects.get().approved_at is None


def test_an_approval_of_what_changes_next_holds_for_nothing() -> None:
    ask, by = answered(AskState.SUBMITTED)
    proposal, seen = laid(ask.round), seen_of(ask)
    with overtaken(lambda: accept(ask=ask, seen=seen, by=by, at=AT)) as begin:
        approve_set(round=ask.round, proposal_id=proposal.pk, by=make_person("ประธาน"), at=AT)
        second = begin()
    assert second.told is None
    with pytest.raises(ApprovalVoid):
        freeze_round(round=ask.round, by=by, at=AT, confirmed=True)


def test_an_agency_saves_while_the_set_is_approved_and_both_are_served() -> None:
    ask, _ = answered(AskState.RETURNED)
    proposal, official = laid(ask.round), make_member(ask.agency)
    told = together(
        lambda: approve_set(round=ask.round, proposal_id=proposal.pk, by=make_person("ประธาน"), at=AT),
        lambda: save_answer(ask=ask, content={"value": "ใหม่"}, version=1, by=official, at=AT),
    )
    assert told == [None, None]


def test_of_two_who_approve_or_return_a_set_one_is_served() -> None:
    ask, _ = answered(AskState.ACCEPTED)
    proposal = laid(ask.round)
    people = [make_person(f"ผู้เห็นชอบ {number}") for number in range(3)]
    acts: list[Callable[[], object]] = [
        lambda by=by: approve_set(round=ask.round, proposal_id=proposal.pk, by=by, at=AT)  # type: ignore[misc]
        for by in people[:2]
    ]
    acts.append(lambda: return_set(round=ask.round, proposal_id=proposal.pk, reason="ขอให้แก้ไข", by=people[2], at=AT))
    assert one_was_served(together(*acts), ProposalSettled)
    proposal.refresh_from_db()
    assert (proposal.approved_at is None) is not (proposal.returned_at is None)


def test_what_the_head_sends_is_what_the_head_saw() -> None:
    ask, _ = answered(AskState.OPEN)
    agency, official, head = ask.agency, make_member(ask.agency), make_member(ask.agency, "head")
    set_head_approves(agency=agency, approves=True, by=head, at=AT)
    submit_answers(round=ask.round, agency=agency, by=official, at=AT)
    seen = seen_marks(Ask.objects.filter(pk=ask.pk))
    mine = fresh(ask)
    told = together(
        lambda: approve_and_send(round=ask.round, agency=agency, seen=seen, by=head, at=AT),
        lambda: take_back(round=ask.round, agency=agency, seen=seen, reason="ขอให้แก้ไข", by=head, at=AT),
        lambda: save_answer(ask=mine, content={"value": "ใหม่"}, version=1, by=official, at=AT),
    )
    now = fresh(ask)
    if now.state == AskState.SUBMITTED:
        assert isinstance(told[1], NothingWaits)
        assert isinstance(told[2], AskLocked)
        assert now.answer.version == 1
    else:
        assert now.state == AskState.RETURNED
        assert isinstance(told[0], NothingWaits)


def pair(listing: Listing) -> list[ListItem]:
    [first] = listing.add(service("ระบบจองคิว"))
    [second] = listing.add(service("จองคิวออนไลน์"), agency=listing.other)
    return [first, second]


def test_the_same_and_different_are_not_both_said(listing: Listing) -> None:
    items = pair(listing)
    acts = [lambda same=same: judge_twins(items=items, same=same, by=listing.coordinator, at=AT) for same in (True, False)]
    assert one_was_served(together(*acts), TwinsSaid)
    assert Twin.objects.count() == 1


def test_twins_are_joined_and_parted_once_by_however_many(listing: Listing) -> None:
    items = pair(listing)
    told = together(*[lambda: judge_twins(items=items, same=True, by=listing.coordinator, at=AT)] * 3)
    assert told == [None] * 3
    twin = Twin.objects.select_related("first__round").get()
    assert together(*[lambda: undo_twins(twin=twin, by=listing.coordinator, at=AT)] * 3) == [None] * 3
    events = list(AuditEvent.objects.filter(event__startswith="twins").order_by("id").values_list("event", flat=True))
    assert events == ["twins.same", "twins.undone"]


def test_what_is_taken_off_the_list_becomes_no_twin(listing: Listing) -> None:
    items = pair(listing)
    with overtaken(lambda: judge_twins(items=items, same=True, by=listing.coordinator, at=AT)) as begin:
        remove_item(item=items[0], by=listing.official, at=AT)
        second = begin()
    assert isinstance(second.told, NotTwins)


def test_an_inquiry_is_answered_before_it_is_closed_or_not_at_all() -> None:
    ask, by = answered(AskState.SUBMITTED)
    official = make_member(ask.agency)
    make_inquiry(ask)
    inquiry = Inquiry.objects.select_related("ask__round__body", "ask__agency").get()
    say = lambda: reply(inquiry=inquiry, text="หน้า 3 ลงนามแล้ว", by=official, at=AT)  # noqa: E731
    with overtaken(say) as begin:
        close_inquiry(inquiry=inquiry, by=by, at=AT)
        second = begin()
    assert isinstance(second.told, InquiryClosed)
    assert InquiryNote.objects.count() == 1


def test_closing_waits_for_the_reply_that_is_under_way() -> None:
    ask, by = answered(AskState.SUBMITTED)
    official = make_member(ask.agency)
    make_inquiry(ask)
    inquiry = Inquiry.objects.select_related("ask__round__body", "ask__agency").get()
    with overtaken(lambda: close_inquiry(inquiry=inquiry, by=by, at=AT)) as begin:
        reply(inquiry=inquiry, text="หน้า 3 ลงนามแล้ว", by=official, at=AT)
        second = begin()
    assert second.told is None
    assert (InquiryNote.objects.count(), Inquiry.objects.filter(closed_at=None).count()) == (2, 0)
    assert AuditEvent.objects.order_by("id").last().event == "inquiry.closed"  # type: ignore[union-attr]
