"""A letter goes by eCMS files from one office to another and its answers come back; nothing is lost or doubled by a crash."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from phrom.letters.actions import ecms_outbox
from phrom.letters.actions.ecms_inbox import NotForUs, read_ecms_inbox, take_message
from phrom.letters.actions.ecms_outbox import write_ecms_outbox
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.recall_requests import dispute_number, tell_number_again
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.actions.receiving import accept, declare_invalid, reject
from phrom.letters.ecms import messages as m
from phrom.letters.ecms.problems import EcmsUnreadable
from phrom.letters.ecms.writing import write_message
from phrom.letters.ecms_codes import NoCode
from phrom.letters.exchange.trouble import NotHere, OtherContent
from phrom.letters.models import Alarm, Arrival, Attachment, Incoming, Letter, Office, Outgoing, RecipientState, RegisterEntry
from phrom.shared.files import store
from tests.factories.letters import AT, make_clerk, make_recipient
from tests.letters.ecms.post import Node, ecms_draft, only, two_offices
from tests.letters.ecms.samples import DAY, DIALECT_A, DOCUMENT, PDF

pytestmark = pytest.mark.django_db
S = RecipientState
LATER = AT + timedelta(minutes=1)


@pytest.fixture
def node(settings: Any, tmp_path: Path) -> Node:
    settings.PHROM_ECMS = tmp_path / "ecms"
    return Node(settings.PHROM_ECMS)


@pytest.fixture
def offices() -> tuple[Office, Office]:
    return two_offices()


def sent(node: Node, offices: tuple[Office, Office], **more: Any) -> tuple[Letter, Incoming]:
    """A letter that went out and lies in the other office's tray."""
    letter = ecms_draft(*offices, **more)
    letter = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert node.round().refused == 0
    return letter, Incoming.objects.get(office=offices[1], their_number=letter.entry.number_text)


def test_a_letter_arrives_with_its_paper_and_the_sender_learns_that_it_is_there(node: Node, offices: Any) -> None:
    letter = ecms_draft(*offices, speed="003")
    kept = store.keep([PDF], name="ระเบียบวาระ.pdf", at=AT)
    Attachment.objects.create(letter=letter, file=kept, name="ระเบียบวาระ.pdf", described="ระเบียบวาระ จำนวน 1 ชุด")
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert only(letter).state == S.QUEUED
    node.round()
    assert only(letter).state == S.SENDING
    incoming = Incoming.objects.get()
    assert (incoming.office, incoming.subject, incoming.speed, incoming.via) == (offices[1], letter.subject, "003", "ecms")
    assert incoming.from_name == offices[0].agency.name and incoming.their_date == date(2024, 6, 11)
    main, attached = incoming.files.all()
    assert main.is_main and b"".join(store.read(main.file)).startswith(b"%PDF") and attached.file == kept
    node.round()  # the receive notifier comes back
    assert only(letter).state == S.DELIVERED
    assert [getattr(one.item, "kind", "letter") for one in node.carried] == ["letter", m.NotifierKind.RECEIVE]  # type: ignore[union-attr]


def test_it_is_accepted_with_the_number_of_the_receiver(node: Node, offices: Any) -> None:
    letter, incoming = sent(node, offices)
    accepted = accept(incoming=incoming, by=make_clerk(offices[1]), at=LATER)
    node.round()
    now = only(letter)
    assert accepted.entry is not None
    assert (now.state, now.accept_number) == (S.ACCEPTED, accepted.entry.number_text)


def test_a_wrong_number_is_disputed_and_told_again(node: Node, offices: Any) -> None:
    letter, incoming = sent(node, offices)
    clerk = make_clerk(offices[1])
    accept(incoming=incoming, by=clerk, at=LATER)
    node.round()
    dispute_number(recipient=only(letter), because="เลขรับไม่ตรงกับใบตอบรับ", by=letter.drafted_by, at=LATER)
    assert only(letter).state == S.DELIVERED
    node.round()
    incoming.refresh_from_db()
    assert incoming.disputed_at is not None and "เลขรับ" in incoming.disputed_because
    tell_number_again(incoming=incoming, by=clerk, at=LATER)
    node.round()
    assert only(letter).state == S.ACCEPTED
    kinds = [one.item.kind for one in node.carried if isinstance(getattr(one, "item", None), m.Notifier)]  # type: ignore[union-attr]
    assert kinds == ["ReceiveLetterNotifier", "AcceptLetterNotifier", "InvalidAcceptIDNotifier", "AcceptLetterNotifier"]


@pytest.mark.parametrize(("act", "state"), [(reject, S.REJECTED), (declare_invalid, S.INVALID)])
def test_what_is_refused_is_deleted_at_the_node_and_sent_again(node: Node, offices: Any, act: Any, state: str) -> None:
    letter, incoming = sent(node, offices)
    act(incoming=incoming, because="ไม่ใช่ของหน่วยงานนี้", by=make_clerk(offices[1]), at=LATER)
    node.round()
    assert only(letter).state == state
    resend(recipient=only(letter), by=letter.drafted_by, at=LATER)
    assert node.round().refused == 0
    assert [type(one).__name__ for one in node.carried[-2:]] == ["DeleteGovernmentDocumentRequest", "OutboundRequest"]
    again = Incoming.objects.filter(office=offices[1]).latest("id")
    assert again.waits and again.pk != incoming.pk
    accept(incoming=again, by=make_clerk(offices[1]), at=LATER)
    node.round()
    assert only(letter).state == S.ACCEPTED


