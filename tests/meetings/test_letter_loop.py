"""The loop: a resolution becomes a letter, what its receivers do stands on their follow-ups, and the answer comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.letters import followers
from phrom.letters.actions.answering import start_answer
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.recalling import recall
from phrom.letters.actions.receiving import accept, reject
from phrom.letters.followers import News
from phrom.letters.models import Incoming, Letter, LetterKind, Office, Recipient, RecipientState, Secrecy
from phrom.meetings.actions.follow_ups import FollowUpRefused, close
from phrom.meetings.actions.letters import follow_letter
from phrom.meetings.actions.resolution_letters import Asked, write_letter
from phrom.meetings.models import FollowUp, FollowUpNote, NoteKind, Resolution
from phrom.meetings.open_matters import followed
from phrom.meetings.sent import resolution_in, sent_of, word_for
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_agency, make_body, make_member, make_post
from tests.factories.letters import make_office
from tests.factories.meetings import HELD, make_item, make_meeting, make_resolution

DUE = date(2024, 6, 21)
AT = HELD + timedelta(days=1)
TASK = "สำรวจระบบงานของหน่วยงานและรายงานผล"


@dataclass
class Province:
    """A province with its own office, a resolution, 22 offices and 5 local governments, each with a clerk."""

    body: Agency
    office: Office
    coordinator: Person
    resolution: Resolution
    offices: list[Agency]
    locals: list[Agency]
    clerks: dict[int, Person]


@pytest.fixture
def province(db: None) -> Province:
    body = make_body()
    own = make_agency(body, "สำนักงานจังหวัดเชียงใหม่", AgencyKind.PROVINCIAL_OFFICE)
    make_member(own, "head", "นายสมชาติ ทองดี")
    make_post(own, "หัวหน้าสำนักงานจังหวัดเชียงใหม่", is_head=True)
    offices = [make_agency(body) for _ in range(22)]
    local = [make_agency(body, f"เทศบาลตำบลตัวอย่างที่ {n}", AgencyKind.LOCAL_GOVERNMENT) for n in range(5)]
    clerks = {each.pk: make_member(each, "clerk", f"เจ้าหน้าที่สารบรรณของ{each.name}") for each in (*offices, *local)}
    resolution = make_resolution(make_item(make_meeting(body)))
    coordinator = make_member(own, "coordinator", "นางสาวคำแก้ว ใจดี")
    return Province(body, make_office(own), coordinator, resolution, offices, local, clerks)


def drafted(province: Province, *agencies: Agency, to_know: bool = False) -> Letter:
    asked = Asked(tuple(agencies), TASK, DUE, to_know=to_know)
    return write_letter(resolution=province.resolution, asked=asked, by=province.coordinator, at=AT)


def issued(province: Province, *agencies: Agency, to_know: bool = False) -> Letter:
    return issue_letter(letter=drafted(province, *agencies, to_know=to_know), by=province.coordinator, at=AT)


def tray(agency: Agency) -> Incoming:
    return Incoming.objects.get(office__agency=agency)


def line(province: Province, agency: Agency) -> FollowUp:
    return FollowUp.objects.get(resolution=province.resolution, agency=agency)


def newest(province: Province, agency: Agency) -> FollowUpNote:
    return line(province, agency).notes.latest("id")


def test_the_draft_says_the_resolution_in_the_form_of_the_regulation(province: Province) -> None:
    letter = drafted(province, *province.offices, *province.locals)
    because, asked, end = letter.text.splitlines()
    assert because.startswith("ตามที่") and "ครั้งที่ 1/2567 เมื่อวันอังคารที่ 11 มิถุนายน 2567" in because and because.endswith("นั้น")
    assert f"มีมติเห็นชอบ ความว่า “{province.resolution.text}”" in because
    assert TASK in asked and asked.endswith("ภายในวันที่ 21 มิถุนายน 2567")
    assert end == "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ"
    assert (letter.is_circular, letter.kind, letter.answer_by) == (True, LetterKind.EXTERNAL, DUE)
    assert letter.addressed_to == "หัวหน้าส่วนราชการและผู้บริหารองค์กรปกครองส่วนท้องถิ่น"
    assert (letter.signer_name, letter.signer_position) == ("นายสมชาติ ทองดี", "หัวหน้าสำนักงานจังหวัดเชียงใหม่")
    assert letter.office == province.office and not letter.is_issued


@pytest.mark.parametrize(
    ("local", "kind", "whom"),
    [(False, LetterKind.MEMO, "หัวหน้า"), (True, LetterKind.EXTERNAL, "ผู้บริหาร")],
    ids=["office", "local"],
)
def test_one_office_gets_a_memo_and_a_local_government_a_letter(province: Province, local: bool, kind: str, whom: str) -> None:
    to = province.locals[0] if local else province.offices[0]
    letter = drafted(province, to)
    assert (letter.kind, letter.is_circular, letter.addressed_to) == (kind, False, f"{whom}{to.name}")


def test_offices_without_a_line_get_one_and_the_others_keep_theirs(province: Province) -> None:
    drafted(province, province.offices[0])
    before = line(province, province.offices[0])
    drafted(province, *province.offices[:3], province.locals[0])
    assert FollowUp.objects.filter(resolution=province.resolution).count() == 4
    assert line(province, province.offices[0]).pk == before.pk
    assert {each.due_on for each in FollowUp.objects.all()} == {DUE}


def test_nobody_to_write_to_is_refused_and_makes_nothing(province: Province) -> None:
    with pytest.raises(FollowUpRefused):
        drafted(province)
    assert not Letter.objects.exists()


def test_an_office_of_another_province_is_refused_and_makes_nothing(province: Province) -> None:
    with pytest.raises(FollowUpRefused):
        drafted(province, make_agency(make_body(name="จังหวัดลำพูน")))
    assert not Letter.objects.exists() and not FollowUp.objects.exists()


def test_from_the_resolution_to_the_closed_follow_up(province: Province) -> None:
    """A circular to 22 + 5: accepted by own numbers, one returned, one recalled, one late, one answers and is closed."""
    letter = issued(province, *province.offices, *province.locals)
    assert letter.entry is not None and "/ว 1" in letter.entry.number_text
    first, second, third, fourth, *others = province.offices
    for agency in (first, *others, *province.locals):
        accept(incoming=tray(agency), by=province.clerks[agency.pk], at=AT)
    reject(incoming=tray(second), because="ส่งผิดหน่วยงาน", by=province.clerks[second.pk], at=AT)
    to_third = Recipient.objects.get(letter=letter, office__agency=third)
    recall(recipient=to_third, because="พิมพ์ชื่อผู้รับผิด", by=province.coordinator, at=AT)

    assert newest(province, first).text == "ลงรับหนังสือที่ ชม 0017.2/ว 1 เลขรับ 1 เมื่อ 12 มิ.ย. 2567"
    assert newest(province, first).made_by == province.clerks[first.pk]
    assert newest(province, second).kind == NoteKind.LETTER_BACK
    assert "ส่งผิดหน่วยงาน" in newest(province, second).text
    assert newest(province, second).made_by == province.clerks[second.pk]
    assert "เรียกคืนแล้ว" in newest(province, third).text
    assert newest(province, fourth).text == "ส่งหนังสือที่ ชม 0017.2/ว 1 แล้ว รอหน่วยงานลงรับ"

    answer = start_answer(incoming=tray(first), by=province.clerks[first.pk], at=AT)
    Letter.objects.filter(pk=answer.pk).update(text="ได้สำรวจแล้ว", signer_name="นายเกษตร ใจดี")
    Office.objects.filter(agency=first).update(letter_code="ชม 0101")
    answer.refresh_from_db()
    issue_letter(letter=answer, by=province.clerks[first.pk], at=AT + timedelta(days=2))
    done = line(province, first)
    assert done.waits_for_check and done.answered_by == province.clerks[first.pk]
    assert newest(province, first).text.startswith("ตอบตามหนังสือที่ ชม 0101/1 ")
    close(follow_up=done, because="ครบถ้วนตามมติ", by=province.coordinator, at=AT + timedelta(days=3))

    (found,) = followed(FollowUp.objects.filter(resolution=province.resolution), DUE + timedelta(days=5))
    by_office = {matter.follow_up.agency_id: matter for matter in found.matters}
    assert by_office[first.pk].sent is not None and by_office[first.pk].sent.state == ("done", "ตอบแล้ว")
    assert by_office[fourth.pk].is_late and by_office[fourth.pk].sent.state == ("open", "ถึงปลายทางแล้ว")  # type: ignore[union-attr]
    assert (found.letters, found.accepted, found.done) == (27, 24, 1)


def test_a_letter_that_only_makes_known_closes_the_line_when_it_is_accepted(province: Province) -> None:
    agency = province.offices[0]
    letter = issued(province, agency, to_know=True)
    assert letter.text.splitlines()[-1] == "จึงเรียนมาเพื่อโปรดทราบ" and "รายงานผล" not in letter.text.replace(TASK, "")
    assert line(province, agency).is_open
    accept(incoming=tray(agency), by=province.clerks[agency.pk], at=AT)
    closed = line(province, agency)
    assert not closed.is_open and "เลขรับ 1" in closed.closed_because
    assert closed.closed_by == province.clerks[agency.pk]


def test_a_closed_matter_does_not_keep_a_clerk_from_accepting(province: Province) -> None:
    agency = province.offices[0]
    issued(province, agency)
    close(follow_up=line(province, agency), because="ถอนเรื่องแล้ว", by=province.coordinator, at=AT)
    accept(incoming=tray(agency), by=province.clerks[agency.pk], at=AT)
    assert not line(province, agency).is_open
    assert newest(province, agency).text.startswith("ลงรับหนังสือที่")


def test_a_follower_that_refuses_undoes_the_act(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    agency = province.offices[0]
    issued(province, agency)

    def refuse(news: News) -> None:
        raise Refusal("ไม่ได้ ไม่มีอะไรเปลี่ยน", "No. Nothing was changed.")

    monkeypatch.setattr(followers, "FOLLOWERS", [follow_letter, refuse])
    notes = FollowUpNote.objects.count()
    with pytest.raises(Refusal):
        accept(incoming=tray(agency), by=province.clerks[agency.pk], at=AT)
    assert tray(agency).accepted_at is None and tray(agency).entry is None
    assert Recipient.objects.get(office__agency=agency).state == RecipientState.DELIVERED
    assert FollowUpNote.objects.count() == notes
    assert not province.body.agencies.filter(office__registers__book="receive").exists()


def test_a_secret_letter_leaves_no_word_on_the_follow_up(province: Province) -> None:
    agency = province.offices[0]
    letter = drafted(province, agency)
    Letter.objects.filter(pk=letter.pk).update(secrecy=Secrecy.SECRET)
    issue_letter(letter=letter, by=province.coordinator, at=AT)
    accept(incoming=tray(agency), by=province.clerks[agency.pk], at=AT)
    assert not line(province, agency).notes.exists()
    assert sent_of([province.resolution.pk]) == {}


def test_letters_for_something_else_are_left_alone(province: Province) -> None:
    letter = drafted(province, province.offices[0])
    Letter.objects.filter(pk=letter.pk).update(sent_for="round:1")
    issue_letter(letter=letter, by=province.coordinator, at=AT)
    assert not FollowUpNote.objects.exists()
    Letter.objects.filter(pk=letter.pk).update(sent_for=word_for(10**9))
    accept(incoming=tray(province.offices[0]), by=province.clerks[province.offices[0].pk], at=AT)
    assert not FollowUpNote.objects.exists()


@pytest.mark.parametrize("word", ["", "resolution:", "resolution:x", "resolution:1:2", "round:1", "resolution:" + "9" * 19])
def test_only_our_own_word_names_a_resolution(word: str) -> None:
    assert resolution_in(word) is None
    assert resolution_in(word_for(12)) == 12


def test_where_only_the_system_acted_the_issuer_stands_on_the_note(province: Province) -> None:
    """A letter by eCMS or to a hosted office may expire without anybody's hand."""
    agency = province.offices[0]
    letter = issued(province, agency)
    recipient = letter.recipients.get()
    follow_letter(News(recipient, RecipientState.EXPIRED, AT, None, ""))
    assert newest(province, agency).made_by == province.coordinator
    assert newest(province, agency).kind == NoteKind.LETTER_BACK
