"""What an office does with a letter: step by step, passed on and back, closed by its answer, asked back by its sender."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from phrom.letters.actions import dealing, recall_requests
from phrom.letters.actions.answering import reference_line, start_answer
from phrom.letters.actions.drafting import Drafted, To, change_letter
from phrom.letters.actions.incoming_standing import IncomingStands
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.recalling import recall
from phrom.letters.actions.receiving import accept, reject
from phrom.letters.actions.standing import ReasonMissing
from phrom.letters.followers import News
from phrom.letters.models import Incoming, Letter, Recipient, RecipientState, Register
from tests.factories.agencies import make_agency
from tests.factories.letters import AT, make_accepted, make_clerk, make_incoming, make_office
from tests.letters.test_receiving import sent

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
BECAUSE = "ไม่ใช่เรื่องของหน่วยงานนี้"
SIGNED = {"opening": "เรียน", "closing": "ขอแสดงความนับถือ", "signer_name": "นาย ก", "signer_position": "ผู้อำนวยการ"}


def accepted() -> tuple[Recipient, Incoming]:
    recipient, incoming = sent()
    return recipient, accept(incoming=incoming, by=make_clerk(incoming.office), at=AT)


def answer_of(incoming: Incoming) -> Letter:
    """The answer, drafted and issued."""
    by = make_clerk(incoming.office)
    draft = start_answer(incoming=incoming, by=by, at=LATER)
    to = tuple(To(name=one.name, office=one.office, via=one.via) for one in draft.recipients.select_related("office__agency"))
    words = {"addressed_to": draft.addressed_to, "recipients": to, "speed": draft.speed, **SIGNED}
    drafted = Drafted(kind=draft.kind, subject=draft.subject, text="ขอเรียนว่าดำเนินการแล้ว", **words)
    draft = change_letter(letter=draft, version=draft.version, drafted=drafted, by=by, at=LATER)
    return issue_letter(letter=draft, by=by, at=LATER)


def test_an_instruction_then_a_person_with_a_due_day() -> None:
    _, incoming = accepted()
    head, official = make_clerk(incoming.office, "head"), make_clerk(incoming.office, "official")
    dealing.instruct(incoming=incoming, text=" มอบกลุ่มงานยุทธศาสตร์ ", by=head, at=AT)
    dealing.assign(incoming=incoming, to=official, due_on=date(2024, 6, 20), by=head, at=AT)
    incoming.refresh_from_db()
    assert (incoming.assigned_to, incoming.due_on) == (official, date(2024, 6, 20))
    assert [(step.kind, step.text) for step in incoming.steps.all()] == [
        ("instructed", "มอบกลุ่มงานยุทธศาสตร์"),
        ("assigned", ""),
    ]


@pytest.mark.parametrize("wrong", ["stranger", "past", "silence"])
def test_what_cannot_be_assigned_or_said(wrong: str) -> None:
    _, incoming = accepted()
    by = make_clerk(incoming.office)
    whom = make_clerk(make_office()) if wrong == "stranger" else by
    due = date(2024, 6, 1) if wrong == "past" else None
    with pytest.raises((dealing.NotTheirs, dealing.DayPassed, dealing.NothingSaid)):
        if wrong == "silence":
            dealing.note(incoming=incoming, text="  ", by=by, at=AT)
        dealing.assign(incoming=incoming, to=whom, due_on=due, by=by, at=AT)
    assert not incoming.steps.exists()


@pytest.mark.parametrize("verb", ["instruct", "note", "close", "reopen"])
def test_nothing_is_done_before_it_is_accepted(verb: str) -> None:
    incoming = make_incoming()
    words: dict[str, Any] = {"because": BECAUSE} if verb in ("close", "reopen") else {"text": "ทราบ"}
    with pytest.raises(IncomingStands, match="ยังไม่ได้ลงรับ"):
        getattr(dealing, verb)(incoming=incoming, by=make_clerk(incoming.office), at=AT, **words)


def test_closed_with_a_reason_and_opened_again() -> None:
    incoming = make_accepted()
    by = make_clerk(incoming.office)
    with pytest.raises(ReasonMissing):
        dealing.close(incoming=incoming, because=" ", by=by, at=AT)
    assert dealing.close(incoming=incoming, because="ทราบและเก็บ", by=by, at=AT).closed_by == by
    with pytest.raises(IncomingStands, match="ปิดแล้ว"):
        dealing.instruct(incoming=incoming, text="ทราบ", by=by, at=AT)
    assert dealing.reopen(incoming=incoming, because="มีเอกสารเพิ่ม", by=by, at=LATER).closed_at is None


def test_passed_on_it_waits_there_and_is_closed_here() -> None:
    _, incoming = accepted()
    other = make_office(make_agency(incoming.office.agency.own_body))
    passed = dealing.pass_on(incoming=incoming, to=other, text="โปรดดำเนินการ", by=make_clerk(incoming.office), at=AT)
    incoming.refresh_from_db()
    assert (passed.waits, passed.passed_from, passed.their_number) == (True, incoming, incoming.their_number)
    assert incoming.closed_at == AT and passed.content == incoming.content
    with pytest.raises(IncomingStands):
        dealing.pass_on(incoming=incoming, to=other, by=make_clerk(incoming.office), at=AT)


@pytest.mark.parametrize("where", ["itself", "another body"])
def test_it_is_not_passed_on_to(where: str) -> None:
    _, incoming = accepted()
    to = incoming.office if where == "itself" else make_office()
    for verb in (dealing.pass_on, dealing.copy):
        with pytest.raises(dealing.SameOffice):
            verb(incoming=incoming, to=to, by=make_clerk(incoming.office), at=AT)


def test_what_the_other_office_refuses_is_open_here_again() -> None:
    recipient, incoming = accepted()
    other = make_office(make_agency(incoming.office.agency.own_body))
    passed = dealing.pass_on(incoming=incoming, to=other, by=make_clerk(incoming.office), at=AT)
    reject(incoming=passed, because=BECAUSE, by=make_clerk(other), at=LATER)
    incoming.refresh_from_db()
    recipient.refresh_from_db()
    assert incoming.closed_at is None
    assert recipient.state == RecipientState.ACCEPTED  # the sender was told once, by the first office


def test_a_copy_leaves_the_matter_where_it_is() -> None:
    _, incoming = accepted()
    other = make_office(make_agency(incoming.office.agency.own_body))
    copied = dealing.copy(incoming=incoming, to=other, by=make_clerk(incoming.office), at=AT)
    incoming.refresh_from_db()
    assert (incoming.closed_at, copied.passed_from, copied.waits) == (None, None, True)


def test_the_answer_has_the_reference_and_the_sender() -> None:
    recipient, incoming = accepted()
    draft = start_answer(incoming=incoming, by=make_clerk(incoming.office), at=LATER)
    sender = recipient.letter.office.agency.name
    assert draft.references.get().text == f"หนังสือ{sender} ที่ ชม 0017.1/1 ลงวันที่ 11 มิถุนายน 2567"
    assert (draft.kind, draft.addressed_to, draft.recipients.get().office) == ("memo", sender, recipient.letter.office)
    assert start_answer(incoming=incoming, by=make_clerk(incoming.office), at=LATER) == draft


def test_a_reference_says_only_what_is_known() -> None:
    assert reference_line(Incoming(from_name="กรม")) == "หนังสือกรม"


def test_issuing_the_answer_closes_it_and_the_sender_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    recipient, incoming = accepted()
    told: list[News] = []
    monkeypatch.setattr("phrom.letters.followers.FOLLOWERS", [told.append])
    Letter.objects.filter(pk=recipient.letter_id).update(sent_for="resolution:1")
    letter = answer_of(incoming)
    incoming.refresh_from_db()
    recipient.refresh_from_db()
    assert letter.entry is not None
    assert incoming.closed_because == f"ตอบแล้วตามหนังสือที่ {letter.entry.number_text}"
    assert (recipient.answered_at, recipient.answer_number) == (LATER, letter.entry.number_text)
    assert [(news.happened, news.answer) for news in told if news.happened == "answered"] == [("answered", letter)]


def test_the_answer_of_the_third_office_settles_the_whole_chain() -> None:
    recipient, first = accepted()
    body, chain = first.office.agency.own_body, [first]
    for _ in range(2):
        office = make_office(make_agency(body))
        passed = dealing.pass_on(incoming=chain[-1], to=office, by=make_clerk(chain[-1].office), at=AT)
        chain.append(accept(incoming=passed, by=make_clerk(office), at=AT))
    answer_of(chain[-1])
    recipient.refresh_from_db()
    assert recipient.answered_at == LATER
    for incoming in chain:
        incoming.refresh_from_db()
        assert incoming.closed_at is not None
        assert incoming.steps.filter(kind="answered").count() == 1


@pytest.mark.parametrize(("verb", "state"), [("give_back", "recalled"), ("keep", "accepted")])
def test_asked_back_after_acceptance_the_clerk_decides(verb: str, state: str) -> None:
    recipient, incoming = accepted()
    with pytest.raises(IncomingStands):
        getattr(recall_requests, verb)(incoming=incoming, by=make_clerk(incoming.office), at=AT)
    recall(recipient=recipient, because="พิมพ์ผิดทั้งฉบับ", by=recipient.letter.drafted_by, at=LATER)
    incoming.refresh_from_db()
    assert (incoming.recall_waits, incoming.recall_asked_because, incoming.recalled_at) == (True, "พิมพ์ผิดทั้งฉบับ", None)
    held = getattr(recall_requests, verb)(incoming=incoming, by=make_clerk(incoming.office), at=LATER)
    recipient.refresh_from_db()
    assert (recipient.state, held.recall_waits, held.closed_at is None) == (state, False, verb == "keep")
    assert Register.objects.get(book="receive").last_number == 1


def test_a_disputed_number_is_told_again_and_stays_the_same() -> None:
    recipient, incoming = accepted()
    recall_requests.dispute_number(recipient=recipient, because="เลขซ้ำ", by=recipient.letter.drafted_by, at=LATER)
    incoming.refresh_from_db()
    assert incoming.disputed_because == "เลขซ้ำ"
    for _ in range(2):
        recall_requests.tell_number_again(incoming=incoming, by=make_clerk(incoming.office), at=LATER)
    recipient.refresh_from_db()
    assert [row.state for row in recipient.statuses.all()][-3:] == ["accepted", "delivered", "accepted"]
    assert (recipient.accept_number, Register.objects.get(book="receive").last_number) == ("1", 1)
