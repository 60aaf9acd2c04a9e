"""A round's letters: drafted from what the board shows, sent through the register, and seen on the board once accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.receiving import accept
from phrom.letters.models import Incoming, Letter, LetterKind
from phrom.meetings.models import FollowUp, NoteKind
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.letters import NothingToTell, write_opening, write_reminder, write_return
from phrom.survey.actions.mandate import open_for_asked
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round
from phrom.survey.pages.board import board_page
from phrom.survey.papers import round_in, word_for
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.letters import make_office
from tests.factories.survey import AT, DEADLINE
from tests.survey.province import Province, make_province, open_for

pytestmark = pytest.mark.django_db
ADDRESS = "https://phrom.example/my/"
WHY = "ขอให้แนบฉบับที่ลงนามแล้ว\nและระบุหน้า"


@pytest.fixture
def province() -> Province:
    province = make_province()
    make_office(province.office)
    return province


@pytest.fixture
def round(province: Province) -> Round:
    return open_for(province)


def opening(province: Province, round: Round) -> Letter:
    return write_opening(round=round, address=ADDRESS, by=province.coordinator, at=AT)


def sent_back(round: Round, agency: Agency, count: int = 1) -> list[Ask]:
    """Rows of an agency that came back, with the reviewer's reason."""
    asks = list(Ask.objects.filter(round=round, agency=agency).order_by("position"))[:count]
    for ask in asks:
        Ask.objects.filter(pk=ask.pk).update(state=AskState.RETURNED)
        Review.objects.create(ask=ask, kind=ReviewKind.RETURNED, reason=WHY, by=round.opened_by, at=AT)
    return asks


def accepted(letter: Letter, province: Province, agency: Agency) -> None:
    """Issue the letter; the agency's clerk accepts it."""
    Letter.objects.filter(pk=letter.pk).update(signer_name="นายสมชาติ ทองดี")
    letter.refresh_from_db()
    issue_letter(letter=letter, by=province.coordinator, at=AT)
    accept(incoming=Incoming.objects.get(office__agency=agency), by=make_member(agency, "clerk"), at=AT)


def test_the_opening_goes_to_every_other_agency_that_is_asked_as_one_circular(province: Province, round: Round) -> None:
    letter = opening(province, round)
    asked = set(Agency.objects.filter(asks__round=round)) - {province.office}
    assert {each.office.agency for each in letter.recipients.all() if each.office} == asked
    assert (letter.is_circular, letter.kind, letter.answer_by) == (True, LetterKind.MEMO, DEADLINE)
    assert letter.sent_for == word_for("round", round.pk) and not letter.is_issued
    assert ADDRESS in letter.text and str(round.mandate) in letter.text and "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ" in letter.text


def test_an_agency_whose_rows_were_all_taken_back_is_not_written_to(province: Province, round: Round) -> None:
    spared, asked = province.others[:2]
    Ask.objects.filter(round=round, agency=spared).update(withdrawn_at=AT, withdrawn_by=province.coordinator)
    names = {each.name for each in opening(province, round).recipients.all()}
    assert asked.name in names and spared.name not in names


def test_a_reminder_leaves_out_what_was_sent_or_taken_back(province: Province, round: Round) -> None:
    agency = province.others[0]
    sent, taken_back, owed, *_ = Ask.objects.filter(round=round, agency=agency).order_by("position")
    Ask.objects.filter(pk=sent.pk).update(state=AskState.SUBMITTED)
    Ask.objects.filter(pk=taken_back.pk).update(withdrawn_at=AT, withdrawn_by=province.coordinator)
    letter = write_reminder(round=round, agency=agency, address="", by=province.coordinator, at=AT)
    said = letter.text.split(" ได้แก่ ข้อ ")[1].split(" จึงขอ")[0].split()
    assert owed.code in said and sent.code not in said and taken_back.code not in said
    assert [each.name for each in letter.recipients.all()] == [agency.name]


def test_a_return_tells_the_rows_and_the_reasons(province: Province, round: Round) -> None:
    agency = province.others[0]
    (ask,) = sent_back(round, agency)
    letter = write_return(round=round, agency=agency, address=ADDRESS, by=province.coordinator, at=AT)
    assert f"ข้อ {ask.code} ขอให้แนบฉบับที่ลงนามแล้ว และระบุหน้า" in letter.text.splitlines()
    assert letter.sent_for == word_for("return", round.pk, agency.pk)
    assert Ask.objects.get(pk=ask.pk).state == AskState.RETURNED, "writing decides nothing"


@pytest.mark.parametrize(("days", "words"), [(0, "ซึ่งครบกำหนดวันที่"), (1, "ซึ่งเลยกำหนดวันที่")])
def test_a_reminder_names_every_row_that_was_not_sent(province: Province, round: Round, days: int, words: str) -> None:
    agency = province.others[0]
    at = AT + (DEADLINE - local_date(AT)) + timedelta(days=days)
    letter = write_reminder(round=round, agency=agency, address="", by=province.coordinator, at=at)
    codes = list(Ask.objects.filter(round=round, agency=agency).order_by("position").values_list("code", flat=True))
    assert f"จำนวน {len(codes)} ข้อ ได้แก่ ข้อ {' '.join(codes)} " in letter.text
    assert words in letter.text and "http" not in letter.text


