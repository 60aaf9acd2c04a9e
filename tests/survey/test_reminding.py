"""Reminders say what hangs on the rows; returns are told to every agency once; the plain memo tells the same words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from phrom.agencies.models import Agency
from phrom.letters.actions.drafting import give_up_draft
from phrom.letters.models import Letter
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.letters import NothingToTell, write_reminder, write_return, write_returns
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round
from tests.factories.letters import make_office
from tests.factories.survey import AT, DEADLINE, make_extension
from tests.survey.province import Province, make_province, open_for

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
HOUR = timedelta(hours=1)


@pytest.fixture
def province() -> Province:
    province = make_province()
    make_office(province.office)
    return province


@pytest.fixture
def round(province: Province) -> Round:
    return open_for(province)


def came_back(round: Round, agency: Agency, kind: str = ReviewKind.RETURNED, hours: int = 0) -> None:
    ask = Ask.objects.filter(round=round, agency=agency).order_by("position")[0]
    Ask.objects.filter(pk=ask.pk).update(state=AskState.RETURNED)
    Review.objects.create(ask=ask, kind=kind, reason="ขอฉบับลงนาม", by=round.opened_by, at=AT + hours * HOUR)


def tell_all(province: Province, round: Round, hours: int = 0) -> list[Letter]:
    at = AT + hours * HOUR
    return write_returns(round=round, address_of=lambda agency: "", by=province.coordinator, at=at)


def test_the_reminder_says_days_late_and_what_hangs_on_it(province: Province, round: Round) -> None:
    agency, at = province.others[0], AT + (DEADLINE - local_date(AT)) + timedelta(days=3)
    letter = write_reminder(round=round, agency=agency, address="", by=province.coordinator, at=at)
    assert "มาแล้ว 3 วัน" in letter.text
    assert "มีคะแนนเต็มรวม 90.00 จาก 100 คะแนนของจังหวัด (ประมาณการ)" in letter.text


def test_an_extended_agency_is_reminded_of_its_own_day(province: Province, round: Round) -> None:
    agency = province.others[0]
    make_extension(round, agency)
    at = AT + (DEADLINE - local_date(AT)) + timedelta(days=3)
    letter = write_reminder(round=round, agency=agency, address="", by=province.coordinator, at=at)
    assert "ซึ่งครบกำหนดวันที่ 28 มิถุนายน 2567" in letter.text and "เลยกำหนด" not in letter.text


def test_one_act_drafts_for_every_agency_that_was_not_told_yet(province: Province, round: Round) -> None:
    first, second = province.others[:2]
    came_back(round, first)
    came_back(round, second)
    write_return(round=round, agency=first, address="", by=province.coordinator, at=AT + HOUR)
    (letter,) = tell_all(province, round, 1)
    assert [each.name for each in letter.recipients.all()] == [second.name]
    with pytest.raises(NothingToTell):
        tell_all(province, round, 2)
    came_back(round, first, hours=3)
    assert len(tell_all(province, round, 4)) == 1, "what came back later is told again"


def test_a_draft_that_was_given_up_told_nobody(province: Province, round: Round) -> None:
    came_back(round, province.others[0])
    (letter,) = tell_all(province, round)
    give_up_draft(letter=letter, because="แจ้งทางโทรศัพท์แล้ว", by=province.coordinator, at=AT)
    assert len(tell_all(province, round, 1)) == 1


def test_what_the_head_gave_back_is_no_matter_of_the_provinces(province: Province, round: Round) -> None:
    came_back(round, province.others[0], ReviewKind.TAKEN_BACK)
    with pytest.raises(NothingToTell):
        tell_all(province, round)
    with pytest.raises(NothingToTell):
        write_return(round=round, agency=province.others[0], address="", by=province.coordinator, at=AT)


def test_the_button_stands_on_the_review_page_and_makes_each_draft_once(
    client: Client, province: Province, round: Round
) -> None:
    for agency in province.others:
        came_back(round, agency)
    client.force_login(province.coordinator, backend=BACKEND)
    page = client.get(f"/rounds/{round.pk}/review/?agency={province.others[0].pk}").content.decode()
    assert "ยังไม่มีหนังสือแจ้ง" in page and "ร่างหนังสือแจ้งทุกหน่วยงานที่มีข้อส่งกลับ" in page
    for _ in range(2):
        answer = client.post(f"/rounds/{round.pk}/return-letters/", {"once": "a-key-of-this-form-1"})
    assert answer.headers["Location"] == "/letters/out/" and Letter.objects.count() == len(province.others)


def test_the_memo_says_the_words_of_the_letter_and_sends_nothing(client: Client, province: Province, round: Round) -> None:
    client.force_login(province.coordinator, backend=BACKEND)
    agency = province.others[0]
    text = client.get(f"/rounds/{round.pk}/board/{agency.pk}/memo/").content.decode()
    assert f"เรียน หัวหน้า{agency.name}" in text and "90.00 จาก 100" in text and "(ประมาณการ)" in text
    assert not Letter.objects.exists()
    Ask.objects.filter(agency=agency).update(state=AskState.ACCEPTED)
    assert "ไม่มีข้อที่ต้องเร่งรัด" in client.get(f"/rounds/{round.pk}/board/{agency.pk}/memo/").content.decode()


def test_a_whole_sheet_is_accepted_with_two_clicks_from_the_board(client: Client, province: Province, round: Round) -> None:
    agency = province.others[1]
    Ask.objects.filter(round=round, agency__in=province.others, code__in=("P1.3", "P1.4")).update(state=AskState.SUBMITTED)
    client.force_login(province.coordinator, backend=BACKEND)
    link = f"/rounds/{round.pk}/review/?agency={agency.pk}"
    assert f'href="{link}">ตรวจ 2 ข้อ' in client.get(f"/rounds/{round.pk}/").content.decode()
    shown = client.get(link)
    assert shown.content.decode().count("หลักฐาน 0 ชิ้น") == 2
    ticked = [f"{row.ask_id}:{row.seen}" for row in shown.context["page"].rows]
    assert shown.context["page"].agency == agency and len(ticked) == 2
