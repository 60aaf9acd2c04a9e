"""A letter arrives once, is numbered once, or goes back with a reason."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from phrom.letters.actions import receiving
from phrom.letters.actions.incoming_standing import IncomingStands
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.actions.standing import ReasonMissing
from phrom.letters.arrived import Arrived, ArrivedFile
from phrom.letters.models import Book, Incoming, Office, Recipient, RecipientState, Register, Secrecy, Via
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.typed import NotOneLine
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import AT, make_clerk, make_draft, make_incoming, make_office, make_recipient
from tests.house.cast import make_file

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
BECAUSE = "ไม่ใช่เรื่องของหน่วยงานนี้"


def two_offices() -> tuple[Office, Office]:
    body = make_body()
    return make_office(make_agency(body), "ชม 0017.1"), make_office(make_agency(body), "ชม 0017.2")


def sent(secrecy: str = Secrecy.NORMAL) -> tuple[Recipient, Incoming]:
    """A letter from one office to another of the same installation, waiting in the tray."""
    sender, receiver = two_offices()
    draft = make_draft(sender, secrecy=secrecy)
    recipient = make_recipient(draft, receiver)
    issue_letter(letter=draft, by=draft.drafted_by, at=AT)
    return Recipient.objects.get(pk=recipient.pk), Incoming.objects.get(recipient=recipient)


def test_what_is_sent_lies_in_the_tray_without_a_number() -> None:
    recipient, incoming = sent()
    assert recipient.state == RecipientState.DELIVERED
    assert (incoming.waits, incoming.entry, incoming.their_number) == (True, None, "ชม 0017.1/1")


def test_the_same_recipient_twice_is_one_letter() -> None:
    recipient, incoming = sent()
    arrived = Arrived(via=Via.HERE, from_name="อีกครั้ง", subject="อีกครั้ง", recipient=recipient)
    again = receiving.arrive(office=incoming.office, arrived=arrived, at=LATER)
    assert again.pk == incoming.pk
    assert Incoming.objects.get().subject == incoming.subject


def test_accepting_takes_the_offices_own_number_and_tells_the_sender() -> None:
    recipient, incoming = sent()
    clerk = make_clerk(incoming.office)
    held = receiving.accept(incoming=incoming, by=clerk, at=LATER)
    assert held.entry is not None
    assert (held.entry.register.book, held.entry.number_text, held.entry.dated) == (Book.RECEIVE, "1", date(2024, 6, 11))
    assert (held.entry.their_number, held.entry.from_name) == ("ชม 0017.1/1", recipient.letter.office.agency.name)
    recipient.refresh_from_db()
    assert (recipient.state, recipient.accept_number, recipient.accepted_on) == ("accepted", "1", date(2024, 6, 11))
    assert recipient.statuses.last().by_name == clerk.name  # type: ignore[union-attr]


def test_pressing_again_takes_no_second_number() -> None:
    _, incoming = sent()
    clerk, other = make_clerk(incoming.office), make_clerk(incoming.office)
    first = receiving.accept(incoming=incoming, by=clerk, at=LATER)
    again = receiving.accept(incoming=incoming, by=other, at=LATER + timedelta(seconds=1))
    assert (again.entry, again.accepted_by, again.accepted_at) == (first.entry, clerk, LATER)
    assert Register.objects.get(book=Book.RECEIVE).last_number == 1


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_the_same_moment_take_one_number() -> None:
    letters = [sent()[1]]
    office = letters[0].office
    letters += [make_incoming(office) for _ in range(3)]
    clerks = [make_clerk(office), make_clerk(office)]
    numbers: list[str] = []

    def press(by: int) -> None:
        try:
            for incoming in letters:
                held = receiving.accept(incoming=incoming, by=clerks[by], at=LATER)
                assert held.entry is not None
                numbers.append(held.entry.number_text)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(one % 2,)) for one in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(numbers) == sorted(["1", "2", "3", "4"] * 4)
    register = Register.objects.get(book=Book.RECEIVE)
    assert (register.last_number, register.entries.count()) == (4, 4)


def test_a_secret_letter_is_numbered_in_the_secret_book() -> None:
    _, incoming = sent(Secrecy.SECRET)
    held = receiving.accept(incoming=incoming, by=make_clerk(incoming.office, "secret_registrar"), at=LATER)
    assert held.entry is not None
    assert (held.entry.register.book, held.entry.number_text) == (Book.SECRET_RECEIVE, "ลับ 1")


@pytest.mark.parametrize("verb", ["reject", "declare_invalid"])
def test_what_goes_back_has_a_reason_and_no_number(verb: str) -> None:
    recipient, incoming = sent()
    refuse, state = getattr(receiving, verb), {"reject": "rejected", "declare_invalid": "invalid"}[verb]
    with pytest.raises(ReasonMissing):
        refuse(incoming=incoming, because="  ", by=make_clerk(incoming.office), at=LATER)
    held = refuse(incoming=incoming, because=BECAUSE, by=make_clerk(incoming.office), at=LATER)
    recipient.refresh_from_db()
    assert (held.entry, held.refused_as, recipient.state) == (None, state, state)
    assert recipient.statuses.last().reason == BECAUSE  # type: ignore[union-attr]
    assert not Register.objects.filter(book=Book.RECEIVE).exists()


def test_what_went_back_may_be_sent_anew_and_waits_again() -> None:
    recipient, incoming = sent()
    clerk = make_clerk(incoming.office)
    receiving.reject(incoming=incoming, because=BECAUSE, by=clerk, at=LATER)
    recipient.refresh_from_db()
    resend(recipient=recipient, by=recipient.letter.drafted_by, at=LATER + timedelta(hours=1))
    incoming.refresh_from_db()
    assert (incoming.waits, incoming.arrived_at) == (True, LATER + timedelta(hours=1))
    assert receiving.accept(incoming=incoming, by=clerk, at=LATER + timedelta(hours=2)).entry is not None


def test_accepted_refused_or_recalled_is_refused_no_more() -> None:
    _, incoming = sent()
    clerk = make_clerk(incoming.office)
    receiving.accept(incoming=incoming, by=clerk, at=LATER)
    with pytest.raises(IncomingStands, match="เลขรับ 1"):
        receiving.reject(incoming=incoming, because=BECAUSE, by=clerk, at=LATER)
    other = make_incoming(incoming.office)
    receiving.declare_invalid(incoming=other, because=BECAUSE, by=clerk, at=LATER)
    with pytest.raises(IncomingStands, match="ส่งคืน"):
        receiving.accept(incoming=other, by=clerk, at=LATER)
    assert Register.objects.get(book=Book.RECEIVE).last_number == 1


def test_recalled_before_acceptance_it_is_off_the_tray() -> None:
    recipient, incoming = sent()
    recall(recipient=recipient, because="พิมพ์เลขที่ประชุมผิด", by=recipient.letter.drafted_by, at=LATER)
    incoming.refresh_from_db()
    assert (incoming.waits, incoming.recalled_because) == (False, "พิมพ์เลขที่ประชุมผิด")
    with pytest.raises(IncomingStands, match="เรียกหนังสือฉบับนี้คืน"):
        receiving.accept(incoming=incoming, by=make_clerk(incoming.office), at=LATER)


def test_a_clerk_enters_paper_with_its_files() -> None:
    office = make_office()
    clerk = make_clerk(office)
    scan = ArrivedFile(make_file(), "สแกน.pdf", is_main=True)
    arrived = Arrived(via=Via.HAND, from_name="กรมการปกครอง", subject="ขอความร่วมมือ", files=(scan,))
    incoming = receiving.record_by_hand(office=office, arrived=arrived, by=clerk, at=AT)
    assert [(kept.name, kept.is_main) for kept in incoming.files.all()] == [("สแกน.pdf", True)]
    assert AuditEvent.objects.get(event="incoming.recorded").by_id == clerk.pk


@pytest.mark.parametrize("where", ["from_name", "their_number", "subject", "to_name"])
def test_names_with_unseen_characters_are_refused(where: str) -> None:
    given = {"from_name": "กรม", "subject": "เรื่อง", where: "ก\u202eข"}
    office = make_office()
    with pytest.raises(NotOneLine):
        receiving.record_by_hand(office=office, arrived=Arrived(via=Via.HAND, **given), by=make_clerk(office), at=AT)
    assert not Incoming.objects.exists()
