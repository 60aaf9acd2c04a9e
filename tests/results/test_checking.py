"""Anybody with a printed pack may ask whether it is the frozen set; nobody learns anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phrom.results.actions.scores import freeze
from phrom.survey.models import AnswerSet, Round
from tests.factories.agencies import make_member
from tests.factories.results import make_answered_round
from tests.factories.survey import AT, make_approved

pytestmark = pytest.mark.django_db
NOT_FOUND = "ไม่พบชุดคำตอบนี้"


@pytest.fixture
def round() -> Round:
    return make_answered_round()


@pytest.fixture
def kept(round: Round) -> AnswerSet:
    make_approved(round)
    freeze(round=round, by=make_member(round.body, "coordinator"), at=AT, confirmed=True)
    return AnswerSet.objects.get(round=round)


def seen(path: str) -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.content.decode()


def test_who_holds_the_paper_sees_what_it_prints_without_signing_in(round: Round, kept: AnswerSet) -> None:
    status, page = seen(f"/check/{kept.sha256}/")
    assert status == 200
    for shown in (round.body.name, "ตรงกัน", kept.sha256, round.survey.edition_hash, "ประมาณการ"):
        assert shown in page


def test_no_answer_no_agency_and_no_person_is_told(round: Round, kept: AnswerSet) -> None:
    _, page = seen(f"/check/{kept.sha256}/")
    document = json.loads(kept.document)
    said = {one["name"] for how in document["provenance"].values() for one in how["sources"]}
    texts = {answer["value"] for answer in document["answers"].values() if isinstance(answer["value"], str)}
    assert said
    assert [word for word in said | texts | {kept.frozen_by.name, kept.frozen_by.email} if word in page] == []


def test_capitals_and_blanks_of_a_typed_hash_do_not_matter(kept: AnswerSet) -> None:
    typed = " ".join(kept.sha256.upper()[place : place + 8] for place in range(0, 64, 8))
    answer = Client().post("/check/", {"sha256": typed}, follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [(f"/check/{kept.sha256}/", 302)])


def test_the_file_of_the_set_is_recognised_and_not_kept(kept: AnswerSet) -> None:
    file = SimpleUploadedFile("ชุดคำตอบ.json", kept.document.encode(), "application/json")
    assert Client().post("/check/", {"file": file}, follow=True).status_code == 200


@pytest.mark.parametrize("change", [lambda text: text + "\n", lambda text: text.replace("7", "8", 1), lambda text: ""])
def test_a_file_that_was_changed_is_not_found(kept: AnswerSet, change: Any) -> None:
    file = SimpleUploadedFile("ชุดคำตอบ.json", change(kept.document).encode(), "application/json")
    answer = Client().post("/check/", {"file": file}, follow=True)
    assert (answer.status_code, NOT_FOUND in answer.content.decode()) == (404, True)


def test_every_unknown_hash_gets_the_same_answer(kept: AnswerSet) -> None:
    """A hash off by one letter, one that never was, something that is no hash, an open round's fingerprint."""
    asked = ["0" * 64, f"{kept.sha256[:-1]}{'0' if kept.sha256[-1] != '0' else '1'}", kept.round.survey.edition_hash]
    pages = set()
    for hash_ in asked:
        status, page = seen(f"/check/{hash_}/")
        pages.add((status, without_keys(page).replace(hash_, "")))
    assert len(pages) == 1
    assert next(iter(pages))[0] == 404


@pytest.mark.parametrize("text", ["x", "1" * 63, "1" * 65, "%00", "' OR 1=1 --", "ก" * 64, "<script>"])
def test_what_is_no_hash_is_not_found_and_never_shown_as_markup(text: str) -> None:
    status, page = seen(f"/check/{text}/")
    assert (status, "<script>" in without_keys(page).split("<main")[1].split("</main")[0]) == (404, False)


def test_neither_box_filled_says_what_to_do() -> None:
    answer = Client().post("/check/", {})
    assert (answer.status_code, "กรุณาพิมพ์รหัส" in answer.content.decode()) == (422, True)


def test_a_file_larger_than_any_set_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phrom.results.forms.LARGEST_SET", 10)
    answer = Client().post("/check/", {"file": SimpleUploadedFile("a.json", b"x" * 11)})
    assert (answer.status_code, "ใหญ่เกิน" in answer.content.decode()) == (422, True)


def test_two_queries_for_a_known_hash_and_one_for_another(kept: AnswerSet, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        seen(f"/check/{kept.sha256}/")
    with django_assert_num_queries(1):
        seen(f"/check/{'0' * 64}/")
    with django_assert_num_queries(0):
        seen("/check/nothing/")


def without_keys(page: str) -> str:
    """The page without the form's own key, which is another each time."""
    return "".join(
        part.partition('"')[2] if place else part for place, part in enumerate(page.split('csrfmiddlewaretoken" value="'))
    )


def test_what_cannot_be_checked_never_speaks_of_saving() -> None:
    page = Client().post("/check/", {"sha256": "ไม่ใช่รหัส"}).content.decode()
    assert "ยังตรวจไม่ได้" in page and "ยังบันทึกไม่ได้" not in page
