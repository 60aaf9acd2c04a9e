"""ข้อแตกต่างของคำสั่งสองฉบับ: ตำแหน่งใดเพิ่ม สิ้นสุด เลื่อนลำดับ หรือเปลี่ยนบทบาท และประธานเปลี่ยนหรือไม่."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from phrom.committee.difference import Change, Difference, difference
from phrom.committee.models import Seat, SeatRole


def seats(*titles: str, chair: str = "") -> list[Seat]:
    """Seats that were never stored, in this order."""
    made = [Seat(title=title, category="regional", role=SeatRole.MEMBER) for title in titles]
    for seat in made:
        seat.role = SeatRole.CHAIR if seat.title == chair else seat.role
    return made


def told(found: Difference) -> dict[str, list[str]]:
    """Titles of what ended, came and changed."""
    return {
        "ended": [each.seat.title for each in found.ended],
        "added": [each.seat.title for each in found.added],
        "changed": [pair.after.title for pair in found.changed],
    }


def test_the_same_seats_do_not_differ() -> None:
    found = difference(seats("ก", "ข"), seats("ก", "ข"))
    assert found.is_empty
    assert len(found.kept) == 2


def test_what_came_and_what_went() -> None:
    found = difference(seats("ก", "ข", "ค"), seats("ก", "ค", "ง"))
    assert told(found) == {"ended": ["ข"], "added": ["ง"], "changed": []}
    assert (found.ended[0].place, found.added[0].place) == (2, 3)


def test_a_title_is_the_same_however_it_is_spaced_or_its_digits_are_written() -> None:
    before = seats("ผู้อำนวยการสำนักชลประทานที่ ๑", "เกษตรจังหวัด หรือผู้แทน")
    after = seats("ผู้อำนวยการ สำนักชลประทานที่ 1", "เกษตรจังหวัด")
    assert difference(before, after).is_empty


def test_titles_that_occur_more_than_once_are_matched_one_by_one() -> None:
    found = difference(seats("ผู้แทนภาคเอกชน", "ผู้แทนภาคเอกชน"), seats(*["ผู้แทนภาคเอกชน"] * 3))
    assert [each.place for each in found.added] == [3]


def test_when_one_moves_to_the_front_only_that_one_has_moved() -> None:
    """ลำดับของคนอื่นเลื่อนตามไปเอง จึงไม่นับว่าเปลี่ยน."""
    found = difference(seats("ก", "ข", "ค", "ง"), seats("ง", "ก", "ข", "ค"))
    [pair] = found.changed
    assert (pair.after.title, pair.words) == ("ง", ("ลำดับ 4 เป็น 1",))


def test_changes_of_role_and_category_are_told_in_words() -> None:
    before, after = seats("ก"), seats("ก", chair="ก")
    after[0].category = "private"
    [pair] = difference(before, after).changed
    assert pair.changes == (Change.ROLE, Change.CATEGORY)
    assert pair.words == ("บทบาท กรรมการ เป็น ประธานกรรมการ", "กลุ่ม ราชการบริหารส่วนภูมิภาค เป็น ภาคเอกชน")


def test_another_position_in_the_chair() -> None:
    found = difference(seats("ก", "ข", chair="ก"), seats("ก", "ข", chair="ข"))
    assert found.chair_changed
    assert (str(found.chair_before), str(found.chair_after)) == ("ก", "ข")
    assert not difference(seats("ก"), seats("ข")).chair_changed


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from("กขคงจ"), max_size=7), st.lists(st.sampled_from("กขคงจ"), max_size=7))
def test_the_difference_leads_from_one_order_to_the_other(old: list[str], new: list[str]) -> None:
    found = difference(seats(*old), seats(*new))
    pairs = sorted((*found.changed, *found.kept), key=lambda pair: pair.place_after)
    assert sorted([pair.place_before for pair in pairs] + [each.place for each in found.ended]) == list(range(1, len(old) + 1))
    assert sorted([pair.place_after for pair in pairs] + [each.place for each in found.added]) == list(range(1, len(new) + 1))
    assert all(pair.before.title == pair.after.title for pair in pairs)
    stayed = [pair.place_before for pair in pairs if not pair.changes]
    assert stayed == sorted(stayed)
    assert len(stayed) == longest([pair.place_before for pair in pairs])


def longest(places: list[int]) -> int:
    """The length of the longest rising part, by trying every choice."""
    choices = (choice for size in range(len(places), 0, -1) for choice in combinations(places, size))
    return next((len(choice) for choice in choices if list(choice) == sorted(choice)), 0)
