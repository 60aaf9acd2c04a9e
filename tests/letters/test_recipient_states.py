"""Whatever both sides do in whatever order, a letter's states at a recipient follow the rules that a clerk would tell."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phrom.letters.actions.recalling import recall
from phrom.letters.actions.sending import record_outcome
from phrom.letters.actions.statuses import RecipientMovedOn, Said, mark
from phrom.letters.models import RecipientState as S
from tests.factories.letters import AT, make_clerk, make_draft, make_issued, make_recipient
from tests.letters.test_letter_races import done, history_ends_in, together

WHY = "ส่งผิดหน่วยงาน"
# Written here a second time, in a clerk's words: never after it was called back; nothing is accepted, refused or called wrong
# before it arrived (a way may refuse it); what has arrived does not travel again unless it was refused; nothing waits again.
BEFORE_ARRIVAL = {S.WAITING, S.QUEUED, S.SENDING, S.EXPIRED}


def forbidden(was: str, to: str) -> bool:
    """True for a step that no clerk would believe."""
    if was == S.RECALLED or to == S.WAITING:
        return True
    if was in BEFORE_ARRIVAL:
        return to in (S.ACCEPTED, S.INVALID)
    refused = was in (S.REJECTED, S.INVALID)
    return to in (S.SENDING, S.EXPIRED) or (to == S.QUEUED and not refused) or (refused and to == S.ACCEPTED)


@pytest.mark.django_db
@given(st.lists(st.sampled_from(list(S)), max_size=12))
@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_no_order_of_steps_leads_where_no_clerk_would_believe(steps: list[S]) -> None:
    with transaction.atomic():
        recipient = make_recipient(make_issued())
        was = str(recipient.state)
        for step in steps:
            try:
                now = str(mark(recipient=recipient, state=step, at=AT).state)
            except RecipientMovedOn:
                continue
            assert now == was or not forbidden(was, now), f"{was} -> {now}"
            was = now
        recipient.refresh_from_db()
        history_ends_in(recipient)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_by_hand_it_is_accepted_or_refused_or_called_back() -> None:
    """No tray stands between: only the recipient's own row keeps two clerks from writing at once."""
    for _ in range(4):
        letter = make_issued(make_draft())
        recipient, by = make_recipient(letter, state=S.DELIVERED, state_at=AT), make_clerk(letter.office)
        said = {"accepted": Said(accept_number="12"), "rejected": Said(reason=WHY), "invalid": Said(reason=WHY)}
        told = together(
            *[
                lambda outcome=outcome: record_outcome(recipient=recipient, outcome=outcome, said=said[outcome], by=by, at=AT)  # noqa: B023
                for outcome in said
            ],
            lambda: recall(letter=letter, because=WHY, by=by, at=AT),  # noqa: B023
        )
        assert done(told) >= 1 and told[3] is None
        recipient.refresh_from_db()
        states = list(recipient.statuses.values_list("state", flat=True))
        assert len([one for one in states if one in said]) <= 1, states
        assert recipient.state == states[-1]
        if S.ACCEPTED not in states:
            assert recipient.state == S.RECALLED
