"""The daily mail: what waits, once a working day; and the most urgent letters at once. Never a word of a secret one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings

from phrom.agencies.models import Agency, Person
from phrom.config import digest
from phrom.config.digest import send_digests, send_urgent
from phrom.config.models import Mailed
from phrom.letters.models import Incoming, Office, Secrecy, Speed, Via
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import make_ask, make_round
from tests.factories.ticking import make_mailed

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2024, 6, 14, 1, 0, tzinfo=UTC)  # 08.00 in Thailand


@pytest.fixture
def office(db: None) -> Agency:
    round = make_round()
    agency = make_agency(round.body, "สำนักงานเกษตรจังหวัดเชียงใหม่")
    make_ask(round, agency, "P1.2")
    return agency


@pytest.fixture
def official(office: Agency) -> Person:
    return make_member(office)


def came(agency: Agency, subject: str = "ขอเชิญประชุมด่วน", **more: object) -> Incoming:
    """A letter that waits at an office."""
    desk, _ = Office.objects.get_or_create(agency=agency)
    given = {"via": Via.HERE, "from_name": "จังหวัดเชียงใหม่", "arrived_at": FRIDAY - timedelta(minutes=1)}
    return Incoming.objects.create(office=desk, subject=subject, **{**given, **more})


def box() -> list[EmailMessage]:
    return list(mail.outbox)


def test_at_eight_everybody_is_told_what_waits(official: Person, settings: Settings) -> None:
    settings.PHROM_URL = "https://phrom.example"
    assert send_digests(at=FRIDAY) == 1
    (told,) = box()
    assert told.to == [official.email]
    assert told.subject == "งานของท่านในระบบพร้อม 14 มิ.ย. 2567 มี 1 เรื่อง"
    assert "ตอบคำถามของหน่วยงาน 1 ข้อ (เหลือ 7 วัน)" in told.body
    assert "สำนักงานเกษตรจังหวัดเชียงใหม่" in told.body and "https://phrom.example/" in told.body


def test_without_an_address_the_mail_says_where_to_look(official: Person) -> None:
    send_digests(at=FRIDAY)
    assert "http" not in box()[0].body and "หน้างานของฉัน" in box()[0].body


@pytest.mark.parametrize(
    "at",
    [FRIDAY - timedelta(minutes=1), FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2), FRIDAY + timedelta(hours=16)],
    ids=["07.59", "Saturday", "Sunday", "past midnight"],
)
def test_nobody_is_bothered_before_eight_and_on_weekends(official: Person, at: datetime) -> None:
    assert send_digests(at=at) == 0 and box() == []


def test_one_mail_a_day_whatever_is_restarted_and_whatever_comes_later(official: Person, office: Agency) -> None:
    for minutes in (0, 1, 2, 300):
        send_digests(at=FRIDAY + timedelta(minutes=minutes))
    assert len(box()) == 1
    send_digests(at=FRIDAY + timedelta(days=3))
    assert len(box()) == 2


def test_nothing_to_tell_is_no_mail_and_stays_so_that_day(official: Person) -> None:
    quiet = make_member(make_agency(make_body()))
    assert send_digests(at=FRIDAY) == 1
    assert [each.to for each in box()] == [[official.email]]
    row = Mailed.objects.get(person=quiet)
    assert row.sent_at is None
    send_digests(at=FRIDAY + timedelta(minutes=1))
    assert len(box()) == 1


def test_a_refused_mail_is_tried_again_the_next_minute(official: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(digest, "get_connection", refuse)
        with pytest.raises(ConnectionRefusedError):
            send_digests(at=FRIDAY)
    assert box() == []
    assert send_digests(at=FRIDAY + timedelta(minutes=1)) == 1


def test_somebody_else_who_claimed_the_day_first_sends_it(official: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two machines looked at the same moment: the row decides."""
    make_mailed(official, "digest:2024-06-14", FRIDAY)
    assert digest._digest(official, FRIDAY.date(), FRIDAY) == 0
    assert box() == []


def test_whoever_left_or_was_closed_gets_nothing(official: Person, office: Agency) -> None:
    official.memberships.update(ends_on=FRIDAY.date() - timedelta(days=1))
    closed = make_member(office)
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    assert send_digests(at=FRIDAY) == 0


def test_the_most_urgent_letter_is_mailed_at_once_to_who_accepts_letters_there(office: Agency) -> None:
    clerk, abroad = make_member(office, "clerk"), make_member(make_agency(office.own_body), "clerk")
    make_member(office, "official")
    came(office, speed=Speed.MOST_URGENT)
    came(office, speed=Speed.VERY_URGENT)
    night = FRIDAY - timedelta(hours=3)
    Incoming.objects.update(arrived_at=night)
    assert send_urgent(at=night) == 1
    assert [each.to for each in box()] == [[clerk.email]]
    assert box()[0].subject == "ด่วนที่สุด: ขอเชิญประชุมด่วน"
    assert send_urgent(at=night + timedelta(minutes=1)) == 0
    assert abroad.email not in str(box()[0].to)


def test_an_urgent_letter_that_was_accepted_or_is_old_is_not_mailed(office: Agency) -> None:
    make_member(office, "clerk")
    came(office, speed=Speed.MOST_URGENT, recalled_at=FRIDAY)
    came(office, speed=Speed.MOST_URGENT, arrived_at=FRIDAY - timedelta(days=2))
    assert send_urgent(at=FRIDAY) == 0


def test_no_mail_says_a_word_of_a_secret_letter(office: Agency) -> None:
    registrar = make_member(office, "secret_registrar")
    came(office, "นกขมิ้นเหลืองอ่อน", speed=Speed.MOST_URGENT, secrecy=Secrecy.SECRET)
    assert send_urgent(at=FRIDAY) == 0
    assert send_digests(at=FRIDAY) == 0
    assert box() == []
    assert Mailed.objects.get(person=registrar).sent_at is None


def test_a_clerk_who_also_handles_secrets_is_told_of_the_open_ones_only(office: Agency) -> None:
    clerk = make_member(office, "clerk")
    clerk.memberships.create(agency=office, role="secret_registrar", starts_on="2024-01-01")
    came(office, "นกขมิ้นเหลืองอ่อน", secrecy=Secrecy.SECRET)
    came(office)
    assert send_digests(at=FRIDAY) == 1
    assert "ลงรับหนังสือ 1 ฉบับ" in box()[0].body
    assert "ลับ" not in box()[0].body and "นกขมิ้น" not in box()[0].body


def test_the_mails_are_whole_files_where_a_folder_takes_them(official: Person, settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "phrom.config.mail.EmlFolder"
    settings.PHROM_MAIL_DIR = str(tmp_path / "mail")
    assert send_digests(at=FRIDAY) == 1
    (file,) = (tmp_path / "mail").iterdir()
    read = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert "ตอบคำถามของหน่วยงาน" in read.get_content()