def test_nothing_to_tell_is_refused(province: Province, round: Round) -> None:
    agency = province.others[0]
    Ask.objects.filter(round=round).update(state=AskState.SUBMITTED)
    for write in (write_return, write_reminder):
        with pytest.raises(NothingToTell):
            write(round=round, agency=agency, address="", by=province.coordinator, at=AT)
    with pytest.raises(NothingToTell):
        Ask.objects.filter(round=round).exclude(agency=province.office).update(
            withdrawn_at=AT, withdrawn_by=province.coordinator
        )
        opening(province, round)
    assert not Letter.objects.exists()


def test_a_closed_round_writes_no_letters(province: Province, round: Round) -> None:
    Round.objects.filter(pk=round.pk).update(frozen_at=AT, frozen_by=province.coordinator)
    with pytest.raises(RoundClosed):
        opening(province, round)


def test_acceptance_is_seen_on_the_board_and_on_the_follow_up_which_stays_open(province: Province, round: Round) -> None:
    agency = province.others[0]
    open_for_asked(round=round, by=province.coordinator, at=AT)
    accepted(opening(province, round), province, agency)
    page = board_page(round, access_of(province.coordinator, local_date(AT)), local_date(AT))
    sent = {row.agency_id: row.sent for row in page.rows}
    assert sent[agency.pk].state == ("done", "ลงรับแล้ว") and sent[agency.pk].there == "เลขรับ 1"  # type: ignore[union-attr]
    assert sent[province.others[1].pk].state[1] == "ถึงปลายทางแล้ว"  # type: ignore[union-attr]
    assert sent[province.office.pk] is None
    line = FollowUp.objects.get(resolution=round.mandate, agency=agency)
    assert line.is_open and line.answered_at is None
    assert [note.kind for note in line.notes.all()] == [NoteKind.LETTER, NoteKind.LETTER]
    assert line.notes.latest("id").text.startswith("ลงรับหนังสือที่ ชม 0017.2/ว 1 เลขรับ 1")


def test_a_return_that_is_accepted_closes_nothing(province: Province, round: Round) -> None:
    """It asks for no answer by letter, and still the rows are to be sent again."""
    agency = province.others[0]
    open_for_asked(round=round, by=province.coordinator, at=AT)
    sent_back(round, agency)
    accepted(write_return(round=round, agency=agency, address="", by=province.coordinator, at=AT), province, agency)
    assert FollowUp.objects.get(resolution=round.mandate, agency=agency).is_open


def test_a_round_without_a_resolution_has_no_follow_ups_to_tell(province: Province, round: Round) -> None:
    Round.objects.filter(pk=round.pk).update(mandate=None)
    round.refresh_from_db()
    accepted(opening(province, round), province, province.others[0])


@pytest.mark.parametrize("word", ["", "round:", "round:1:2", "return:1", "reminder:x:1", "resolution:1", "round:" + "9" * 19])
def test_only_our_own_words_name_a_round(word: str) -> None:
    assert round_in(word) is None
    assert [round_in(word_for(kind, 7, agency)) for kind, agency in (("round", None), ("return", 3), ("reminder", 3))] == [
        7,
        7,
        7,
    ]


@pytest.fixture
def desk(client: Client, province: Province) -> Client:
    client.force_login(province.coordinator, backend="phrom.agencies.signin.backend.PersonBackend")
    return client


def test_a_button_makes_one_draft_however_often_it_is_pressed(desk: Client, province: Province, round: Round) -> None:
    address = f"/rounds/{round.pk}/board/{province.others[0].pk}/reminder/"
    answers = [desk.post(address, {"once": "a-key-of-this-form-1"}) for _ in range(2)]
    letter = Letter.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"/letters/out/{letter.pk}/"] * 2
    assert f"http://testserver/rounds/{round.pk}/agencies/{province.others[0].pk}/" in letter.text


def test_the_buttons_stand_where_there_is_something_to_write(desk: Client, province: Province, round: Round) -> None:
    cell = f"/rounds/{round.pk}/board/{province.others[0].pk}/"
    assert "ร่างหนังสือเร่งรัด" in desk.get(cell).content.decode()
    assert "ร่างหนังสือขอให้แก้ไข" not in desk.get(cell).content.decode()
    sent_back(round, province.others[0])
    assert "ร่างหนังสือขอให้แก้ไข 1 ข้อ" in desk.get(cell).content.decode()
    assert "ร่างหนังสือ" not in desk.get(f"/rounds/{round.pk}/board/{province.office.pk}/").content.decode()
    assert "ร่างหนังสือเวียนแจ้งเปิดรอบ" in desk.get(f"/rounds/{round.pk}/").content.decode()


def test_who_drafts_no_letters_there_sees_no_button_and_reaches_none(client: Client, province: Province, round: Round) -> None:
    other = make_member(province.statistics, "coordinator")
    client.force_login(other, backend="phrom.agencies.signin.backend.PersonBackend")
    assert "ร่างหนังสือ" not in client.get(f"/rounds/{round.pk}/").content.decode()
    assert client.post(f"/rounds/{round.pk}/letter/", {"once": "a-key-of-this-form-2"}).status_code == 404


def test_an_agency_of_another_body_is_not_there(desk: Client, round: Round) -> None:
    abroad = make_agency(make_body(name="จังหวัดลำพูน"))
    for path in ("reminder", "return-letter"):
        assert desk.post(f"/rounds/{round.pk}/board/{abroad.pk}/{path}/", {"once": "a-key-of-this-form-3"}).status_code == 404
