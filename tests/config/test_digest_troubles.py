"""จดหมายประจำวันเมื่อมีสิ่งผิดปกติ: ที่อยู่ของคนหนึ่งที่ผิดไม่ทำให้คนอื่นไม่ได้รับ และไม่มีใครได้รับสองฉบับ.

The daily mail among troubles: one bad address keeps nobody else's mail from going out, and nobody gets two.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from phrom.agencies.models import Agency, Person
from phrom.config import digest
from phrom.config.digest import MailsFailed, send_digests, send_urgent
from phrom.config.models import Mailed
from phrom.desk.pages import tasks_of
from phrom.letters.models import Incoming, Office, Speed, Via
from tests.factories.agencies import make_agency, make_body, make_member

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2024, 6, 14, 1, 0, tzinfo=UTC)  # 08.00 in Thailand
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(db: None) -> Agency:
    return make_agency(make_body(), "สำนักงานเกษตรจังหวัดเชียงใหม่")


@pytest.fixture
def clerks(office: Agency) -> list[Person]:
    """Three clerks of one office, in the order in which mails go out."""
    return [make_member(office, "clerk", name) for name in ("นางหนึ่ง", "นางสอง", "นางสาม")]


def came(office: Agency, subject: str = "ขอเชิญประชุมด่วน") -> Incoming:
    """A letter of the highest urgency that waits at an office."""
    desk, _ = Office.objects.get_or_create(agency=office)
    given = {"via": Via.HERE, "from_name": "จังหวัดเชียงใหม่", "arrived_at": FRIDAY - MINUTE, "speed": Speed.MOST_URGENT}
    return Incoming.objects.create(office=desk, subject=subject, **given)


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person, Exception], None]:
    """The mail server that answers so to one person's address; all others get their mail."""
    troubles: dict[str, Exception] = {}
    usual = mail.get_connection

    class Server:
        def send_messages(self, mails: list[EmailMessage]) -> int:
            for each in mails:
                if each.to[0] in troubles:
                    raise troubles[each.to[0]]
            return usual().send_messages(mails) or 0

    monkeypatch.setattr(digest, "get_connection", Server)
    return lambda person, problem: troubles.update({person.email: problem})


def told() -> list[str]:
    """Who got a mail, in order."""
    return [each.to[0] for each in mail.outbox]


def gone(person: Person) -> Exception:
    return SMTPRecipientsRefused({person.email: (550, b"no such user")})


def busy(person: Person) -> Exception:
    return SMTPRecipientsRefused({person.email: (450, b"mailbox busy")})


@pytest.mark.parametrize("send", [send_digests, send_urgent], ids=["daily", "urgent"])
@pytest.mark.parametrize("trouble", [gone, busy, lambda _: SMTPDataError(554, b"spam"), lambda _: ValueError("a header")])
def test_one_address_that_no_server_takes_keeps_nobody_elses_mail(
    send: Any, trouble: Any, office: Agency, clerks: list[Person], refuse: Any
) -> None:
    came(office)
    refuse(clerks[0], trouble(clerks[0]))
    with pytest.raises(MailsFailed):
        send(at=FRIDAY)
    assert told() == [clerks[1].email, clerks[2].email]


def test_the_trouble_says_whose_mail_it_was_without_the_address(office: Agency, clerks: list[Person], refuse: Any) -> None:
    came(office)
    refuse(clerks[1], gone(clerks[1]))
    with pytest.raises(MailsFailed) as trouble:
        send_digests(at=FRIDAY)
    assert f"person {clerks[1].pk}: SMTPRecipientsRefused" in str(trouble.value)
    assert clerks[1].email not in str(trouble.value)


def test_an_address_that_is_gone_is_asked_once_a_day_and_a_busy_one_every_minute(
    office: Agency, clerks: list[Person], refuse: Any
) -> None:
    came(office)
    refuse(clerks[0], gone(clerks[0]))
    refuse(clerks[1], busy(clerks[1]))
    with pytest.raises(MailsFailed):
        send_digests(at=FRIDAY)
    rows = Mailed.objects.filter(about="digest:2024-06-14").values_list("person", "sent_at")
    assert dict(rows) == {clerks[0].pk: None, clerks[2].pk: FRIDAY}
    refuse(clerks[1], busy(clerks[1]))
    with pytest.raises(MailsFailed) as again:
        send_digests(at=FRIDAY + MINUTE)
    assert str(again.value) == f"1 mails failed, person {clerks[1].pk}: SMTPRecipientsRefused"


def test_a_server_that_is_away_is_left_alone_until_the_next_minute(
    office: Agency, clerks: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def away() -> None:
        asked.append(1)
        raise SMTPServerDisconnected("away")

    came(office)
    with monkeypatch.context() as broken:
        broken.setattr(digest, "get_connection", away)
        with pytest.raises(SMTPServerDisconnected):
            send_digests(at=FRIDAY)
    assert len(asked) == 1 and not Mailed.objects.exists()
    assert send_digests(at=FRIDAY + MINUTE) == 3


def test_somebody_whose_desk_cannot_be_read_keeps_nobody_from_theirs(
    office: Agency, clerks: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    came(office)
    usual = tasks_of

    def broken(access: Any, at: datetime) -> Any:
        if access.person == clerks[0]:
            raise LookupError("a row that is not there")
        return usual(access, at)

    monkeypatch.setattr(digest, "tasks_of", broken)
    with pytest.raises(MailsFailed):
        send_digests(at=FRIDAY)
    assert told() == [clerks[1].email, clerks[2].email]


@pytest.mark.parametrize(
    "subject",
    [
        "บรรทัดแรก\nBcc: evil@example.com",
        "หนึ่ง\r\nสอง",
        "\u2028แยก\u2029บรรทัด",
        "\x0b\x1c\x85ควบคุม",
        "ก" * 400,
        "{{ person.email }}<b>&amp;",
    ],
    ids=["newline", "crlf", "unicode lines", "controls", "long", "markup"],
)
def test_a_hostile_subject_is_one_line_and_is_sent_as_it_stands(office: Agency, clerks: list[Person], subject: str) -> None:
    came(office, subject)
    assert send_urgent(at=FRIDAY) == 3
    sent = mail.outbox[0]
    assert len(sent.subject.splitlines()) == 1
    assert sent.subject == "ด่วนที่สุด: " + " ".join(subject.split())
    assert "Bcc" not in sent.message()
    assert sent.message().as_bytes().count(b"\nTo:") == 1


def test_two_machines_at_the_same_moment_send_each_person_one_mail(
    office: Agency, clerks: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second machine looks at the list while the first is in the middle of it."""
    came(office)
    usual = tasks_of
    inside: list[bool] = []

    def meanwhile(access: Any, at: datetime) -> Any:
        if not inside:
            inside.append(True)
            send_digests(at=at)
        return usual(access, at)

    monkeypatch.setattr(digest, "tasks_of", meanwhile)
    assert send_digests(at=FRIDAY) == 0
    assert sorted(told()) == sorted(clerk.email for clerk in clerks)


@pytest.mark.parametrize(
    ("role", "expected"), [("clerk", 1), ("head", 0), ("official", 0), ("secret_registrar", 1), ("auditor", 0)]
)
def test_each_role_is_told_what_waits_for_it(office: Agency, role: str, expected: int) -> None:
    make_member(office, role)
    came(office)
    assert send_digests(at=FRIDAY) == expected
    assert all("ลงรับหนังสือ (ด่วนที่สุด 1 ฉบับ) 1 ฉบับ" in each.body for each in mail.outbox)
