"""Two people at the same letter at the same moment, and letters that cross: each act is done whole or refused in words.

Whatever happens: the state is one that may be, the history ends in it, no number is lost or doubled, both chains hold.
A refusal is a `Refusal` (a clear 409); anything else that is raised fails the test.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from phrom.letters.actions import issuing, receiving
from phrom.letters.actions.answering import start_answer
from phrom.letters.actions.approving import approve, submit
from phrom.letters.actions.dealing import close, pass_on
from phrom.letters.actions.drafting import change_letter, drafted_of, give_up_draft
from phrom.letters.actions.issuing import issue_letter, void_letter
from phrom.letters.actions.numbering import reserve, void_entry
from phrom.letters.actions.recall_requests import give_back
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.actions.statuses import mark_all
from phrom.letters.models import (
    Incoming,
    Letter,
    Office,
    Recipient,
    RecipientState,
    Register,
    RegisterEntry,
    StepKind,
    Via,
)
from phrom.letters.proof import verify_registers
from phrom.letters.states import MAY_FOLLOW
from phrom.shared.journal import crossing
from phrom.shared.journal.crossing import begin_again
from phrom.shared.journal.models import AuditEvent
from phrom.shared.journal.verify import verify
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import AT, make_clerk, make_draft, make_office, make_recipient

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "ส่งผิดหน่วยงาน ขออภัยในความไม่สะดวก"
ROUNDS = 3
Act = Callable[[], object]
Told = list[BaseException | None]


def together(*acts: Act) -> Told:
    """Run all at the same moment as the door runs them, each on its own connection; what each was told, None for done."""
    told: Told = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        start.wait()
        try:
            begin_again(acts[number])
        except BaseException as problem:  # the test looks at every one
            told[number] = problem
        finally:
            connection.close()

    hands = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=90)
    assert [each for each in told if each is not None and not isinstance(each, Refusal)] == []
    return told


def done(told: Told) -> int:
    return told.count(None)


def sound() -> None:
    """Everything that must hold after any race."""
    assert verify() == []
    assert verify_registers().damages == ()
    for register in Register.objects.all():
        assert list(register.entries.order_by("number").values_list("number", flat=True)) == list(
            range(1, register.last_number + 1)
        )
    for entry in RegisterEntry.objects.filter(state="used"):
        assert Letter.objects.filter(entry=entry).count() + Incoming.objects.filter(entry=entry).count() == 1
    for recipient in Recipient.objects.select_related("letter"):
        history_ends_in(recipient)
    for incoming in Incoming.objects.select_related("recipient"):
        both_sides_agree(incoming)


def history_ends_in(recipient: Recipient) -> None:
    """From waiting, each step one that may follow, to the state that stands; as many in the journal where told one by one."""
    state = RecipientState.WAITING.value
    for step in recipient.statuses.order_by("id"):
        assert step.state in MAY_FOLLOW[state], f"{state} -> {step.state}"
        state = step.state
    assert recipient.state == state


def both_sides_agree(incoming: Incoming) -> None:
    """What the receiver did is what the sender reads."""
    assert [incoming.refused_at is not None, incoming.accepted_at is not None].count(True) <= 1
    assert (incoming.entry_id is None) == (incoming.accepted_at is None)
    recipient = incoming.recipient
    if recipient is None:
        return
    if incoming.recalled_at is not None:
        assert recipient.state == RecipientState.RECALLED
    elif incoming.accepted_at is not None:
        assert recipient.state == RecipientState.ACCEPTED
        assert recipient.accept_number == incoming.entry.number_text  # type: ignore[union-attr]
        assert (recipient.recall_asked_at is None) == (incoming.recall_asked_at is None)
    elif incoming.refused_at is not None:
        assert recipient.state in (incoming.refused_as, RecipientState.RECALLED)


def sent(office: Office | None = None, to: Office | None = None, **more: Any) -> tuple[Letter, Incoming]:
    """A letter in the tray of an office of another province."""
    letter = make_draft(office, **more)
    make_recipient(letter, to or make_office())
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    return issued, Incoming.objects.select_related("office").get(recipient__letter=issued)


def accepted() -> tuple[Letter, Incoming]:
    letter, incoming = sent()
    return letter, receiving.accept(incoming=incoming, by=make_clerk(incoming.office), at=AT)


# The sender's act against the receiver's, on one letter that lies in the tray.
SENDER: dict[str, Callable[[Letter], object]] = {
    "recall": lambda letter: recall(letter=letter, because=WHY, by=letter.drafted_by, at=AT),
    "void": lambda letter: void_letter(letter=letter, because=WHY, by=letter.drafted_by, at=AT),
}
RECEIVER: dict[str, Callable[[Incoming, Any], object]] = {
    "accept": lambda incoming, by: receiving.accept(incoming=incoming, by=by, at=AT),
    "reject": lambda incoming, by: receiving.reject(incoming=incoming, because=WHY, by=by, at=AT),
    "invalid": lambda incoming, by: receiving.declare_invalid(incoming=incoming, because=WHY, by=by, at=AT),
}


@pytest.mark.parametrize("there", RECEIVER)
@pytest.mark.parametrize("here", SENDER)
def test_the_sender_takes_it_back_while_the_receiver_decides(here: str, there: str) -> None:
    for _ in range(ROUNDS):
        letter, incoming = sent()
        by = make_clerk(incoming.office)
        acts: list[Act] = [lambda: SENDER[here](letter), lambda: RECEIVER[there](incoming, by)]  # noqa: B023  run at once
        told = together(*acts)
        assert told[0] is None, "the sender may always ask"
        incoming.refresh_from_db()
        assert (incoming.accepted_at or incoming.refused_at or incoming.recalled_at) is not None
        if told[1] is not None:
            assert incoming.recalled_at is not None
    sound()


def test_two_clerks_of_which_one_accepts_and_one_refuses() -> None:
    _, incoming = sent()
    by = make_clerk(incoming.office)
    assert done(together(lambda: RECEIVER["accept"](incoming, by), lambda: RECEIVER["reject"](incoming, by))) == 1
    sound()


def test_sent_anew_while_it_is_called_back() -> None:
    letter, incoming = sent()
    receiving.reject(incoming=incoming, because=WHY, by=make_clerk(incoming.office), at=AT)
    recipient = letter.recipients.get()
    together(lambda: resend(recipient=recipient, by=letter.drafted_by, at=AT), lambda: SENDER["recall"](letter))
    assert letter.recipients.get().state in (RecipientState.RECALLED, RecipientState.DELIVERED)
    sound()


def answer_to(incoming: Incoming) -> Letter:
    """A draft that answers it, ready to be issued."""
    by = make_clerk(incoming.office)
    draft = start_answer(incoming=incoming, by=by, at=AT)
    words = replace(drafted_of(draft), text="ได้ดำเนินการแล้ว", signer_name="นายสมชาย ใจดี", signer_position="นายอำเภอ")
    change_letter(letter=draft, version=draft.version, drafted=replace(words, answer_to=incoming), by=by, at=AT)
    return Letter.objects.get(pk=draft.pk)


def test_answered_while_another_closes_it() -> None:
    for _ in range(ROUNDS):
        letter, incoming = accepted()
        draft = answer_to(incoming)
        told = together(
            lambda: issue_letter(letter=draft, by=draft.drafted_by, at=AT),  # noqa: B023
            lambda: close(incoming=incoming, because=WHY, by=draft.drafted_by, at=AT),  # noqa: B023
        )
        assert told[0] is None
        incoming.refresh_from_db()
        assert incoming.closed_at is not None and incoming.steps.filter(kind=StepKind.ANSWERED).count() == 1
        assert incoming.steps.filter(kind=StepKind.CLOSED).count() == (told[1] is None)
        assert letter.recipients.get().answer_number == Letter.objects.get(pk=draft.pk).entry.number_text  # type: ignore[union-attr]
    sound()


def test_two_answers_to_one_letter() -> None:
    letter, incoming = accepted()
    first = answer_to(incoming)
    second = Letter.objects.get(pk=first.pk)
    second.pk = None
    second.save(force_insert=True)
    make_recipient(second, letter.office)
    told = together(*[lambda one=one: issue_letter(letter=one, by=one.drafted_by, at=AT) for one in (first, second)])
    assert told == [None, None]
    numbers = {one.entry.number_text for one in Letter.objects.filter(answer_to=incoming) if one.entry}
    assert len(numbers) == 2 and letter.recipients.get().answer_number in numbers
    assert incoming.steps.filter(kind=StepKind.ANSWERED).count() == 2
    sound()


def test_answered_while_its_sender_wants_it_back() -> None:
    letter, incoming = accepted()
    draft = answer_to(incoming)
    assert together(lambda: issue_letter(letter=draft, by=draft.drafted_by, at=AT), lambda: SENDER["void"](letter)) == [
        None,
        None,
    ]
    sound()


def test_an_answer_crosses_what_the_clerk_gives_back() -> None:
    letter, incoming = accepted()
    draft = answer_to(incoming)
    SENDER["recall"](letter)
    told = together(
        lambda: issue_letter(letter=draft, by=draft.drafted_by, at=AT),
        lambda: give_back(incoming=incoming, by=draft.drafted_by, at=AT),
    )
    assert told[1] is None
    sound()


def test_two_clerks_pass_it_on() -> None:
    for _ in range(ROUNDS):
        _, incoming = accepted()
        by, body = make_clerk(incoming.office), incoming.office.agency.own_body
        others = [make_office(make_agency(body)) for _ in range(2)]
        told = together(*[lambda to=to: pass_on(incoming=incoming, to=to, by=by, at=AT) for to in others])  # noqa: B023
        assert done(told) == 1
        assert Incoming.objects.filter(passed_from=incoming).count() == 1
    sound()


def test_passed_on_while_another_closes_it() -> None:
    _, incoming = accepted()
    by, to = make_clerk(incoming.office), make_office(make_agency(incoming.office.agency.own_body))
    acts: list[Act] = [
        lambda: pass_on(incoming=incoming, to=to, by=by, at=AT),
        lambda: close(incoming=incoming, because=WHY, by=by, at=AT),
    ]
    assert done(together(*acts)) == 1
    sound()


def test_the_other_office_refuses_while_the_first_one_is_asked_for_it() -> None:
    letter, incoming = accepted()
    passed = pass_on(
        incoming=incoming, to=make_office(make_agency(incoming.office.agency.own_body)), by=make_clerk(incoming.office), at=AT
    )
    together(lambda: RECEIVER["reject"](passed, make_clerk(passed.office)), lambda: SENDER["recall"](letter))
    sound()


def ready(office: Office, **more: Any) -> Letter:
    letter = make_draft(office, **more)
    make_recipient(letter)
    return letter


def test_approved_while_it_is_edited() -> None:
    for _ in range(ROUNDS):
        office = make_office(head_approves=True)
        draft, head = ready(office), make_clerk(office, "agency_head")
        submit(letter=draft, by=draft.drafted_by, at=AT)
        other = replace(drafted_of(draft), text="ข้อความใหม่ที่หัวหน้ายังไม่เคยอ่าน")
        told = together(
            lambda: approve(letter=draft, version=draft.version, by=head, at=AT),  # noqa: B023
            lambda: change_letter(letter=draft, version=draft.version, drafted=other, by=draft.drafted_by, at=AT),  # noqa: B023
        )
        assert told[1] is None
        assert Letter.objects.get(pk=draft.pk).approved_at is None, "a text that nobody read is approved"
    sound()


@pytest.mark.parametrize("hands", [2, 6])
def test_one_letter_is_issued_once(hands: int) -> None:
    for _ in range(ROUNDS):
        draft = ready(make_office())
        told = together(*[lambda: issue_letter(letter=draft, by=draft.drafted_by, at=AT)] * hands)  # noqa: B023
        assert done(told) == 1
        assert AuditEvent.objects.filter(event="letter.issued", about=f"letter:{draft.pk}").count() == 1
    sound()


def test_issued_while_it_is_edited_or_given_up() -> None:
    draft = ready(make_office())
    other = replace(drafted_of(draft), text="ข้อความใหม่")
    by = draft.drafted_by
    told = together(
        lambda: issue_letter(letter=draft, by=by, at=AT),
        lambda: change_letter(letter=draft, version=draft.version, drafted=other, by=by, at=AT),
        lambda: give_up_draft(letter=draft, because=WHY, by=by, at=AT),
    )
    now = Letter.objects.get(pk=draft.pk)
    assert (now.issued_at is None) == (told[0] is not None)
    assert now.issued_at is None or now.voided_at is None
    sound()


def test_a_reserved_number_is_used_once() -> None:
    for _ in range(ROUNDS):
        office = make_office()
        one, two = ready(office), ready(office)
        by = one.drafted_by
        entry = reserve(office=office, book="send", count=1, reserved_for="ประชุม", by=by, at=AT)[0]
        told = together(*[lambda it=it: issue_letter(letter=it, by=by, at=AT, entry=entry) for it in (one, two)])  # noqa: B023
        assert done(told) == 1
    sound()


def test_a_reserved_number_is_used_or_voided() -> None:
    office = make_office()
    draft = ready(office)
    by = draft.drafted_by
    entry = reserve(office=office, book="send", count=1, reserved_for="ประชุม", by=by, at=AT)[0]
    told = together(
        lambda: issue_letter(letter=draft, by=by, at=AT, entry=entry),
        lambda: void_entry(entry=entry, because=WHY, by=by, at=AT),
    )
    assert told[1] is None, "a number may be voided, used or not"
    assert verify() == [] and verify_registers().damages == ()


def test_numbers_are_reserved_while_letters_are_issued() -> None:
    office = make_office()
    drafts = [ready(office) for _ in range(4)]
    by = drafts[0].drafted_by
    acts: list[Act] = [lambda it=it: issue_letter(letter=it, by=by, at=AT) for it in drafts]  # type: ignore[misc]
    acts += [lambda: reserve(office=office, book="send", count=3, reserved_for="ประชุม", by=by, at=AT)] * 2
    assert done(together(*acts)) == 6
    assert Register.objects.get().last_number == 10
    sound()


def test_letters_that_cross_between_two_provinces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each wrote its own journal before either writes the other's: a ring on PostgreSQL, of which nobody hears."""
    monkeypatch.setattr(issuing, "hold_journals", lambda *_, **__: None)  # which keeps them from it every day
    one, two = make_office(), make_office()
    drafts = [make_draft(one), make_draft(two)]
    make_recipient(drafts[0], two)
    make_recipient(drafts[1], one)
    both_wrote, original = threading.Barrier(2), mark_all
    began_again: list[bool] = []

    def slow(**more: Any) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            both_wrote.wait(1.5)
        original(**more)

    def counted(problem: BaseException) -> bool:
        began_again.append(is_crossed(problem))
        return began_again[-1]

    is_crossed = crossing.crossed
    monkeypatch.setattr(issuing, "mark_all", slow)
    monkeypatch.setattr(crossing, "crossed", counted)
    told = together(*[lambda it=it: issue_letter(letter=it, by=it.drafted_by, at=AT) for it in drafts])
    assert told == [None, None]
    assert began_again == ([True] if connection.vendor == "postgresql" else [])
    assert Register.objects.count() == 2 and set(Register.objects.values_list("last_number", flat=True)) == {1}
    sound()


