"""ข่าวของหนังสือทุกสถานะที่ปลายทาง: เขียนอะไรในเรื่องติดตามของหน่วยงาน เปลี่ยนอะไร และไม่เปลี่ยนอะไร.

What every state of a letter at its receiver writes on the office's follow-up, what it changes there and what not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.letters import followers
from phrom.letters.actions.answering import mark_answered
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.statuses import RecipientMovedOn, Said, mark
from phrom.letters.followers import News
from phrom.letters.models import Letter, Recipient, RecipientState, Via
from phrom.meetings.actions.follow_ups import answer, close, return_
from phrom.meetings.actions.resolution_letters import Asked, write_letter
from phrom.meetings.models import FollowUp, FollowUpNote, NoteKind, Resolution
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.letters import make_office
from tests.factories.meetings import HELD, make_item, make_meeting, make_resolution

pytestmark = pytest.mark.django_db
S = RecipientState
AT = HELD + timedelta(days=1)
DUE = date(2024, 6, 21)
NUMBER = "ชม 0017.2/1"


@dataclass
class Sent:
    """A letter of a resolution to one office, as it stands at its receiver."""

    resolution: Resolution
    agency: Agency
    coordinator: Person
    clerk: Person
    letter: Letter

    @property
    def line(self) -> FollowUp:
        return FollowUp.objects.get(resolution=self.resolution, agency=self.agency)

    @property
    def newest(self) -> FollowUpNote:
        return self.line.notes.latest("id")

    def becomes(self, state: RecipientState, reason: str = "", number: str = "") -> Recipient:
        said = Said(reason=reason, accept_number=number, accepted_on=AT.date() if number else None)
        return mark(recipient=self.letter.recipients.get(), state=state, at=AT, by=self.clerk, said=said)

    def stands(self, state: RecipientState) -> None:
        """Put the row there without telling anybody."""
        self.letter.recipients.update(state=state)


def sent(to_know: bool = False) -> Sent:
    body = make_body()
    own = make_agency(body, "สำนักงานจังหวัดเชียงใหม่", AgencyKind.PROVINCIAL_OFFICE)
    make_member(own, "head", "นายสมชาติ ทองดี")
    make_office(own)
    agency = make_agency(body, "สำนักงานเกษตรจังหวัดเชียงใหม่")
    coordinator, clerk = make_member(own, "coordinator"), make_member(agency, "clerk", "นายเกษตร รับหนังสือ")
    resolution = make_resolution(make_item(make_meeting(body)))
    asked = Asked((agency,), "สำรวจระบบงานและรายงานผล", DUE, to_know=to_know)
    letter = write_letter(resolution=resolution, asked=asked, by=coordinator, at=AT)
    return Sent(resolution, agency, coordinator, clerk, issue_letter(letter=letter, by=coordinator, at=AT))


@pytest.fixture
def asked(db: None) -> Sent:
    return sent()


@pytest.fixture
def told_only(db: None) -> Sent:
    return sent(to_know=True)


@pytest.mark.parametrize(
    ("before", "state", "kind", "words"),
    [
        (S.QUEUED, S.DELIVERED, NoteKind.LETTER, f"ส่งหนังสือที่ {NUMBER} แล้ว รอหน่วยงานลงรับ"),
        (S.DELIVERED, S.ACCEPTED, NoteKind.LETTER, f"ลงรับหนังสือที่ {NUMBER} เลขรับ 45 เมื่อ 12 มิ.ย. 2567"),
        (S.DELIVERED, S.REJECTED, NoteKind.LETTER_BACK, f"หน่วยงานปฏิเสธหนังสือที่ {NUMBER}: ส่งผิด ผู้ประสานงานต้องดำเนินการ"),
        (S.DELIVERED, S.INVALID, NoteKind.LETTER_BACK, f"หน่วยงานแจ้งว่าหนังสือผิด ที่ {NUMBER}: ส่งผิด ผู้ประสานงานต้องดำเนินการ"),
        (S.QUEUED, S.EXPIRED, NoteKind.LETTER_BACK, f"ส่งไม่ถึงในกำหนด หนังสือที่ {NUMBER}: ส่งผิด ผู้ประสานงานต้องดำเนินการ"),
        (S.DELIVERED, S.RECALLED, NoteKind.LETTER_BACK, f"เรียกคืนแล้ว หนังสือที่ {NUMBER}: ส่งผิด ผู้ประสานงานต้องดำเนินการ"),
    ],
)
def test_each_state_is_one_note_in_words_and_leaves_the_matter_open(
    asked: Sent, before: RecipientState, state: RecipientState, kind: NoteKind, words: str
) -> None:
    asked.stands(before)
    notes = asked.line.notes.count()
    number, reason = ("45", "") if state == S.ACCEPTED else ("", "ส่งผิด")
    asked.becomes(state, reason, number)
    assert (asked.newest.kind, asked.newest.text, asked.newest.made_by) == (kind, words, asked.clerk)
    assert asked.line.notes.count() == notes + 1
    assert asked.line.is_open and asked.line.answered_at is None


@pytest.mark.parametrize("state", [S.QUEUED, S.SENDING])
def test_steps_on_the_way_are_nobodys_news(asked: Sent, state: RecipientState) -> None:
    asked.stands(S.QUEUED if state == S.SENDING else S.EXPIRED)
    notes = asked.line.notes.count()
    asked.becomes(state)
    assert asked.line.notes.count() == notes


def test_the_same_state_again_is_told_once(asked: Sent) -> None:
    asked.becomes(S.ACCEPTED, number="45")
    notes = asked.line.notes.count()
    asked.becomes(S.ACCEPTED, number="45")
    assert asked.line.notes.count() == notes


def test_another_number_of_acceptance_is_told_again(asked: Sent) -> None:
    asked.becomes(S.ACCEPTED, number="45")
    asked.becomes(S.ACCEPTED, number="46")
    assert "เลขรับ 46" in asked.newest.text


def test_what_was_recalled_cannot_be_accepted_and_the_matter_says_so(asked: Sent) -> None:
    asked.becomes(S.RECALLED, "พิมพ์ผิด")
    notes = asked.line.notes.count()
    with pytest.raises(RecipientMovedOn):
        asked.becomes(S.ACCEPTED, number="45")
    assert asked.line.notes.count() == notes and "เรียกคืนแล้ว" in asked.newest.text


def test_what_was_recalled_after_all_to_know_does_not_close(told_only: Sent) -> None:
    told_only.becomes(S.RECALLED, "พิมพ์ผิด")
    with pytest.raises(RecipientMovedOn):
        told_only.becomes(S.ACCEPTED, number="45")
    assert told_only.line.is_open


def answered(sent: Sent, number: str, words: str = "รายงานผล") -> None:
    mark_answered(recipient=sent.letter.recipients.get(), number=number, at=AT, by=sent.clerk, words=words)


def test_an_answer_answers_the_matter_and_waits_to_be_checked(asked: Sent) -> None:
    answered(asked, "กษ 12/9")
    assert asked.line.waits_for_check and asked.line.answered_by == asked.clerk
    assert (asked.newest.kind, asked.newest.text) == (NoteKind.ANSWERED, "ตอบตามหนังสือที่ กษ 12/9 รายงานผล")


def test_the_same_answer_twice_is_one_and_a_second_one_is_told_beside_it(asked: Sent) -> None:
    for number in ("9", "9", "10"):
        answered(asked, number)
    kinds = [note.kind for note in asked.line.notes.order_by("id")][-2:]
    assert kinds == [NoteKind.ANSWERED, NoteKind.LETTER]
    assert asked.newest.text.startswith("ตอบตามหนังสือที่ 10")
    assert asked.line.waits_for_check


def test_an_answer_after_the_coordinator_asked_for_more_answers_again(asked: Sent) -> None:
    answered(asked, "9")
    return_(follow_up=asked.line, reason="ขอหลักฐานเพิ่ม", by=asked.coordinator, at=AT)
    answered(asked, "10")
    assert asked.line.waits_for_check and asked.newest.kind == NoteKind.ANSWERED


def test_an_answer_to_a_closed_matter_is_told_and_opens_nothing(asked: Sent) -> None:
    close(follow_up=asked.line, because="ถอนเรื่องแล้ว", by=asked.coordinator, at=AT)
    answered(asked, "9")
    assert not asked.line.is_open and asked.newest.kind == NoteKind.LETTER


def test_an_office_that_reported_on_the_screen_is_not_answered_twice_by_its_letter(asked: Sent) -> None:
    answer(follow_up=asked.line, text="รายงานแล้วทางหน้าจอ", by=asked.clerk, at=AT)
    at = asked.line.answered_at
    answered(asked, "9")
    assert asked.line.answered_at == at and asked.newest.kind == NoteKind.LETTER


@pytest.mark.parametrize("state", [S.REJECTED, S.INVALID, S.EXPIRED, S.RECALLED])
def test_what_comes_back_does_not_close_a_letter_that_only_makes_known(told_only: Sent, state: RecipientState) -> None:
    told_only.stands(S.QUEUED if state == S.EXPIRED else S.DELIVERED)
    told_only.becomes(state, "ผิด")
    assert told_only.line.is_open


def test_to_know_closes_once_by_who_accepted_it_and_says_why(told_only: Sent) -> None:
    told_only.becomes(S.ACCEPTED, number="45")
    told_only.becomes(S.ACCEPTED, number="46")
    line = told_only.line
    assert (line.is_open, line.closed_by, line.closed_at) == (False, told_only.clerk, AT)
    assert line.closed_because.endswith("(หนังสือแจ้งให้ทราบ ไม่ต้องรายงาน)") and "เลขรับ 45" in line.closed_because
    assert [note.kind for note in line.notes.all()].count(NoteKind.CLOSED) == 1


def test_a_very_long_reason_does_not_keep_a_clerk_from_refusing(asked: Sent) -> None:
    asked.becomes(S.REJECTED, "เหตุผล" * 400)
    assert asked.newest.kind == NoteKind.LETTER_BACK and len(asked.newest.text) > 2000


def test_a_very_long_number_does_not_keep_a_clerk_from_accepting(told_only: Sent) -> None:
    told_only.becomes(S.ACCEPTED, number="9" * 60)
    assert len(told_only.line.closed_because) <= 500


def test_the_news_of_an_office_elsewhere_write_on_no_line(asked: Sent) -> None:
    elsewhere = Recipient.objects.create(
        letter=asked.letter, via=Via.PEER, name="สำนักงานจังหวัดลำพูน", position=9, state=S.DELIVERED
    )
    notes = FollowUpNote.objects.count()
    mark(recipient=elsewhere, state=S.ACCEPTED, at=AT, said=Said(accept_number="1", accepted_on=AT.date()))
    assert FollowUpNote.objects.count() == notes


@pytest.mark.parametrize("state", [S.ACCEPTED, S.REJECTED, S.INVALID, S.RECALLED])
def test_a_follower_that_refuses_undoes_every_kind_of_act(
    asked: Sent, state: RecipientState, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(news: News) -> None:
        raise Refusal("ไม่ได้ ไม่มีอะไรเปลี่ยน", "No. Nothing was changed.")

    monkeypatch.setattr(followers, "FOLLOWERS", [*followers.FOLLOWERS, refuse])
    kept = (FollowUpNote.objects.count(), list(FollowUp.objects.values()), list(Recipient.objects.values()))
    with pytest.raises(Refusal):
        asked.becomes(state, "ผิด", "45" if state == S.ACCEPTED else "")
    assert (FollowUpNote.objects.count(), list(FollowUp.objects.values()), list(Recipient.objects.values())) == kept


def test_an_answer_is_undone_too_when_a_follower_refuses(asked: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(news: News) -> None:
        raise Refusal("ไม่ได้ ไม่มีอะไรเปลี่ยน", "No. Nothing was changed.")

    monkeypatch.setattr(followers, "FOLLOWERS", [*followers.FOLLOWERS, refuse])
    with pytest.raises(Refusal):
        answered(asked, "9")
    assert asked.letter.recipients.get().answered_at is None and asked.line.answered_at is None
