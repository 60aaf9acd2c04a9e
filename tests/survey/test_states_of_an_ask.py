"""Whatever officials, their head and the reviewer do in whatever order, a row stands where the rules written here again say.

And what was sent or accepted is, letter by letter, the version and the evidence that left the agency.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phrom.agencies.actions.head_step import set_head_approves
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import save_answer
from phrom.survey.actions.approving import approve_and_send, take_back
from phrom.survey.actions.evidence import Posted, attach, take_away
from phrom.survey.actions.extending import extend
from phrom.survey.actions.inquiring import close_inquiry, inquire, reply
from phrom.survey.actions.reviewing import accept, reopen, return_to_agency, seen_marks, seen_of
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.models import Ask, AskState, EvidenceLink, Extension, Inquiry, Review
from phrom.survey.models.deadlines import deadline_of
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, DEADLINE, make_answer, make_ask, make_round
from tests.survey.test_rounds_together import together

S = AskState
WHY = "ขอให้แก้ไขอีกครั้ง"
OUT = (S.SUBMITTED, S.ACCEPTED)


@dataclass
class Model:
    """The same told a second time: where the row is, whether the head stands between, what was last changed and sent."""

    state: S = S.OPEN
    head_first: bool = False
    touched: bool = True
    version: int = 1
    left: int = 0
    extended: int = 0
    threads: list[str] = field(default_factory=list)

    def edit(self, *, text: bool) -> bool:
        """Text or evidence: only while the row is with those who answer."""
        if self.state not in (S.OPEN, S.RETURNED):
            return False
        self.touched, self.version = True, self.version + text
        return True

    def submit(self, *, head: bool, as_it_is: bool) -> bool:
        """What the officials have goes when touched or when somebody says so; what waits goes when no head stands between."""
        if self.state in (S.OPEN, S.RETURNED):
            if self.state == S.RETURNED and not (self.touched or as_it_is):
                return False
            self.state = S.WITH_HEAD if self.head_first and not head else S.SUBMITTED
        elif self.state == S.WITH_HEAD and not self.head_first:
            self.state = S.SUBMITTED
        else:
            return False
        if self.state == S.SUBMITTED:
            self.left = self.version
        return True

    def move(self, needed: S, to: S) -> bool:
        """A decision on a row in one state."""
        if self.state != needed:
            return False
        self.state = to
        if to == S.RETURNED:
            self.touched = False
        if to == S.SUBMITTED:
            self.left = self.version
        return True


class Play:
    """One row with everybody around it; each act is tried on the rows and told to the model."""

    def __init__(self) -> None:
        self.round = make_round()
        self.agency = make_agency(self.round.body)
        self.ask_id = make_ask(self.round, self.agency, "P1.3").pk
        make_answer(Ask.objects.get(pk=self.ask_id), "ข้อความ 1")
        self.official, self.head = make_member(self.agency), make_member(self.agency, "head")
        self.reviewer = make_member(self.round.body, "coordinator")
        self.model, self.at, self.papers = Model(), AT, 0

    def ask(self) -> Ask:
        return Ask.objects.select_related("agency", "round__body", "round__survey", "answer").get(pk=self.ask_id)

    def seen(self) -> dict[int, str]:
        return seen_marks(Ask.objects.filter(pk=self.ask_id))

    def act(self, name: str) -> None:
        self.at += timedelta(minutes=1)
        allowed = WORD[name](self.model)
        try:
            DO[name](self, self.at)
            served = True
        except Refusal:
            served = False
        assert served is allowed, f"{name} in {self.ask().state}"
        self.check(name)

    def check(self, name: str) -> None:
        ask, model = self.ask(), self.model
        assert ask.state == model.state, f"after {name}"
        assert ask.answer.version == model.version
        assert deadline_of(self.round, self.agency) == DEADLINE + timedelta(days=model.extended)
        newest = Review.objects.filter(ask=ask).last()
        if ask.state in OUT:
            assert newest is not None and newest.version == ask.answer.version == model.left
            last = Review.objects.filter(ask=ask, kind="submitted").latest("id").at
            assert not EvidenceLink.objects.filter(ask=ask, added_at__gt=last).exists()
            assert not EvidenceLink.objects.filter(ask=ask, removed_at__gt=last).exists()
        assert [t for t in model.threads if t != "closed"] == ["open"] * Inquiry.objects.filter(closed_at=None).count()

    def save(self, at: datetime) -> None:
        ask = self.ask()
        content = {"value": f"ข้อความ {ask.answer.version + 1}", "detail": None, "provider": "", "cannot": ""}
        save_answer(ask=ask, content=content, version=ask.answer.version, by=self.official, at=at)

    def attach(self, at: datetime) -> None:
        self.papers += 1
        outcome = attach(ask=self.ask(), posted=Posted(url=f"https://example.org/{self.papers}"), by=self.official, at=at)
        for _, refusal in outcome.refused:
            raise refusal

    def submit(self, at: datetime, *, head: bool, as_it_is: bool = False) -> None:
        ids = {self.ask_id} if as_it_is else set()
        by = self.head if head else self.official
        submit_answers(round=self.round, agency=self.agency, by=by, at=at, as_it_is=ids)

    def switch(self, at: datetime) -> None:
        self.agency.refresh_from_db()
        set_head_approves(agency=self.agency, approves=not self.agency.head_approves, by=self.head, at=at)

    def extend(self, at: datetime) -> None:
        until = deadline_of(self.round, self.agency) + timedelta(days=1)
        extend(round=self.round, agency=self.agency, until=until, reason=WHY, by=self.reviewer, at=at)

    def talk(self, at: datetime) -> None:
        reply(inquiry=inquire(ask=self.ask(), text="ถาม", by=self.reviewer, at=at), text="ตอบ", by=self.official, at=at)

    def hush(self, at: datetime) -> None:
        for inquiry in Inquiry.objects.filter(closed_at=None).select_related("ask__round__body", "ask__agency"):
            close_inquiry(inquiry=inquiry, by=self.reviewer, at=at)


def decide(act: Callable[..., object], **more: object) -> Callable[[Play, datetime], object]:
    return lambda play, at: act(ask=play.ask(), seen=seen_of(play.ask()), by=play.reviewer, at=at, **more)


def heads_word(act: Callable[..., object], **more: object) -> Callable[[Play, datetime], object]:
    return lambda play, at: act(round=play.round, agency=play.agency, seen=play.seen(), by=play.head, at=at, **more)


DO: dict[str, Callable[[Play, datetime], object]] = {
    "save": lambda play, at: play.save(at),
    "attach": lambda play, at: play.attach(at),
    "an official submits": lambda play, at: play.submit(at, head=False),
    "an official submits as it is": lambda play, at: play.submit(at, head=False, as_it_is=True),
    "the head submits": lambda play, at: play.submit(at, head=True),
    "the head approves": heads_word(approve_and_send),
    "the head takes back": heads_word(take_back, reason=WHY),
    "the head switches": lambda play, at: play.switch(at),
    "accept": decide(accept),
    "return": decide(return_to_agency, reason=WHY),
    "reopen": decide(reopen, reason=WHY),
    "extend": lambda play, at: play.extend(at),
    "talk": lambda play, at: play.talk(at),
    "hush": lambda play, at: play.hush(at),
}


def switched(model: Model) -> bool:
    model.head_first = not model.head_first
    return True


def longer(model: Model) -> bool:
    model.extended += 1
    return True


WORD: dict[str, Callable[[Model], bool]] = {
    "save": lambda model: model.edit(text=True),
    "attach": lambda model: model.edit(text=False),
    "an official submits": lambda model: model.submit(head=False, as_it_is=False),
    "an official submits as it is": lambda model: model.submit(head=False, as_it_is=True),
    "the head submits": lambda model: model.submit(head=True, as_it_is=False),
    "the head approves": lambda model: model.move(S.WITH_HEAD, S.SUBMITTED),
    "the head takes back": lambda model: model.move(S.WITH_HEAD, S.RETURNED),
    "the head switches": switched,
    "accept": lambda model: model.move(S.SUBMITTED, S.ACCEPTED),
    "return": lambda model: model.move(S.SUBMITTED, S.RETURNED),
    "reopen": lambda model: model.move(S.ACCEPTED, S.RETURNED),
    "extend": longer,
    "talk": lambda model: bool(model.threads.append("open")) or True,
    "hush": lambda model: bool(model.threads.clear()) or True,
}


@pytest.mark.django_db
@given(st.lists(st.sampled_from(sorted(DO)), min_size=4, max_size=14))
@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_no_order_of_acts_leads_elsewhere(acts: list[str]) -> None:
    with transaction.atomic():
        play = Play()
        for name in acts:
            play.act(name)
        assert Extension.objects.count() == acts.count("extend")
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [S.WITH_HEAD, S.SUBMITTED, S.ACCEPTED])
def test_no_way_in_changes_what_was_sent(state: S) -> None:
    play = Play()
    play.attach(AT)
    link = EvidenceLink.objects.select_related("evidence", "ask__round__body", "ask__agency").get()
    stale = play.ask()
    Ask.objects.update(state=state)
    content = {"value": "อื่น", "detail": None, "provider": "", "cannot": ""}
    for ask in (stale, play.ask()):
        tries: tuple[Callable[[], object], ...] = (
            lambda ask=ask: save_answer(ask=ask, content=content, version=1, by=play.official, at=AT),  # type: ignore[misc]
            lambda: take_away(link=link, by=play.official, at=AT),
            lambda: play.attach(AT),
        )
        for act in tries:
            with pytest.raises(Refusal):
                act()
    assert (play.ask().answer.version, EvidenceLink.objects.filter(removed_at=None).count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_save_and_a_sending_at_the_same_moment_never_leave_an_unread_version_sent() -> None:
    for head_first in (False, True):
        play = Play()
        if head_first:
            play.switch(AT)
        together(lambda: play.save(AT), lambda: play.submit(AT, head=False))  # noqa: B023
        ask, step = play.ask(), Review.objects.filter(ask=play.ask_id).last()
        assert step is not None and step.version == ask.answer.version
