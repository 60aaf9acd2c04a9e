"""G1 and G2 from the system's own orders and meetings: proposed with their papers, saved only when a person confirms."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.committee.models import Order
from phrom.meetings.models import KeptPaper, Meeting, PaperForm
from phrom.shared.files.store import keep_made
from phrom.shared.journal.models import AuditEvent
from phrom.shared.thai.dates import BANGKOK
from phrom.survey.actions.answering import AnswerConflict, save_answer
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.locking import AskLocked
from phrom.survey.actions.proving import ProposalChanged, confirm_proposal
from phrom.survey.models import Answer, AnswerVersion, Ask, AskState, EvidenceLink, Round
from phrom.survey.models.saving import ask_to_save
from phrom.survey.proposals import Proposal, proposal_for
from tests.factories.agencies import make_agency, make_body, make_member, make_person
from tests.factories.committee import make_order
from tests.factories.meetings import make_meeting
from tests.factories.results import EDITION
from tests.factories.survey import make_ask, make_evidence, make_round

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 14, 10, tzinfo=BANGKOK)
G1, G2 = EDITION.by_code["G1"], EDITION.by_code["G2"]


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def office(body: Agency) -> Agency:
    return make_agency(body, "สำนักงานจังหวัดเชียงใหม่", AgencyKind.PROVINCIAL_OFFICE)


@pytest.fixture
def official(office: Agency) -> Person:
    return make_member(office)


@pytest.fixture
def round(body: Agency) -> Round:
    return make_round(body, EDITION)


def file_of(words: bytes) -> Any:
    return keep_made([b"%PDF-1.7 " + words], content_type="application/pdf", at=AT)


def order_of(body: Agency, number: int, effective: date, **more: object) -> Order:
    given: dict[str, object] = {"effective_on": effective, "file": file_of(str(number).encode()), "file_name": f"{number}.pdf"}
    return make_order(body, number, effective, **{**given, **more})


def held(body: Agency, when: datetime, number: int = 1) -> Meeting:
    """A meeting recorded with its number, as those of before the system are."""
    meeting = make_meeting(body, number, when.year + 543)
    Meeting.objects.filter(pk=meeting.pk).update(held_at=when)
    meeting.refresh_from_db()
    return meeting


def kept(meeting: Meeting, form: str) -> KeptPaper:
    pdf = file_of(f"{meeting.pk}{form}".encode())
    return KeptPaper.objects.create(
        meeting=meeting, form=form, content={}, sha256="0" * 64, pdf=pdf, made_by=make_person(), made_at=AT
    )


def of(question: Any, body: Agency, at: datetime = AT) -> Proposal:
    found = proposal_for(question, body, at)
    assert found is not None
    return found


# --- what is proposed


def test_rows_that_the_system_cannot_prove_are_left_alone(body: Agency, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert proposal_for(EDITION.by_code["P1.1"], body, AT) is None


def test_the_order_in_force_proves_that_there_is_a_committee(body: Agency) -> None:
    order = order_of(body, 2533, date(2020, 3, 2), year=2563)
    found = of(G1, body)
    assert (found.holds, found.warnings) == (True, ())
    assert [(p.name, p.slot, p.issued_on, p.file) for p in found.papers] == [
        ("2533.pdf", "order", date(2020, 3, 2), order.file)
    ]


@pytest.mark.parametrize(("day", "number"), [(date(2024, 5, 30), "2533.pdf"), (date(2024, 5, 31), "3046.pdf")])
def test_a_replaced_order_proves_nothing_from_the_day_its_successor_holds(body: Agency, day: date, number: str) -> None:
    old = order_of(body, 2533, date(2020, 3, 2), year=2563)
    order_of(body, 3046, date(2024, 5, 31), replaces=old)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=BANGKOK)
    assert [paper.name for paper in of(G1, body, at).papers] == [number]


def test_an_order_that_is_not_in_force_yet_or_of_another_province_proves_nothing(body: Agency) -> None:
    order_of(body, 3046, date(2024, 7, 1))
    order_of(make_body(), 2533, date(2020, 3, 2), year=2563)
    found = of(G1, body)
    assert (found.holds, found.papers) == (False, ())
    assert "ยังไม่มีคำสั่ง" in found.warnings[0]


def test_an_order_without_a_file_is_proposed_with_a_warning(body: Agency) -> None:
    make_order(body)
    found = of(G1, body)
    assert (found.holds, found.papers) == (True, ())
    assert "ยังไม่มีไฟล์" in found.warnings[0]


EDGES = [
    (datetime(2023, 6, 11, 23, 59, tzinfo=BANGKOK), False),
    (datetime(2023, 6, 12, 0, 0, tzinfo=BANGKOK), True),
    (datetime(2024, 6, 11, 13, 30, tzinfo=BANGKOK), True),
    (datetime(2024, 6, 11, 23, 59, tzinfo=BANGKOK), True),
    (datetime(2024, 6, 12, 0, 0, tzinfo=BANGKOK), False),
]


@pytest.mark.parametrize(("when", "counts"), EDGES)
def test_a_meeting_counts_from_the_first_to_the_last_day_of_the_window(body: Agency, when: datetime, counts: bool) -> None:
    held(body, when)
    assert of(G2, body).holds is counts


def test_several_meetings_are_counted_and_named_in_their_order(body: Agency) -> None:
    held(body, datetime(2024, 6, 11, 13, 30, tzinfo=BANGKOK))
    held(body, datetime(2023, 12, 4, 9, tzinfo=BANGKOK), number=2)
    assert of(G2, body).detail == ("จัดประชุม 2 ครั้ง: ครั้งที่ 2/2566 วันที่ 4 ธันวาคม 2566, ครั้งที่ 1/2567 วันที่ 11 มิถุนายน 2567")


INSIDE = datetime(2024, 6, 11, 13, 30, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        ({}, True),
        ({"cancelled_at": AT}, False),
        ({"invited_at": AT}, False),
        ({"invited_at": AT, "opened_at": AT}, False),
        ({"invited_at": AT, "opened_at": AT, "closed_at": AT}, True),
        ({"closed_at": AT, "opened_at": AT, "cancelled_at": AT}, False),
        ({"number": None, "year": None}, False),
    ],
)
def test_only_what_was_held_counts(body: Agency, state: dict[str, object], counts: bool) -> None:
    who = {name.replace("_at", "_by"): make_person() for name in state if name.endswith("_at")}
    meeting = held(body, INSIDE)
    Meeting.objects.filter(pk=meeting.pk).update(**state, **who)
    assert of(G2, body).holds is counts


def test_a_meeting_recorded_ahead_counts_only_when_its_hour_has_come(body: Agency) -> None:
    held(body, INSIDE)
    assert not of(G2, body, INSIDE - timedelta(minutes=1)).holds
    assert of(G2, body, INSIDE).holds


def test_without_a_meeting_there_is_a_warning_and_what_is_planned_is_named(body: Agency) -> None:
    found = of(G2, body)
    assert found.warnings == ("ยังไม่มีการประชุมที่จัดแล้วในช่วง 12 มิ.ย. 2566 ถึง 11 มิ.ย. 2567 ข้อนี้จึงยังไม่มีอะไรยืนยัน",)
    held(body, INSIDE)
    early = of(G2, body, INSIDE - timedelta(days=3))
    assert early.warnings[1].startswith("มีนัดประชุมวันที่ 11 มิ.ย. 2567")


def test_the_kept_papers_of_the_meetings_are_the_evidence_with_the_day_they_carry(body: Agency) -> None:
    meeting = held(body, INSIDE)
    assert "ยังไม่มีฉบับที่รับรองแล้ว" in of(G2, body).warnings[0]
    Meeting.objects.filter(pk=meeting.pk).update(letter_date=date(2024, 6, 3))
    kept(meeting, PaperForm.INVITATION)
    kept(meeting, PaperForm.AGENDA)
    kept(meeting, PaperForm.MINUTES)
    found = of(G2, body)
    assert ([(p.slot, p.issued_on) for p in found.papers], found.warnings) == (
        [("call", date(2024, 6, 3)), ("call", date(2024, 6, 11)), ("minutes", date(2024, 6, 11))],
        (),
    )


@pytest.mark.parametrize("meetings", [1, 12])
def test_proving_costs_three_queries(body: Agency, meetings: int, django_assert_max_num_queries: Any) -> None:
    for number in range(1, meetings + 1):
        kept(held(body, INSIDE - timedelta(days=20 * number), number=number), PaperForm.MINUTES)
    with django_assert_max_num_queries(3):
        assert len(of(G2, body).papers) == meetings


# --- what is confirmed


def ask_of(round: Round, office: Agency, code: str = "G2") -> Ask:
    found = Ask.objects.filter(round=round, agency=office, code=code).first() or make_ask(round, office, code)
    ask = ask_to_save(found.pk)
    assert ask is not None
    return ask


def confirm(ask: Ask, by: Person, version: int = 0, seen: str = "") -> int:
    mark = seen or of(EDITION.by_code[ask.code], ask.round.body).mark
    return confirm_proposal(ask=ask, seen=mark, version=version, by=by, at=AT)


def test_confirming_saves_answer_and_evidence_through_the_usual_acts(
    body: Agency, round: Round, office: Agency, official: Person
) -> None:
    kept(held(body, INSIDE), PaperForm.MINUTES)
    assert confirm(ask_of(round, office), official) == 1
    answer = Answer.objects.get()
    assert (answer.content["value"], answer.by) == (True, official)
    assert answer.content["detail"].startswith("จัดประชุม 1 ครั้ง")
    link = EvidenceLink.objects.get()
    assert (link.slot, link.evidence.issued_on, link.added_by) == ("minutes", date(2024, 6, 11), official)
    assert set(AuditEvent.objects.values_list("event", flat=True)) == {"answer.saved", "evidence.added"}


def test_confirming_again_changes_nothing(body: Agency, round: Round, office: Agency, official: Person) -> None:
    order_of(body, 3046, date(2024, 5, 31))
    confirm(ask_of(round, office, "G1"), official)
    told = AuditEvent.objects.count()
    assert confirm(ask_of(round, office, "G1"), official, version=1) == 0
    assert (AnswerVersion.objects.count(), EvidenceLink.objects.count(), AuditEvent.objects.count()) == (1, 1, told)


@pytest.mark.parametrize("seen", ["0" * 32, "x"])
def test_a_proposal_that_changed_is_not_saved_unread(
    body: Agency, round: Round, office: Agency, official: Person, seen: str
) -> None:
    held(body, INSIDE)
    with pytest.raises(ProposalChanged):
        confirm(ask_of(round, office), official, seen=seen)
    assert not Answer.objects.exists()


def test_a_meeting_cancelled_after_the_page_was_opened_is_not_confirmed(
    body: Agency, round: Round, office: Agency, official: Person
) -> None:
    meeting = held(body, INSIDE)
    seen = of(G2, body).mark
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at=AT, cancelled_by=official)
    with pytest.raises(ProposalChanged):
        confirm(ask_of(round, office), official, seen=seen)


def test_a_row_that_cannot_be_proved_takes_no_confirmation(round: Round, office: Agency, official: Person) -> None:
    with pytest.raises(ProposalChanged):
        confirm_proposal(ask=ask_of(round, office, "P1.1"), seen="", version=0, by=official, at=AT)


def test_what_a_colleague_saved_meanwhile_is_not_replaced_but_ones_own_is(
    body: Agency, round: Round, office: Agency, official: Person
) -> None:
    held(body, INSIDE)
    save_answer(ask=ask_of(round, office), content={"value": False}, version=0, by=make_member(office), at=AT)
    with pytest.raises(AnswerConflict):
        confirm(ask_of(round, office), official)
    confirm(ask_of(round, office), official, version=1)
    save_answer(ask=ask_of(round, office), content={"value": False}, version=2, by=official, at=AT)
    confirm(ask_of(round, office), official, version=2)
    assert Answer.objects.get().version == 4


def test_when_the_evidence_is_refused_the_answer_is_not_kept_either(
    body: Agency, round: Round, office: Agency, official: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(held(body, INSIDE), PaperForm.MINUTES)
    ask = ask_of(round, office)

    def refuse(**_more: object) -> None:
        raise AskLocked(ask, None)

    monkeypatch.setattr("phrom.survey.actions.proving.attach_stored", refuse)
    with pytest.raises(AskLocked):
        confirm(ask, official)
    assert not Answer.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_sent_row_and_a_frozen_round_take_nothing(body: Agency, round: Round, office: Agency, official: Person) -> None:
    held(body, INSIDE)
    ask = ask_of(round, office)
    Ask.objects.update(state=AskState.SUBMITTED)
    with pytest.raises(AskLocked):
        confirm(ask, official)
    Ask.objects.update(state=AskState.OPEN)
    Round.objects.update(frozen_at=AT, frozen_by=official)
    with pytest.raises(RoundClosed):
        confirm(ask, official)


# --- on the page


def open_page(client: Client, round: Round, office: Agency) -> Any:
    return client.get(f"/rounds/{round.pk}/agencies/{office.pk}/sections/g-1/")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phrom.shared.thai.clock.timezone.now", lambda: AT)


@pytest.mark.usefixtures("today")
def test_the_page_proposes_and_nothing_is_saved_until_somebody_confirms(
    client: Client, body: Agency, round: Round, office: Agency, official: Person
) -> None:
    kept(held(body, INSIDE), PaperForm.MINUTES)
    ask = ask_of(round, office)
    client.force_login(official)
    page = open_page(client, round, office)
    assert "จากข้อมูลในระบบ" in page.content.decode()
    assert not Answer.objects.exists()
    row = page.context["page"].rows[0]
    data = {"seen": row.proposal.mark, "version": row.version, "once": "k" * 20}
    for _ in range(2):
        answer = client.post(f"/asks/{ask.pk}/proposal/", data)
        assert answer.headers["Location"].endswith(f"#a{ask.pk}")
    assert (AnswerVersion.objects.count(), EvidenceLink.objects.count()) == (1, 1)
    again = open_page(client, round, office)
    assert again.context["page"].rows[0].confirmed
    assert "ตรงกับที่บันทึกไว้แล้ว" in again.content.decode()
    assert f'id="p{ask.pk}"' not in again.content.decode()


@pytest.mark.usefixtures("today")
def test_the_page_warns_when_no_meeting_lies_in_the_window(
    client: Client, body: Agency, round: Round, office: Agency, official: Person
) -> None:
    ask = ask_of(round, office)
    client.force_login(official)
    page = open_page(client, round, office).content.decode()
    assert "ยังไม่มีการประชุมที่จัดแล้ว" in page
    assert f'form="p{ask.pk}"' not in page


@pytest.mark.usefixtures("today")
def test_readers_and_sent_rows_see_no_proposal(
    client: Client, body: Agency, round: Round, office: Agency, official: Person
) -> None:
    held(body, INSIDE)
    ask = ask_of(round, office)
    client.force_login(make_member(body, "auditor"))
    assert "จากข้อมูลในระบบ" not in open_page(client, round, office).content.decode()
    assert client.post(f"/asks/{ask.pk}/proposal/", {"once": "k" * 20}).status_code == 404
    Ask.objects.update(state=AskState.SUBMITTED)
    client.force_login(official)
    assert "จากข้อมูลในระบบ" not in open_page(client, round, office).content.decode()


@pytest.mark.usefixtures("today")
def test_own_evidence_beside_the_proposed_one_stays(
    client: Client, body: Agency, round: Round, office: Agency, official: Person
) -> None:
    order_of(body, 3046, date(2024, 5, 31))
    ask = ask_of(round, office, "G1")
    make_evidence(ask)
    confirm(ask, official)
    assert EvidenceLink.objects.filter(removed_at=None).count() == 2
