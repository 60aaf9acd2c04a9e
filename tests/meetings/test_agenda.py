"""Making the agenda: heads from a template, items with numbers after their places, late and withdrawn ones, freezing."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions.agenda import (
    AgendaRefused,
    add_item,
    edit_item,
    lay_heads,
    move_item,
    remove_item,
    withdraw_item,
)
from phrom.meetings.actions.freezing import freeze_agenda
from phrom.meetings.actions.papers import edit_text, move_paper, put_text, remove_paper
from phrom.meetings.actions.standing import MeetingStands, ReasonMissing
from phrom.meetings.heads import head_templates
from phrom.meetings.models import HeadKind, Meeting, Paper
from phrom.meetings.papers.agenda import agenda_document
from phrom.meetings.papers.hashing import paper_sha256
from phrom.shared.documents.canonical import from_json, sha256_of
from phrom.shared.files.store import read
from tests.factories.agencies import make_body, make_member
from tests.factories.calling import CALLED, HELD, head_of, make_called, make_committee, make_invited

pytestmark = pytest.mark.django_db
AS_OF_1_2567 = ["เรื่องประธานแจ้งที่ประชุมทราบ", "เรื่องเพื่อทราบ", "เรื่องเพื่อพิจารณา", "เรื่องอื่นๆ (ถ้ามี)"]


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def by(body: Agency) -> Person:
    return make_member(body, "coordinator")


def listed(meeting: Meeting) -> list[str]:
    """The agenda as people read it."""
    return [str(item) for item in meeting.items.all()]


def under(meeting: Meeting, number: str, *titles: str, by: Person) -> None:
    for title in titles:
        add_item(meeting=meeting, head=head_of(meeting, number), title=title, by=by, at=CALLED)


def test_the_two_customs_are_data() -> None:
    standard, first = head_templates().values()
    assert [head.kind for head in standard.heads] == [
        HeadKind.CHAIR_INFORMS,
        HeadKind.ADOPTION,
        HeadKind.FOLLOW_UP,
        HeadKind.CONSIDERATION,
        HeadKind.OTHER,
    ]
    assert [head.title for head in first.heads] == AS_OF_1_2567


def test_an_agenda_begins_with_the_heads_of_a_template_once(body: Agency, by: Person) -> None:
    meeting = make_called(body, by)
    assert listed(meeting) == [f"{number} {title}" for number, title in enumerate(AS_OF_1_2567, 1)]
    with pytest.raises(MeetingStands):
        lay_heads(meeting=meeting, template="standard", by=by, at=CALLED)
    with pytest.raises(AgendaRefused):
        lay_heads(meeting=make_called(body, by, heads=""), template="other", by=by, at=CALLED)


def test_items_are_numbered_under_their_heads_in_the_order_of_the_paper(body: Agency, by: Person) -> None:
    meeting = make_called(body, by)
    under(meeting, "3", "ก", "ข", by=by)
    under(meeting, "2", " ค  ง ", by=by)
    assert [text.split()[0] for text in listed(meeting)] == ["1", "2", "2.1", "3", "3.1", "3.2", "4"]
    assert "2.1 ค ง" in listed(meeting)
    assert [item.position for item in meeting.items.all()] == [1, 2, 3, 4, 5, 6, 7]


def test_an_item_says_what_its_head_says_about_resolutions(body: Agency, by: Person) -> None:
    meeting = make_called(body, by)
    under(meeting, "2", "ทราบ", by=by)
    under(meeting, "3", "พิจารณา", by=by)
    assert [head_of(meeting, number).resolves for number in ("2.1", "3.1")] == [False, True]


def test_moving_up_and_down_renumbers_and_stops_at_the_ends(body: Agency, by: Person) -> None:
    meeting = make_called(body, by)
    under(meeting, "3", "ก", "ข", "ค", by=by)
    assert move_item(item=head_of(meeting, "3.3"), up=True, by=by, at=CALLED).number == "3.2"
    assert move_item(item=head_of(meeting, "3.1"), up=True, by=by, at=CALLED).number == "3.1"
    assert [text for text in listed(meeting) if text.startswith("3.")] == ["3.1 ก", "3.2 ค", "3.3 ข"]
    move_item(item=head_of(meeting, "3"), up=True, by=by, at=CALLED)
    assert [text for text in listed(meeting) if text.startswith("2")] == ["2 เรื่องเพื่อพิจารณา", "2.1 ก", "2.2 ค", "2.3 ข"]


def test_before_the_invitation_an_item_goes_without_a_trace(body: Agency, by: Person) -> None:
    meeting = make_called(body, by)
    under(meeting, "3", "ก", "ข", by=by)
    put_text(item=head_of(meeting, "3.1"), text="ความเป็นมา", by=by, at=CALLED)
    with pytest.raises(AgendaRefused):
        remove_item(item=head_of(meeting, "3"), by=by, at=CALLED)
    remove_item(item=head_of(meeting, "3.1"), by=by, at=CALLED)
    assert "3.1 ข" in listed(meeting)


def test_after_the_invitation_late_and_withdrawn_items_have_their_reason(body: Agency, by: Person) -> None:
    meeting = make_invited(body, by)
    with pytest.raises(MeetingStands):
        remove_item(item=head_of(meeting, "3.1"), by=by, at=CALLED)
    with pytest.raises(ReasonMissing):
        under(meeting, "3", "เรื่องด่วน", by=by)
    late = add_item(meeting=meeting, head=head_of(meeting, "3"), title="เรื่องด่วน", reason="เพิ่งได้รับสั่งการ", by=by, at=CALLED)
    assert (late.number, late.late_because) == ("3.3", "เพิ่งได้รับสั่งการ")
    gone = withdraw_item(item=head_of(meeting, "3.1"), reason="ข้อมูลยังไม่ครบ", by=by, at=CALLED)
    assert (gone.number, gone.withdrawn_by) == ("3.1", by)
    assert [text.split()[0] for text in listed(meeting)][-4:] == ["3.1", "3.2", "3.3", "4"]
    with pytest.raises(MeetingStands):
        withdraw_item(item=gone, reason="อีกครั้งหนึ่ง", by=by, at=CALLED)
    with pytest.raises(MeetingStands):
        put_text(item=gone, text="เพิ่มเติม", by=by, at=CALLED)
    assert "(ถอนระเบียบวาระนี้)" in str(agenda_document(meeting))


def test_a_frozen_agenda_is_kept_with_the_hash_of_every_paper(body: Agency, by: Person) -> None:
    meeting = make_invited(body, by)
    kept = freeze_agenda(meeting=meeting, by=by, at=HELD)
    meeting.refresh_from_db()
    assert (meeting.agenda_frozen_by, meeting.agenda_frozen_at) == (by, HELD)
    assert sha256_of(from_json(kept.content)) == kept.sha256
    assert from_json(kept.content) == agenda_document(meeting)
    assert b"".join(read(kept.pdf)).startswith(b"%PDF-")
    papers = list(Paper.objects.filter(item__meeting=meeting))
    assert papers
    assert [paper.sha256 for paper in papers] == [paper_sha256(paper) for paper in papers]
    assert not meeting.items.filter(frozen_in=None).exists()


def test_no_paper_of_a_frozen_agenda_changes_any_more(body: Agency, by: Person) -> None:
    meeting = make_invited(body, by)
    freeze_agenda(meeting=meeting, by=by, at=HELD)
    item = head_of(meeting, "3.1")
    paper = item.papers.get()
    acts = (
        lambda: put_text(item=item, text="เพิ่ม", by=by, at=HELD),
        lambda: edit_text(paper=paper, text="แก้", seen=paper.version, by=by, at=HELD),
        lambda: move_paper(paper=paper, up=True, by=by, at=HELD),
        lambda: remove_paper(paper=paper, by=by, at=HELD),
        lambda: edit_item(item=item, title="อื่น", presenter="", resolves=False, by=by, at=HELD),
        lambda: move_item(item=item, up=False, by=by, at=HELD),
        lambda: freeze_agenda(meeting=meeting, by=by, at=HELD),
    )
    before = list(Paper.objects.values())
    for act in acts:
        with pytest.raises(MeetingStands):
            act()
    assert list(Paper.objects.values()) == before
    assert meeting.kept_papers.filter(form="agenda").count() == 1


def test_what_is_changed_behind_its_back_no_longer_has_its_hash(body: Agency, by: Person) -> None:
    meeting = make_invited(body, by)
    freeze_agenda(meeting=meeting, by=by, at=HELD)
    paper = head_of(meeting, "3.1").papers.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_paper SET text = text || ' ' WHERE id = %s", [paper.pk])
    paper.refresh_from_db()
    assert paper_sha256(paper) != paper.sha256


def test_what_comes_after_the_freezing_is_a_supplement(body: Agency, by: Person) -> None:
    meeting = make_invited(body, by)
    first = freeze_agenda(meeting=meeting, by=by, at=HELD)
    late = add_item(meeting=meeting, head=head_of(meeting, "3"), title="เรื่องด่วน", reason="เพิ่งได้รับ", by=by, at=HELD)
    put_text(item=late, text="รายละเอียด", by=by, at=HELD)
    second = freeze_agenda(meeting=meeting, by=by, at=HELD)
    late.refresh_from_db()
    assert (late.number, late.frozen_in) == ("3.3", second)
    assert head_of(meeting, "3.1").frozen_in == first
    assert "(เพิ่มเติม)" in second.content["title"]
    assert "เรื่องด่วน" in str(second.content)
    assert "เรื่องด่วน" not in str(first.content)
    assert withdraw_item(item=head_of(meeting, "3.2"), reason="ขอถอนก่อน", by=by, at=HELD).number == "3.2"


def test_the_agenda_is_not_frozen_before_it_has_its_number(body: Agency, by: Person) -> None:
    with pytest.raises(MeetingStands, match="หนังสือเชิญ"):
        freeze_agenda(meeting=make_called(body, by), by=by, at=HELD)


changes = st.lists(
    st.tuples(st.sampled_from(["add", "up", "down", "remove", "withdraw"]), st.integers(0, 9)), min_size=1, max_size=25
)


@given(changes, st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_moved_the_numbers_follow_the_places(acts: list[tuple[str, int]], invited: bool) -> None:
    body = make_body()
    by = make_member(body, "coordinator")
    make_committee(body)
    meeting = make_called(body, by)
    if invited:
        Meeting.objects.filter(pk=meeting.pk).update(number=1, year=2567, invited_by=by, invited_at=CALLED)
    for act, which in acts:
        _perform(meeting, act, which, by)
    numbers = [item.number for item in meeting.items.all()]
    expected: list[str] = []
    for place, head in enumerate(meeting.items.filter(parent=None), 1):
        expected += [str(place), *(f"{place}.{at}" for at in range(1, head.children.count() + 1))]
    assert numbers == expected


def _perform(meeting: Meeting, act: str, which: int, by: Person) -> None:
    items = list(meeting.items.all())
    item = items[which % len(items)] if items else None
    try:
        if act == "add" or item is None:
            head = item if item is not None and item.parent_id is None else None
            add_item(meeting=meeting, head=head, title=f"เรื่อง {which}", reason="เพิ่งได้รับ", by=by, at=CALLED)
        elif act == "remove":
            remove_item(item=item, by=by, at=CALLED)
        elif act == "withdraw":
            withdraw_item(item=item, reason="ข้อมูลยังไม่ครบ", by=by, at=CALLED)
        else:
            move_item(item=item, up=act == "up", by=by, at=CALLED)
    except (AgendaRefused, MeetingStands):
        return
