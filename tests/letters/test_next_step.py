"""An issued letter says in words what it still waits for, or that all is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from phrom.letters.actions.issuing import issue_letter
from phrom.letters.models import Letter, RecipientState
from phrom.letters.standing_words import Tally, all_done, what_waits
from tests.factories.agencies import make_agency
from tests.factories.letters import AT, make_clerk, make_draft, make_issued, make_office, make_recipient
from tests.house.cast import BACKEND

ASKED = date(2024, 6, 21)


@pytest.mark.parametrize(
    ("tally", "answer_by", "waits"),
    [
        (Tally(27, arrived=27, accepted=15), None, ("รอ 12 หน่วยงานลงรับ",)),
        (Tally(27, arrived=27, accepted=27, answered=24, late=3), ASKED, ("เลยวันที่ขอให้ตอบ 3 หน่วยงาน: ส่งหนังสือเตือน",)),
        (Tally(27, arrived=27, accepted=27, answered=20), ASKED, ("รอ 7 หน่วยงานตอบภายใน 21 มิ.ย. 2567",)),
        (Tally(27, waiting=2, arrived=25, accepted=25), None, ("รอส่งถึงผู้รับอีก 2 ราย",)),
        (
            Tally(3, waiting=1, arrived=1, accepted=0, trouble=1),
            None,
            ("ส่งไม่สำเร็จ 1 ราย: ดูเหตุแล้วส่งใหม่ หรือเรียกคืน", "รอส่งถึงผู้รับอีก 1 ราย", "รอ 1 หน่วยงานลงรับ"),
        ),
        (Tally(2, arrived=2, accepted=2), None, ()),
        (Tally(2, arrived=2, accepted=2, answered=2), ASKED, ()),
        (Tally(), None, ()),
    ],
)
def test_what_waits(tally: Tally, answer_by: date | None, waits: tuple[str, ...]) -> None:
    assert what_waits(Letter(answer_by=answer_by), tally) == waits


@pytest.mark.parametrize(
    ("tally", "answer_by", "words"),
    [
        (Tally(), None, "ออกเลขแล้ว ไม่มีขั้นที่ค้าง"),
        (Tally(2, arrived=2, accepted=2), None, "ผู้รับทุกรายลงรับแล้ว ไม่มีขั้นที่ค้าง"),
        (Tally(2, arrived=2, accepted=2, answered=2), ASKED, "ผู้รับทุกรายลงรับและตอบครบแล้ว ไม่มีขั้นที่ค้าง"),
        (Tally(3, arrived=2, accepted=2), None, "ผู้รับทุกรายลงรับแล้ว ไม่มีขั้นที่ค้าง (เรียกคืน 1 ราย)"),
        (Tally(3), None, "เรียกคืนจากผู้รับทุกรายแล้ว ไม่มีขั้นที่ค้าง"),
    ],
)
def test_all_is_done(tally: Tally, answer_by: date | None, words: str) -> None:
    assert what_waits(Letter(answer_by=answer_by), tally) == ()
    assert all_done(Letter(answer_by=answer_by), tally) == words


def shown(letter: Letter, role: str = "clerk") -> str:
    client = Client()
    client.force_login(make_clerk(letter.office, role), backend=BACKEND)
    return " ".join(client.get(f"/letters/out/{letter.pk}/").content.decode().split())


def sent(secrecy: str = "001", days: int = -1) -> Letter:
    """Issued to one office, which owes an answer since yesterday."""
    letter = make_draft(make_office(), answer_by=AT.date() + timedelta(days=days), secrecy=secrecy)
    make_recipient(letter, make_office(make_agency(letter.office.agency.own_body)))
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    return Letter.objects.get(pk=letter.pk)


@pytest.mark.django_db
def test_the_page_says_what_comes_next_and_leads_to_a_reminder() -> None:
    page = shown(sent())
    assert "<strong>ขั้นต่อไป</strong> รอ 1 หน่วยงานลงรับ · เลยวันที่ขอให้ตอบ 1 หน่วยงาน: ส่งหนังสือเตือน" in page
    assert "ร่างหนังสือเตือน" in page


@pytest.mark.django_db
def test_the_reminder_begins_with_the_number_and_the_day() -> None:
    letter = sent()
    client = Client()
    client.force_login(make_clerk(letter.office), backend=BACKEND)
    page = client.get(f"/letters/out/{letter.pk}/").content.decode()
    address = page.split("subject=")[1].split('"')[0]
    form = client.get(f"/letters/out/new/?office={letter.office_id}&subject={address}").content.decode()
    assert letter.entry is not None
    assert f"ขอให้ตอบหนังสือ ที่ {letter.entry.number_text} ลงวันที่" in form


@pytest.mark.django_db
def test_a_secret_letter_puts_nothing_into_an_address() -> None:
    letter = sent("002")
    assert "ร่างหนังสือเตือน" not in shown(letter, "secret_registrar")


@pytest.mark.django_db
def test_a_letter_that_everybody_took_says_so_and_a_draft_says_nothing() -> None:
    letter = sent(days=5)
    letter.recipients.update(state=RecipientState.ACCEPTED, answered_at=AT)
    assert "ผู้รับทุกรายลงรับและตอบครบแล้ว ไม่มีขั้นที่ค้าง" in shown(letter)
    assert "<strong>ขั้นต่อไป</strong>" not in shown(make_draft())


@pytest.mark.django_db
def test_an_order_of_nobody_is_done_when_it_is_issued() -> None:
    assert "ออกเลขแล้ว ไม่มีขั้นที่ค้าง" in shown(make_issued())