def test_many_letters_cross_between_two_provinces_and_are_accepted() -> None:
    one, two = make_office(), make_office()
    drafts = [make_draft(office) for office in (one, two) * 4]
    for draft in drafts:
        make_recipient(draft, two if draft.office == one else one)
    waiting = [sent(office, to)[1] for office, to in [(one, two), (two, one)] * 2]
    clerks = {office.pk: make_clerk(office) for office in (one, two)}
    acts: list[Act] = [lambda it=it: issue_letter(letter=it, by=it.drafted_by, at=AT) for it in drafts]  # type: ignore[misc]
    acts += [lambda it=it: RECEIVER["accept"](it, clerks[it.office_id]) for it in waiting]  # type: ignore[misc]
    begun = time.monotonic()
    assert done(together(*acts)) == len(acts)
    assert time.monotonic() - begun < 60, "they cross each other"  # PostgreSQL waits a second for each deadlock it finds
    sound()


def test_a_circular_to_three_hundred_while_they_accept() -> None:
    """A first circular is accepted by thirty offices while a second one goes out to all three hundred."""
    body = make_body()
    office = make_office(make_agency(body))
    to = [Office.objects.create(agency=make_agency(body)) for _ in range(300)]
    circulars = [make_draft(office, is_circular=True) for _ in range(2)]
    for letter in circulars:
        Recipient.objects.bulk_create(
            Recipient(letter=letter, via=Via.HERE, office=one, name=one.agency.name, position=place)
            for place, one in enumerate(to)
        )
    by = circulars[0].drafted_by
    issue_letter(letter=circulars[0], by=by, at=AT)
    lying = list(Incoming.objects.filter(office__in=to[:30]).select_related("office"))

    def accept_ten(of: list[Incoming]) -> None:
        for one in of:
            RECEIVER["accept"](one, by)

    acts: list[Act] = [lambda part=part: accept_ten(lying[part::3]) for part in range(3)]  # type: ignore[misc]
    told = together(lambda: issue_letter(letter=circulars[1], by=by, at=AT), *acts)
    assert done(told) == 4
    assert Recipient.objects.filter(state=RecipientState.ACCEPTED).count() == 30
    assert Recipient.objects.filter(state=RecipientState.DELIVERED).count() == 570
    sound()