def test_a_recalled_letter_that_was_not_written_yet_never_leaves(node: Node, offices: Any) -> None:
    letter = ecms_draft(*offices)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    recall(letter=letter, because="ส่งผิดฉบับ", by=letter.drafted_by, at=AT)
    node.round()
    assert node.carried == [] and Incoming.objects.count() == 0


def test_a_recalled_letter_that_went_is_taken_off_the_tray(node: Node, offices: Any) -> None:
    letter, incoming = sent(node, offices)
    recall(letter=letter, because="ส่งผิดฉบับ", by=letter.drafted_by, at=LATER)
    node.round()
    incoming.refresh_from_db()
    assert incoming.recalled_at is not None and only(letter).state == S.RECALLED


def test_a_circular_tells_its_recipients_apart(node: Node, offices: Any) -> None:
    third = two_offices()[1]
    Office.objects.filter(pk=third.pk).update(department_code="11009")
    letter = ecms_draft(*offices, is_circular=True)
    make_recipient(letter, Office.objects.get(pk=third.pk), via="ecms")
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    node.round()
    accept(incoming=Incoming.objects.get(office=third), by=make_clerk(third), at=LATER)
    node.round()
    assert {one.office_id: one.state for one in letter.recipients.all()} == {offices[1].pk: S.DELIVERED, third.pk: S.ACCEPTED}


def test_without_codes_no_number_is_used(node: Node, offices: Any) -> None:
    Office.objects.filter(pk=offices[0].pk).update(department_code="")
    letter = ecms_draft(Office.objects.get(pk=offices[0].pk), offices[1])
    with pytest.raises(NoCode):
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert RegisterEntry.objects.count() == 0 and Outgoing.objects.count() == 0


# --- once, whatever breaks ---


