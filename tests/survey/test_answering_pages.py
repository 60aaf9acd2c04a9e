"""The answering page: what is shown to whom, in how many queries, and what a plain form does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Agency
from phrom.survey.models import Answer, Ask, Round
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_answer, make_answered, make_evidence, make_round, make_sheet

pytestmark = pytest.mark.django_db
Cast = tuple[Client, Round, Agency, dict[str, Ask]]


@pytest.fixture
def cast(client: Client) -> Cast:
    """An official signed in, with a whole sheet to answer."""
    round = make_round()
    agency = make_agency(round.body, "สำนักงานเกษตรจังหวัดเชียงใหม่")
    client.force_login(make_member(agency))
    return client, round, agency, make_sheet(round, agency)


def address(round: Round, agency: Agency, slug: str = "p2-1") -> str:
    return reverse("answering_section", args=[round.pk, agency.pk, slug])


def test_the_page_names_the_office_the_section_and_its_rows(cast: Cast) -> None:
    client, round, agency, _ = cast
    page = client.get(address(round, agency)).content.decode()
    assert "ตอบคำถามของสำนักงานเกษตรจังหวัดเชียงใหม่" in page
    assert all(code in page for code in ("P2.1", "P2.1.1", "P2.2", "โปรดระบุ", "ใครเป็นผู้จัดหา", "ข้อนี้ถามเมื่อ"))
    assert "P1.3" not in page


def test_another_agencys_page_does_not_exist(cast: Cast) -> None:
    client, round, _, _ = cast
    other = make_agency(round.body)
    make_sheet(round, other)
    assert client.get(address(round, other)).status_code == 404


def test_queries_do_not_grow_with_the_rows(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client, round, agency, asks = cast
    for ask in asks.values():
        make_evidence(ask)
    make_answered(round, make_agency(round.body))
    client.get(address(round, agency))
    with django_assert_max_num_queries(8):
        assert client.get(address(round, agency)).status_code == 200


def test_a_page_without_javascript_is_saved_whole(cast: Cast) -> None:
    client, round, agency, asks = cast
    one, two = asks["P2.1.1"].pk, asks["P2.2"].pk
    data = {
        f"a{one}-version": "0",
        f"a{one}-value": "๑,๒๐๐",
        f"a{two}-version": "0",
        f"a{two}-value": "yes",
        f"a{two}-provider": "own",
    }
    answer = client.post(reverse("section_save", args=[round.pk, agency.pk, "p2-1"]), data, follow=True)
    assert "บันทึกแล้ว 2 ข้อ" in answer.content.decode()
    assert {a.ask.code: a.content["value"] for a in Answer.objects.all()} == {"P2.1.1": 1200, "P2.2": True}


def test_what_cannot_be_read_comes_back_with_what_was_typed(cast: Cast) -> None:
    client, round, agency, asks = cast
    one, two = asks["P2.1.1"].pk, asks["P2.1.2"].pk
    data = {f"a{one}-version": "0", f"a{one}-value": "ประมาณสิบ", f"a{two}-version": "0", f"a{two}-value": "3"}
    answer = client.post(reverse("section_save", args=[round.pk, agency.pk, "p2-1"]), data)
    assert answer.status_code == 422
    assert 'value="ประมาณสิบ"' in answer.content.decode()
    assert [a.content["value"] for a in Answer.objects.all()] == [3]


def test_a_conflict_on_a_page_shows_both_texts_and_lets_choose(cast: Cast) -> None:
    client, round, agency, asks = cast
    ask = asks["P1.3"]
    make_answer(ask, "ข้อความของคนอื่น")
    where = reverse("section_save", args=[round.pk, agency.pk, "p1-2"])
    mine = {f"a{ask.pk}-version": "0", f"a{ask.pk}-value": "ข้อความของฉัน"}
    page = client.post(where, mine)
    shown = page.content.decode()
    assert page.status_code == 409
    assert "ข้อความของคนอื่น" in shown
    assert shown.count("ข้อความของฉัน") == 2
    assert Answer.objects.get(ask=ask).version == 1
    client.post(where, mine)
    assert Answer.objects.get(ask=ask).version == 1
    client.post(where, mine | {f"a{ask.pk}-newest": "1", f"a{ask.pk}-choice": "theirs"})
    assert Answer.objects.get(ask=ask).content["value"] == "ข้อความของคนอื่น"
    client.post(where, mine | {f"a{ask.pk}-newest": "1", f"a{ask.pk}-choice": "mine"})
    assert Answer.objects.get(ask=ask).content["value"] == "ข้อความของฉัน"


def test_my_asks_has_one_part_for_each_agency_and_the_next_step(cast: Cast) -> None:
    client = cast[0]
    page = client.get(reverse("my_asks")).content.decode()
    assert "สำนักงานเกษตรจังหวัดเชียงใหม่" in page
    assert "เริ่มตอบ" in page


def test_returned_rows_stand_first_with_their_reason(client: Client) -> None:
    ask = make_answered(state="returned")
    client.force_login(make_member(ask.agency))
    page = client.get(reverse("my_asks")).content.decode()
    assert "กรุณาแนบคำสั่งฉบับล่าสุด" in page
    assert "แก้ข้อที่ส่งกลับ" in page


def test_a_frozen_round_is_only_read(cast: Cast) -> None:
    client, round, agency, asks = cast
    make_answer(asks["P1.3"], "แผนปฏิบัติการ")
    Round.objects.update(frozen_at=AT, frozen_by=make_member(agency))
    page = client.get(address(round, agency, "p1-2")).content.decode()
    assert "แผนปฏิบัติการ" in page
    assert "<textarea" not in page


@pytest.mark.parametrize("text", ["", "\0", "99999999999999999999", "-1", "<script>", "๑", "a" * 20000, "\u202e"])
def test_hostile_pages_are_answered_never_a_fault(cast: Cast, text: str) -> None:
    client, round, agency, asks = cast
    where = reverse("section_save", args=[round.pk, agency.pk, "p2-1"])
    for code in ("P2.1.1", "P2.2", "P2.2.1"):
        for name in ("version", "value", "detail", "provider", "cannot", "choice", "newest"):
            data = {f"a{asks[code].pk}-version": "0", f"a{asks[code].pk}-{name}": text, "go": text}
            assert client.post(where, data).status_code in (302, 409, 422), (code, name)
    for slug in ("x", "p9-9", "0"):
        assert client.post(where.replace("p2-1", slug), {}).status_code == 404
        assert client.get(address(round, agency, slug)).status_code == 404
