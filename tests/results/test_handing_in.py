"""What lies between a frozen set and its handing in: the memo through the register, the resolution, annex and signatures."""

from __future__ import annotations

import pytest
from django.test import Client

from phrom.letters.models import Letter
from phrom.results.actions.covering import NotFrozenYet, draft_cover
from phrom.results.actions.scores import freeze
from phrom.results.papers.annex import NO_EVIDENCE, annex
from phrom.results.papers.handing_in import steps_of
from phrom.results.papers.report import report
from phrom.shared.documents.content import Document, Heading, Paragraph, Signature, Table
from phrom.survey.models import AnswerSet, Round
from tests.factories.agencies import make_member, make_person
from tests.factories.results import HARD_NAME, make_answered_round
from tests.factories.survey import AT, make_approved
from tests.house.cast import BACKEND
from tests.results.pack import source_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_answered_round()


@pytest.fixture
def frozen(round: Round) -> Round:
    make_approved(round)
    freeze(round=round, by=make_person(), at=AT, confirmed=True)
    return Round.objects.select_related("body", "survey").get(pk=round.pk)


def cells(document: Document) -> str:
    return "\n".join(cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row)


def texts(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Heading | Paragraph))


def test_the_memo_names_the_set_by_its_hash_and_its_score_as_an_estimate(frozen: Round) -> None:
    letter = draft_cover(round=frozen, by=make_person(), at=AT)
    assert (letter.kind, letter.addressed_to, letter.issued_at) == ("memo", "ผู้ว่าราชการจังหวัดเชียงใหม่", None)
    assert AnswerSet.objects.get(round=frozen).sha256 in letter.text
    assert "ประมาณการ" in letter.text


def test_a_second_press_finds_the_draft_that_stands(frozen: Round) -> None:
    by = make_person()
    assert draft_cover(round=frozen, by=by, at=AT) == draft_cover(round=frozen, by=by, at=AT)
    assert Letter.objects.count() == 1


def test_an_open_round_is_handed_in_by_no_memo(round: Round) -> None:
    with pytest.raises(NotFrozenYet):
        draft_cover(round=round, by=make_person(), at=AT)
    assert not Letter.objects.exists()


def test_every_step_says_whether_it_is_done(round: Round) -> None:
    assert [step.done for step in steps_of(round)] == [False] * 4


def test_after_the_freeze_the_memo_and_the_resolution_are_what_is_missing(frozen: Round) -> None:
    assert {step.name: step.done for step in steps_of(frozen)} == {
        "ปิดรอบ": True,
        "อนุมัติโดยคนที่สอง": True,
        "มติที่ประชุม": False,
        "บันทึกนำส่ง": False,
    }
    draft_cover(round=frozen, by=make_person(), at=AT)
    assert steps_of(frozen)[-1].said == "ร่างแล้ว ยังไม่ได้ออกเลข"


def test_the_page_of_packs_shows_the_steps_and_asks_for_a_pack_in_one_press(frozen: Round) -> None:
    """From the frozen dashboard: one click here, one on the button."""
    client = Client()
    client.force_login(make_member(frozen.body, "coordinator"), BACKEND)
    page = client.get(f"/rounds/{frozen.pk}/packs/").content.decode()
    for words in ("ก่อนส่งออก", "ยังขาด", "เสร็จแล้ว", f"/rounds/{frozen.pk}/rekey/", "จัดทำชุดเอกสาร"):
        assert words in page


def test_the_annex_has_a_part_for_each_pillar_and_every_row_in_it(frozen: Round) -> None:
    source = source_of(frozen)
    said = texts(annex(source))
    assert all(f"ภาคผนวก {pillar.code} {pillar.title}" in said for pillar in source.standing.edition.pillars)
    assert all(f"{row.question.code} {row.question.text}" in said for row in source.rows)
    assert NO_EVIDENCE in said


def test_the_annex_names_each_piece_of_evidence_with_its_hash(frozen: Round) -> None:
    source = source_of(frozen)
    exhibits = list(source.exhibits())
    told = cells(annex(source)).replace("\n", "")
    assert exhibits and all(one.sha256 in told for one in exhibits)
    assert HARD_NAME in told and "ประกอบคำตอบที่ใช้" in told


def test_the_report_shows_who_proposed_and_approved_and_leaves_room_for_both_to_sign(frozen: Round) -> None:
    document = report(source_of(frozen))
    signed = [block.position[0] for block in document.blocks if isinstance(block, Signature)]
    assert signed == ["ผู้เสนอชุดคำตอบ", "ผู้อนุมัติชุดคำตอบ"]
    assert "ไม่ได้อ้างมติที่ประชุม" in texts(document)
    assert "คะแนนสามแบบ (ร้อยละ, ประมาณการ)" in [block.caption for block in document.blocks if isinstance(block, Table)]


def test_a_draft_is_signed_by_nobody(round: Round) -> None:
    assert not [block for block in report(source_of(round)).blocks if isinstance(block, Signature)]
