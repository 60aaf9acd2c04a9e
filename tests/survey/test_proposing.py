"""Two different people before a set leaves."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from phrom.agencies.models import Person
from phrom.meetings.actions.resolving import correct_resolution
from phrom.meetings.models import Resolution, ResolutionKind
from phrom.rules.scoring.sheet import Answer as Value
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.consolidation import override
from phrom.survey.actions.freezing import ApprovalVoid, NotApproved, freeze_round
from phrom.survey.actions.proposing import (
    OwnProposal,
    ProposalSettled,
    ResolutionOfElsewhere,
    ReturnWithoutReason,
    SetChanged,
    approve_set,
    lay_set,
    return_set,
)
from phrom.survey.actions.reviewing import accept, seen_of
from phrom.survey.models import AnswerSet, AskState, Round, SetProposal
from phrom.survey.pages.proposal import Standing, approval_now, resolutions_of
from phrom.survey.set_document import fingerprint_of, set_content
from tests.factories.agencies import make_member, make_person
from tests.factories.meetings import make_item, make_meeting, make_resolution
from tests.factories.survey import AT, make_answered, make_approved, make_round
from tests.survey.test_rounds_together import together

pytestmark = pytest.mark.django_db
REASON = "ข้อ P1.3 ยังไม่ตรงกับมติ"


@pytest.fixture
def round() -> Round:
    """A text that was accepted, another that waits."""
    round = make_round()
    make_answered(round, code="P1.3", value="แผนพัฒนาดิจิทัลจังหวัด", state=AskState.ACCEPTED)
    make_answered(round, code="P2.1.1", value=3)
    return round


@pytest.fixture
def somchai() -> Person:
    return make_person("นายสมชาย ผู้เสนอ")


@pytest.fixture
def malee() -> Person:
    return make_person("นางมาลี ผู้เห็นชอบ")


def now_says(round: Round) -> str:
    return fingerprint_of(set_content(round))


def laid(round: Round, by: Person) -> SetProposal:
    return lay_set(round=round, seen=now_says(round), resolution=None, by=by, at=AT)


def change(round: Round, by: Person) -> None:
    override(round=round, code="P1.1", answer=Value(value=True), reason="ตามมติ", seen="0", by=by, at=AT)


def freeze(round: Round, by: Person) -> AnswerSet:
    return freeze_round(round=round, by=by, at=AT, confirmed=True)


def test_the_same_answers_have_the_same_mark_whoever_reads_them_and_another_answer_has_another(
    round: Round, malee: Person
) -> None:
    before = now_says(round)
    assert now_says(round) == before
    change(round, malee)
    assert now_says(round) != before


def test_a_set_without_a_second_person_does_not_leave(round: Round, somchai: Person) -> None:
    with pytest.raises(NotApproved, match="บุคคลที่สอง"):
        freeze(round, somchai)
    laid(round, somchai)
    with pytest.raises(NotApproved):
        freeze(round, somchai)
    assert not AnswerSet.objects.exists()


def test_who_laid_it_cannot_approve_it_nor_send_it_back(round: Round, somchai: Person) -> None:
    proposal = laid(round, somchai)
    with pytest.raises(OwnProposal):
        approve_set(round=round, proposal_id=proposal.pk, by=somchai, at=AT)
    with pytest.raises(OwnProposal):
        return_set(round=round, proposal_id=proposal.pk, reason=REASON, by=somchai, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        SetProposal.objects.filter(pk=proposal.pk).update(approved_by=somchai, approved_at=AT)


def test_two_people_and_the_set_leaves_with_their_names(round: Round, somchai: Person, malee: Person) -> None:
    resolution = make_resolution(make_item(make_meeting(round.body)))
    proposal = lay_set(round=round, seen=now_says(round), resolution=resolution, by=somchai, at=AT)
    approve_set(round=round, proposal_id=proposal.pk, by=malee, at=AT)
    approval = json.loads(freeze(round, somchai).document)["approval"]
    assert (approval["proposed_by"], approval["approved_by"]) == (somchai.name, malee.name)
    assert approval["approved_at"] == "2024-06-11T06:30:00+00:00"
    assert approval["resolution"]["text"] == resolution.text
    told = AuditEvent.objects.filter(event__startswith="set.").values_list("event", flat=True)
    assert list(told) == ["set.proposed", "set.approved"]


def test_any_change_after_the_approval_makes_it_void(round: Round, somchai: Person, malee: Person) -> None:
    make_approved(round)
    change(round, malee)
    assert approval_now(round) is Standing.VOID
    with pytest.raises(ApprovalVoid, match="ใช้ไม่ได้"):
        freeze(round, somchai)
    assert not Round.objects.get(pk=round.pk).is_frozen


def test_an_answer_that_is_accepted_afterwards_makes_it_void_one_that_is_only_sent_does_not(round: Round) -> None:
    make_approved(round)
    assert approval_now(round) is Standing.APPROVED
    waiting = round.asks.select_related("agency", "round__body", "round__survey", "answer").get(code="P2.1.1")
    accept(ask=waiting, seen=seen_of(waiting), by=make_person(), at=AT)
    assert approval_now(round) is Standing.VOID


def test_what_changed_while_it_lay_there_is_not_approved(round: Round, somchai: Person, malee: Person) -> None:
    proposal = laid(round, somchai)
    change(round, somchai)
    with pytest.raises(SetChanged):
        approve_set(round=round, proposal_id=proposal.pk, by=malee, at=AT)
    assert SetProposal.objects.get().approved_at is None


def test_an_older_page_lays_nothing(round: Round, somchai: Person) -> None:
    seen = now_says(round)
    change(round, somchai)
    with pytest.raises(SetChanged):
        lay_set(round=round, seen=seen, resolution=None, by=somchai, at=AT)
    assert not SetProposal.objects.exists()


def test_sent_back_with_a_reason_it_waits_to_be_laid_again(round: Round, somchai: Person, malee: Person) -> None:
    proposal = laid(round, somchai)
    with pytest.raises(ReturnWithoutReason):
        return_set(round=round, proposal_id=proposal.pk, reason="ไม่", by=malee, at=AT)
    return_set(round=round, proposal_id=proposal.pk, reason=REASON, by=malee, at=AT)
    assert approval_now(round) is Standing.RETURNED
    with pytest.raises(ProposalSettled):
        approve_set(round=round, proposal_id=proposal.pk, by=malee, at=AT)
    assert laid(round, somchai).pk != proposal.pk
    assert approval_now(round) is Standing.WAITING


def test_a_newer_proposal_takes_the_place_of_the_older(round: Round, somchai: Person, malee: Person) -> None:
    older, _ = laid(round, somchai), laid(round, malee)
    with pytest.raises(ProposalSettled):
        approve_set(round=round, proposal_id=older.pk, by=malee, at=AT)


def test_a_resolution_of_another_province_is_refused(round: Round, somchai: Person) -> None:
    with pytest.raises(ResolutionOfElsewhere):
        lay_set(round=round, seen=now_says(round), resolution=make_resolution(), by=somchai, at=AT)


def test_after_the_freeze_nothing_is_laid_nor_approved(round: Round, somchai: Person, malee: Person) -> None:
    make_approved(round)
    later = laid(round, somchai)
    SetProposal.objects.filter(pk=later.pk).delete()
    freeze(round, somchai)
    for act in (
        lambda: lay_set(round=round, seen="", resolution=None, by=somchai, at=AT),
        lambda: approve_set(round=round, proposal_id=1, by=malee, at=AT),
        lambda: return_set(round=round, proposal_id=1, reason=REASON, by=malee, at=AT),
    ):
        with pytest.raises(RoundClosed):
            act()


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once_and_one_approval() -> None:
    round = make_round()
    proposal = laid(round, make_person())
    people = [make_person(), make_person()]
    acts = [lambda by=by: approve_set(round=round, proposal_id=proposal.pk, by=by, at=AT) for by in people]
    told = together(*acts)
    assert sorted(type(one).__name__ for one in told) == ["NoneType", "ProposalSettled"]


@pytest.mark.django_db(transaction=True)
def test_approving_while_an_answer_changes_approves_what_was_laid_or_nothing() -> None:
    round = make_round()
    proposal, chair, coordinator = laid(round, make_person()), make_person(), make_person()
    approved, changed = together(
        lambda: approve_set(round=round, proposal_id=proposal.pk, by=chair, at=AT), lambda: change(round, coordinator)
    )
    assert changed is None
    assert approved is None or isinstance(approved, SetChanged)
    assert approval_now(round) is Standing.VOID
    with pytest.raises((ApprovalVoid, NotApproved)):
        freeze(round, coordinator)


# In the browser


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def hidden(client: Client, address: str, form: str) -> dict[str, str]:
    """What a form of the page sends back by itself."""
    page = client.get(address).content.decode()
    part = next(part for part in re.findall(r"<form.*?</form>", page, re.S) if f'value="{form}"' in part)
    return dict(re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', part))


def test_the_coordinator_lays_it_and_the_chair_approves_it_with_one_press(round: Round) -> None:
    address = f"/rounds/{round.pk}/proposal/"
    coordinator = signed_in(make_member(round.body, "coordinator"))
    chair = signed_in(make_member(round.body, "chair"))
    assert "เสนอชุดคำตอบให้เห็นชอบ" not in chair.get(address).content.decode()
    freeze_page = coordinator.get(f"/rounds/{round.pk}/freeze/").content.decode()
    assert "ปิดรอบและเก็บผลคะแนน" not in freeze_page and address in freeze_page
    assert coordinator.post(address, hidden(coordinator, address, "lay")).status_code == 302
    assert "ผู้เสนอเห็นชอบเองไม่ได้" in coordinator.get(address).content.decode()
    desk = chair.get("/").content.decode()
    assert address in desk
    assert chair.get(address).content.decode().count('class="govuk-button"') == 1
    assert chair.post(address, hidden(chair, address, "approve")).status_code == 302
    assert "ปิดรอบและเก็บผลคะแนน" in coordinator.get(f"/rounds/{round.pk}/freeze/").content.decode()
    assert f"/rounds/{round.pk}/freeze/" in coordinator.get("/").content.decode()


def test_the_chair_lays_nothing(round: Round) -> None:
    address = f"/rounds/{round.pk}/proposal/"
    posted = hidden(signed_in(make_member(round.body, "coordinator")), address, "lay")
    assert signed_in(make_member(round.body, "chair")).post(address, posted).status_code == 404
    assert not SetProposal.objects.exists()


def test_a_return_without_words_keeps_the_page_and_says_why(round: Round, somchai: Person) -> None:
    proposal = laid(round, somchai)
    chair = signed_in(make_member(round.body, "chair"))
    answer = chair.post(f"/rounds/{round.pk}/proposal/", {"act": "return", "proposal": proposal.pk, "reason": ""})
    assert answer.status_code == 422
    assert "กรุณาเขียนเหตุผลที่ส่งกลับ" in answer.content.decode()


def test_the_page_says_plainly_that_the_approval_is_void(round: Round, malee: Person) -> None:
    make_approved(round)
    change(round, malee)
    page = signed_in(make_member(round.body, "coordinator")).get(f"/rounds/{round.pk}/proposal/").content.decode()
    assert "ใช้ไม่ได้แล้ว" in page and "นางคำแปง ผู้เห็นชอบ" in page


@pytest.mark.parametrize("agencies", [2, 40])
def test_the_page_costs_the_same_however_many_agencies(agencies: int, django_assert_max_num_queries: Any) -> None:
    round = make_round()
    for _ in range(agencies):
        make_answered(round, state=AskState.ACCEPTED)
    client = signed_in(make_member(round.body, "coordinator"))
    with django_assert_max_num_queries(20):
        client.get(f"/rounds/{round.pk}/proposal/")


# The resolution that the set names


def test_a_resolution_that_was_corrected_after_the_set_was_laid_voids_the_approval(
    round: Round, somchai: Person, malee: Person
) -> None:
    resolution = make_resolution(make_item(make_meeting(round.body)))
    laid = lay_set(round=round, seen=now_says(round), resolution=resolution, by=somchai, at=AT)
    approve_set(round=round, proposal_id=laid.pk, by=malee, at=AT)
    later = AT + timedelta(hours=1)
    correct_resolution(
        resolution=resolution, kind=ResolutionKind.POSTPONED, text="ให้เลื่อนไปก่อน", due_on=None, by=somchai, at=later
    )
    assert approval_now(round) is Standing.VOID
    with pytest.raises(ApprovalVoid):
        freeze_round(round=round, by=somchai, at=later, confirmed=True)
    again = lay_set(round=round, seen=now_says(round), resolution=resolution, by=somchai, at=later)
    assert approve_set(round=round, proposal_id=again.pk, by=malee, at=later).approved_by == malee


def test_a_resolution_that_was_corrected_before_somebody_approved_is_not_approved_unseen(
    round: Round, somchai: Person, malee: Person
) -> None:
    resolution = make_resolution(make_item(make_meeting(round.body)))
    laid = lay_set(round=round, seen=now_says(round), resolution=resolution, by=somchai, at=AT)
    later = AT + timedelta(hours=1)
    correct_resolution(
        resolution=resolution, kind=ResolutionKind.AGREED, text="เห็นชอบอย่างอื่น", due_on=None, by=somchai, at=later
    )
    with pytest.raises(SetChanged):
        approve_set(round=round, proposal_id=laid.pk, by=malee, at=later)


def test_only_a_resolution_that_agrees_may_stand_as_the_one_that_approved_the_set(round: Round) -> None:
    item = make_item(make_meeting(round.body))
    agreed, postponed = make_resolution(item), make_resolution(item)
    Resolution.objects.filter(pk=postponed.pk).update(kind=ResolutionKind.POSTPONED)
    assert resolutions_of(round) == (agreed,)
