"""Calling back, sending again, and what may follow what: whatever is tried, the history tells the state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from phrom.letters.actions.issuing import issue_letter, void_letter
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.actions.receiving import accept, reject
from phrom.letters.actions.sending import DayBeforeLetter, Dispatch, record_dispatch, record_outcome
from phrom.letters.actions.standing import DayToCome, LetterStands, ReasonMissing
from phrom.letters.actions.statuses import RecipientMovedOn, Said, mark
from phrom.letters.models import Incoming, Letter, Recipient, RecipientState, RecipientStatus, RegisterEntry
from phrom.letters.states import MAY_FOLLOW
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_agency
from tests.factories.letters import AT, make_clerk, make_draft, make_office, make_recipient

pytestmark = pytest.mark.django_db
S = RecipientState
WHY = "พิมพ์วันประชุมผิด"


def sent() -> tuple[Letter, Recipient, Recipient]:
    """An issued letter: one recipient in this installation, one by hand."""
    letter = make_draft()
    here = make_recipient(letter, make_office(make_agency(letter.office.agency.own_body)))
    by_hand = make_recipient(letter)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    for one in (here, by_hand):
        one.refresh_from_db()
    return Letter.objects.get(pk=letter.pk), here, by_hand


def test_before_it_was_accepted_it_is_recalled_at_once() -> None:
    letter, _, _ = sent()
    recall(letter=letter, because=WHY, by=letter.drafted_by, at=AT)
    assert {one.state for one in letter.recipients.all()} == {S.RECALLED}
    assert Incoming.objects.get().recalled_because == WHY
    assert RegisterEntry.objects.get().state == "used"


def test_what_was_accepted_is_asked_back_and_stays_with_the_receiver() -> None:
    letter, here, _ = sent()
    came = Incoming.objects.get()
    accept(incoming=came, by=make_clerk(came.office), at=AT)
    recall(recipient=here, because=WHY, by=letter.drafted_by, at=AT)
    here.refresh_from_db()
    came.refresh_from_db()
    assert (here.state, here.recall_asked_because) == (S.ACCEPTED, WHY)
    assert came.recalled_at is None and came.recall_asked_because == WHY


def test_one_recipient_is_called_back_and_the_others_keep_it() -> None:
    letter, here, by_hand = sent()
    recall(recipient=by_hand, because=WHY, by=letter.drafted_by, at=AT)
    by_hand.refresh_from_db()
    here.refresh_from_db()
    assert (by_hand.state, here.state) == (S.RECALLED, S.DELIVERED)


def test_the_second_recall_changes_nothing() -> None:
    letter, here, _ = sent()
    for _ in range(2):
        recall(recipient=here, because=WHY, by=letter.drafted_by, at=AT)
    assert here.statuses.filter(state=S.RECALLED).count() == 1


def test_a_recall_needs_a_reason_and_a_letter_with_a_number() -> None:
    letter, here, _ = sent()
    with pytest.raises(ReasonMissing):
        recall(recipient=here, because="  ", by=letter.drafted_by, at=AT)
    with pytest.raises(LetterStands):
        recall(letter=make_draft(), because=WHY, by=letter.drafted_by, at=AT)


def test_what_was_sent_back_is_sent_again_under_the_same_number() -> None:
    letter, here, _ = sent()
    came = Incoming.objects.get()
    reject(incoming=came, because="ไม่ใช่ภารกิจของหน่วยงาน", by=make_clerk(came.office), at=AT)
    here.refresh_from_db()
    assert here.state == S.REJECTED
    resend(recipient=here, by=letter.drafted_by, at=AT)
    here.refresh_from_db()
    came.refresh_from_db()
    assert here.state == S.DELIVERED and came.waits
    assert RegisterEntry.objects.count() == 1 and Incoming.objects.count() == 1


def test_what_arrived_or_was_cancelled_is_not_sent_again() -> None:
    letter, here, _ = sent()
    with pytest.raises(LetterStands):
        resend(recipient=here, by=letter.drafted_by, at=AT)
    mark(recipient=here, state=S.REJECTED, at=AT)
    void_letter(letter=letter, because=WHY, by=letter.drafted_by, at=AT)
    with pytest.raises(LetterStands):
        resend(recipient=here, by=letter.drafted_by, at=AT)


def test_a_dispatch_by_hand_has_its_day_and_way() -> None:
    letter, here, by_hand = sent()
    by = letter.drafted_by
    with pytest.raises(DayToCome):
        record_dispatch(recipient=by_hand, dispatch=Dispatch(AT.date() + timedelta(days=2), "ไปรษณีย์"), by=by, at=AT)
    with pytest.raises(DayBeforeLetter):
        record_dispatch(recipient=by_hand, dispatch=Dispatch(AT.date() - timedelta(days=1), "ไปรษณีย์"), by=by, at=AT)
    with pytest.raises(LetterStands):
        record_dispatch(recipient=here, dispatch=Dispatch(AT.date(), "ไปรษณีย์"), by=by, at=AT)
    record_dispatch(recipient=by_hand, dispatch=Dispatch(date(2024, 6, 11), "ไปรษณีย์"), by=by, at=AT)
    said = by_hand.statuses.get(state=S.DELIVERED)
    assert said.reason == "ส่งแล้วเมื่อ 11 มิ.ย. 2567 โดย ไปรษณีย์"


def test_an_acceptance_is_recorded_only_after_the_dispatch() -> None:
    letter, _, by_hand = sent()
    with pytest.raises(RecipientMovedOn):
        record_outcome(recipient=by_hand, outcome="accepted", said=Said(accept_number="9"), by=letter.drafted_by, at=AT)


class AnyActs(TestCase):
    """Whatever is done in whatever order: no forbidden step is taken, and the newest line of the history is the state."""

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.sampled_from(["recall", "resend", "dispatch", "accept", "reject", "answer", "void", *S.values]), max_size=8)
    )
    def test_no_act_leads_to_a_forbidden_state(self, acts: list[str]) -> None:
        letter, here, by_hand = sent()
        for act in acts:
            for recipient in (here, by_hand):
                self.attempt(act, letter, recipient)
        for recipient in (here, by_hand):
            recipient.refresh_from_db()
            steps = [one.state for one in RecipientStatus.objects.filter(recipient=recipient).order_by("id")]
            assert steps[-1] == recipient.state
            before = [S.WAITING.value, *steps]
            for earlier, later in zip(before, steps, strict=False):
                assert later == earlier or later in MAY_FOLLOW[earlier], f"{earlier} > {later}"
        assert RegisterEntry.objects.filter(register__book="send", letter=letter).count() == 1

    def attempt(self, act: str, letter: Letter, recipient: Recipient) -> None:
        by = letter.drafted_by
        said = Said(accept_number="7", reason="ด้วยเหตุ")
        tries: dict[str, Callable[[], object]] = {
            "recall": lambda: recall(recipient=recipient, because=WHY, by=by, at=AT),
            "resend": lambda: resend(recipient=recipient, by=by, at=AT),
            "dispatch": lambda: record_dispatch(recipient=recipient, dispatch=Dispatch(AT.date(), "ไปรษณีย์"), by=by, at=AT),
            "accept": lambda: record_outcome(recipient=recipient, outcome="accepted", said=said, by=by, at=AT),
            "reject": lambda: record_outcome(recipient=recipient, outcome="rejected", said=said, by=by, at=AT),
            "answer": lambda: record_outcome(recipient=recipient, outcome="answered", said=said, by=by, at=AT),
            "void": lambda: void_letter(letter=letter, because=WHY, by=by, at=AT),
        }
        try:
            tries[act]() if act in tries else mark(recipient=recipient, state=RecipientState(act), at=AT, said=said)
        except Refusal:
            return