def test_a_crash_after_the_file_and_before_its_row_doubles_nothing(node: Node, offices: Any, monkeypatch: Any) -> None:
    letter = ecms_draft(*offices)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    put = ecms_outbox.folders.put

    def put_and_die(*args: Any) -> bool:
        put(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(ecms_outbox.folders, "put", put_and_die)
    with pytest.raises(KeyboardInterrupt):
        write_ecms_outbox(at=AT)
    monkeypatch.setattr(ecms_outbox.folders, "put", put)
    assert Outgoing.objects.get().done_at is None
    node.carry()  # the connector took it before we came back
    write_ecms_outbox(at=LATER)
    node.carry()
    read_ecms_inbox(at=LATER)
    assert Incoming.objects.count() == 1 and Outgoing.objects.filter(purpose="letter", done_at=None).count() == 0
    letters = [one for one in node.carried if isinstance(getattr(one, "item", None), m.GovernmentDocument)]
    assert len(letters) == 1  # not even the node saw it twice


def test_a_crash_before_the_file_loses_nothing(node: Node, offices: Any, monkeypatch: Any) -> None:
    letter = ecms_draft(*offices)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    with monkeypatch.context() as broken:

        def full(*_: Any) -> bool:
            raise OSError(28, "No space left on device")

        broken.setattr(ecms_outbox.folders, "put", full)
        assert write_ecms_outbox(at=AT) == 0
    row = Outgoing.objects.get()
    assert "No space left" in row.last_trouble and row.next_try_at > AT and Alarm.objects.filter(kind="ecms-outbox").exists()
    assert only(letter).state == S.QUEUED
    node.round(row.next_try_at)
    assert Incoming.objects.count() == 1


def test_half_a_file_is_never_seen_by_the_connector(node: Node, offices: Any, monkeypatch: Any) -> None:
    letter = ecms_draft(*offices)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    monkeypatch.setattr("phrom.letters.ecms.folders.os.fsync", lambda _: (_ for _ in ()).throw(OSError(5, "I/O error")))
    write_ecms_outbox(at=AT)
    assert list((node.folder / "outbox").glob("*.xml")) == []


def test_two_rounds_at_once_write_one_file(node: Node, offices: Any) -> None:
    letter = ecms_draft(*offices)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert [write_ecms_outbox(at=AT), write_ecms_outbox(at=AT)] == [1, 0]
    (path,) = (node.folder / "outbox").glob("*.xml")
    assert UUID(path.stem) == Outgoing.objects.get().delivery_id


def inbound(process: str = "P-9", document: m.GovernmentDocument = DOCUMENT) -> m.Message:
    return m.Message(m.InboundResponse(process, "", document), "sender-1")


def test_the_same_message_again_changes_nothing(node: Node, offices: Any) -> None:
    Office.objects.filter(pk=offices[0].pk).update(department_code="15050")
    first = take_message(write_message(inbound()), at=AT)
    assert first == take_message(write_message(inbound()), at=LATER)
    again = take_message(write_message(inbound("P-10")), at=LATER)  # another process id, the same letter
    assert again is not None and first is not None and again.incoming == first.incoming
    assert Incoming.objects.count() == 1 and Arrival.objects.count() == 2


def test_another_content_under_the_same_id_is_refused_and_a_person_told(node: Node, offices: Any) -> None:
    from dataclasses import replace

    take_message(write_message(inbound()), at=AT)
    changed = replace(DOCUMENT, letter=replace(DOCUMENT.letter, subject="ถูกแก้"))
    with pytest.raises(OtherContent):
        take_message(write_message(inbound(document=changed)), at=LATER)
    assert Alarm.objects.filter(kind="ecms-other-content").count() == 1
    with pytest.raises(OtherContent):
        take_message(write_message(inbound("P-10", changed)), at=LATER)  # and under its number, while the first one stands
    assert Incoming.objects.get().subject == DOCUMENT.letter.subject


def test_a_crash_between_the_row_and_the_file_reads_once(node: Node, offices: Any, monkeypatch: Any) -> None:
    node.bring(inbound())
    with monkeypatch.context() as broken:
        broken.setattr(
            "phrom.letters.actions.ecms_inbox.folders.take_away", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            read_ecms_inbox(at=AT)
    assert read_ecms_inbox(at=LATER).taken == 1
    assert Incoming.objects.count() == 1 and list((node.folder / "inbox").glob("*")) == []


def test_a_bad_file_lies_aside_with_its_reason_and_does_not_stop_the_others(node: Node, offices: Any) -> None:
    bad = node.bring(inbound(), "0001.xml")
    bad.write_bytes(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    node.bring(inbound(), "0002.xml")
    read = read_ecms_inbox(at=AT)
    assert (read.taken, read.refused) == (1, 1) and Incoming.objects.count() == 1
    reason = (node.folder / "refused" / "0001.xml.reason.txt").read_text()
    assert "code: dtd" in reason and "ไม่รับเพราะใช้โจมตีได้" in reason
    assert (node.folder / "refused" / "0001.xml").exists() and Alarm.objects.filter(kind="ecms-refused").count() == 1


def test_our_own_trouble_leaves_the_file_where_it_is(node: Node, offices: Any, monkeypatch: Any) -> None:
    node.bring(inbound())
    with monkeypatch.context() as broken:
        broken.setattr("phrom.shared.files.store.os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
        read = read_ecms_inbox(at=AT)
    assert (read.taken, read.refused) == (0, 0) and Incoming.objects.count() == 0
    assert read_ecms_inbox(at=LATER).taken == 1


def test_a_letter_for_nobody_here_is_refused(node: Node, offices: Any) -> None:
    Office.objects.update(department_code="999")
    with pytest.raises(NotHere):
        take_message(write_message(inbound()), at=AT)
    assert Incoming.objects.count() == 0


def test_a_clerk_brings_files_for_their_own_office_only(node: Node, offices: Any) -> None:
    with pytest.raises(NotHere):
        take_message(write_message(inbound()), at=AT, agency_ids=[offices[1].agency_id])
    assert take_message(write_message(inbound()), at=AT, agency_ids=[offices[0].agency_id]) is not None


def test_a_hostile_attachment_is_refused_with_its_letter(node: Node, offices: Any) -> None:
    from dataclasses import replace

    html = m.Binary("text/html", b"<script>alert(1)</script>")
    letter = replace(DOCUMENT.letter, attachments=(html,))
    node.bring(inbound(document=replace(DOCUMENT, letter=letter)))
    assert read_ecms_inbox(at=AT).refused == 1 and Incoming.objects.count() == 0


def test_requests_to_a_node_are_not_for_us(node: Node) -> None:
    with pytest.raises(NotForUs):
        take_message(write_message(m.Message(m.TimeCheckRequest())), at=AT)


def test_the_first_dialect_reaches_the_tray(node: Node, offices: Any) -> None:
    arrival = take_message(DIALECT_A, at=AT)
    assert arrival is not None and arrival.incoming is not None
    assert (arrival.incoming.their_number, arrival.incoming.their_date) == ("กค 0405/77", DAY)


def test_a_notice_about_an_unknown_letter_is_refused(node: Node) -> None:
    told = m.Notifier(m.NotifierKind.ACCEPT, "ไม่มี 1/1", DAY, "", "1")
    node.bring(m.Message(m.InboundResponse("P-1", "", told)))
    assert read_ecms_inbox(at=AT).refused == 1


def test_the_node_names_its_process(node: Node, offices: Any) -> None:
    letter = ecms_draft(*offices)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    write_ecms_outbox(at=AT)
    row = Outgoing.objects.get()
    answer = m.Message(m.OutboundResponse("ECMS-7", "2024-06-11T09:00:00"), relates_to=str(row.delivery_id))
    take_message(write_message(answer), at=LATER)
    row.refresh_from_db()
    assert row.receipt.startswith("ECMS-7")


def test_what_cannot_be_read_says_so(node: Node) -> None:
    with pytest.raises(EcmsUnreadable):
        take_message(b"not xml", at=AT)
