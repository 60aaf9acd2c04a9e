"""What never reaches a view, or leaves it without a word, is answered in sentences all the same."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, reverse

from phrom.config.middleware import refusals_become_answers
from tests.factories.agencies import make_agency, make_body, make_member

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
TOO_LARGE = {"typed": "ก" * 1_000_000}


def official() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_member(make_agency(make_body()), "official"))
    return client


def save_address() -> str:
    return reverse("section_save", args=[1, 1, "p1-1"])


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"data": TOO_LARGE}, 413),
        ({"data": {f"f{number}": "" for number in range(20_001)}}, 413),
        ({"data": b"x", "content_type": "multipart/form-data"}, 400),
        ({"data": {}, "HTTP_HOST": "elsewhere.example"}, 400),
    ],
    ids=["too large", "too many fields", "broken", "another host"],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_form_that_cannot_be_read_is_told_in_two_languages(posted: dict[str, object], status: int, accept: str) -> None:
    told = Client(raise_request_exception=False).post(reverse("account_login"), HTTP_ACCEPT=accept, **posted)  # type: ignore[arg-type]
    assert told.status_code == status
    text = told.json()["th"] + told.json()["en"] if accept == "application/json" else told.content.decode()
    assert "ยังไม่มีอะไรถูกบันทึก" in text and "Nothing was saved" in text


def test_an_address_for_forms_that_is_opened_says_so() -> None:
    told = official().get(save_address())
    assert told.status_code == 405 and told["Allow"] == "POST"
    assert "กลับไปหน้าที่มีแบบฟอร์ม" in told.content.decode() and "takes forms only" in told.content.decode()
    assert official().get(save_address(), **JSON).json()["error"] == "WrongMethod"


def test_whoever_was_signed_out_while_typing_comes_back_to_the_form() -> None:
    page = "http://testserver/rounds/1/agencies/1/sections/p1-1/?x=1"
    client = Client()
    told = client.post(save_address(), {"a": "b"}, HTTP_REFERER=page)
    assert told["Location"] == "/account/login/?next=/rounds/1/agencies/1/sections/p1-1/%3Fx%3D1"
    assert "ยังไม่ได้บันทึก" in client.get(told["Location"]).content.decode()


@pytest.mark.parametrize("page", ["", "http://elsewhere.example/rounds/", "http://[", "//testserver\\rounds"])
def test_only_a_page_of_ours_is_come_back_to(page: str) -> None:
    assert Client().post(save_address(), HTTP_REFERER=page)["Location"] == "/account/login/?next=/"


def test_no_page_is_left_behind_in_a_shared_browser() -> None:
    assert official().get("/")["Cache-Control"] == "private, no-store"


def test_only_our_script_is_promised_another_try() -> None:
    refuse = refusals_become_answers(lambda request: HttpResponse()).process_exception
    page = refuse(RequestFactory().get("/"), OperationalError("full"))
    script = refuse(RequestFactory().get("/", headers={"Accept": "application/json"}), OperationalError("full"))
    assert page and script and page.status_code == script.status_code == 503
    assert "กดย้อนกลับ" in page.content.decode() and "ทุก 10 วินาที" not in page.content.decode()
    assert "ทุก 10 วินาที" in json.loads(script.content)["th"]


TYPED = {
    "a1-value": "yes",
    "a1-detail": "แผนดิจิทัล <b>พ.ศ.</b> 2567",
    "a2-detail": "two words",
    "a3-version": "3",
    "once": "k" * 20,
}


def test_whoever_was_signed_out_while_typing_without_scripts_sees_every_word_again() -> None:
    told = Client().post(save_address(), TYPED, HTTP_REFERER="http://testserver/rounds/1/")
    page = told.content.decode()
    assert told.status_code == 401
    assert "แผนดิจิทัล &lt;b&gt;พ.ศ.&lt;/b&gt; 2567</textarea>" in page and "two words</textarea>" in page
    assert page.count("</textarea>") == 2
    assert 'href="/rounds/1/"' in page and 'target="_blank"' in page


def test_a_password_is_never_shown_again() -> None:
    told = Client().post(
        reverse("account_change_password"), {"oldpassword": "วลี เก่า", "password1": "วลี ใหม่", "password2": "วลี ใหม่"}
    )
    assert told.status_code == 302
    assert "วลี" not in told.content.decode()


def test_a_form_of_an_earlier_sign_in_shows_its_words_too_but_one_from_elsewhere_does_not() -> None:
    client = Client(enforce_csrf_checks=True)
    mine = client.post(save_address(), TYPED, HTTP_ORIGIN="http://testserver")
    assert mine.status_code == 403 and "two words</textarea>" in mine.content.decode()
    for headers in ({"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "http://["}):
        foreign = client.post(save_address(), TYPED, **headers)  # type: ignore[arg-type]
        assert foreign.status_code == 403 and "two words" not in foreign.content.decode()


def crossing() -> OperationalError:
    """What Django raises when PostgreSQL ended the transaction: its cause carries the server's code."""
    problem = OperationalError("deadlock detected")
    problem.__cause__ = type("DeadlockDetected", (Exception,), {"sqlstate": "40P01"})()
    return problem


@pytest.mark.parametrize(("crossings", "status", "calls"), [(1, 200, 1), (4, 200, 4), (5, 503, 5)])
def test_what_crossed_another_act_begins_again_with_its_whole_form(crossings: int, status: int, calls: int) -> None:
    """`process_exception` is told of the first crossing; the view is called anew, and reads the upload from its start."""
    read: list[bytes] = []

    def view(request: HttpRequest) -> HttpResponse:
        read.append(request.FILES["paper"].read())  # type: ignore[union-attr]
        if len(read) < crossings:
            raise crossing()
        if crossings == 5:
            raise crossing()
        return HttpResponse("saved")

    request = RequestFactory().post("/", {"paper": SimpleUploadedFile("a.pdf", b"%PDF whole")})
    request.FILES["paper"].read()  # type: ignore[union-attr]
    request.resolver_match = ResolverMatch(view, (), {})
    answer = refusals_become_answers(lambda _: HttpResponse()).process_exception(request, crossing())
    assert answer is not None and answer.status_code == status
    assert read == [b"%PDF whole"] * calls


def test_what_did_not_cross_is_not_done_twice() -> None:
    request = RequestFactory().post("/")
    request.resolver_match = ResolverMatch(lambda _: pytest.fail("called again"), (), {})
    answer = refusals_become_answers(lambda _: HttpResponse()).process_exception(request, OperationalError("disk full"))
    assert answer is not None and answer.status_code == 503
