"""404, 403, 405, 413, 500, 503 and plain pages: each in Thai first, each with the headers that keep a shared computer safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from phrom.config import health
from phrom.shared.files.store import keep_made
from phrom.survey.models import Evidence
from phrom.survey.views import answering, board
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import AT, make_ask, make_evidence, make_round

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
PNG = b"\x89PNG\r\n\x1a\n picture"


@pytest.fixture
def signed() -> Client:
    """An official; faults are answered, not raised."""
    client = Client(raise_request_exception=False)
    client.force_login(make_member(make_agency(make_body()), "official"))
    return client


@pytest.fixture
def board_address() -> tuple[Client, str]:
    """A coordinator and the address of her board."""
    client, round = Client(raise_request_exception=False), make_round()
    client.force_login(make_member(round.body, "coordinator"))
    return client, reverse("board", args=[round.pk])


def fail(problem: Exception) -> Callable[..., None]:
    def failing(*_: object, **__: object) -> None:
        raise problem

    return failing


@pytest.mark.parametrize(
    "path", ["/no-such-page/", "/rounds/999999/", "/asks/1/review/", "/หน้าลับ/", "/rounds/1e5/", "/evidence/7/file/"]
)
def test_what_is_not_there_and_what_is_not_yours_look_the_same(signed: Client, path: str) -> None:
    told = signed.get(path)
    text = told.content.decode()
    assert told.status_code == 404
    assert text.index("ไม่พบหน้านี้") < text.index("Page not found")
    assert "งานที่บันทึกไว้แล้วยังอยู่ครบ" in text
    assert path.strip("/") not in text


def test_not_found_for_a_program_is_json(signed: Client) -> None:
    told = signed.get("/no-such-page/", headers=JSON)
    assert (told.status_code, told.json()) == (404, {"error": "NotFound", "th": "ไม่พบสิ่งที่ขอ", "en": "Not found", "where": ""})


@pytest.mark.parametrize(
    "problem", [ZeroDivisionError("secret detail"), KeyError("secret detail"), RuntimeError("secret detail")]
)
def test_our_own_fault_says_so_and_tells_no_secret(
    board_address: tuple[Client, str], monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    client, address = board_address
    monkeypatch.setattr(board, "board_page", fail(problem))
    page, program = client.get(address), client.get(address, headers=JSON)
    assert page.status_code == program.status_code == 500
    assert "ระบบขัดข้อง" in page.content.decode()
    assert program.json()["error"] == "ServerError"
    assert "ยังอยู่ครบ" in program.json()["th"] and "is safe" in program.json()["en"]
    assert "secret detail" not in page.content.decode() + program.content.decode()


@pytest.mark.parametrize("problem", [OperationalError("disk full"), InterfaceError("gone away")])
@pytest.mark.parametrize("headers", [JSON, {}])
def test_a_database_that_cannot_answer_is_503_with_when_to_come_back(
    board_address: tuple[Client, str], monkeypatch: pytest.MonkeyPatch, problem: Exception, headers: dict[str, str]
) -> None:
    client, address = board_address
    monkeypatch.setattr(board, "board_page", fail(problem))
    told = client.get(address, headers=headers)
    assert (told.status_code, told["Retry-After"]) == (503, "10")
    assert "ยังบันทึกไม่ได้" in (told.json()["th"] if headers else told.content.decode())
    assert "disk full" not in told.content.decode()


def test_what_was_typed_is_promised_only_where_a_script_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ask, client = make_ask(), Client(raise_request_exception=False)
    client.force_login(make_member(ask.agency))
    monkeypatch.setattr(answering, "save_answer", fail(OperationalError("full")))
    address, typed = reverse("answer_save", args=[ask.pk]), {"value": "yes", "version": "0"}
    assert "ระบบจะลองใหม่ทุก 10 วินาที" in client.post(address, typed, headers=JSON).json()["th"]
    assert "กรุณากดย้อนกลับ" in client.post(address, typed).content.decode()


@pytest.mark.parametrize("headers", [JSON, {}])
def test_a_form_without_its_key_is_403_in_thai(headers: dict[str, str]) -> None:
    ask, client = make_ask(), Client(enforce_csrf_checks=True)
    client.force_login(make_member(ask.agency))
    told = client.post(reverse("answer_save", args=[ask.pk]), {"value": "yes"}, headers=headers)
    assert told.status_code == 403
    text = told.json()["th"] if headers else told.content.decode()
    assert "แบบฟอร์มนี้หมดอายุหรือไม่ได้มาจากหน้านี้ ยังไม่มีอะไรถูกบันทึก" in text


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_a_wrong_method_names_the_right_one(signed: Client, method: str) -> None:
    told = getattr(signed, method)(reverse("section_save", args=[1, 1, "p1-1"]))
    assert (told.status_code, told["Allow"]) == (405, "POST")
    assert "ที่อยู่นี้รับเฉพาะแบบฟอร์ม" in told.content.decode()


def evidence_of(client: Client) -> str:
    ask = make_ask()
    client.force_login(make_member(ask.agency))
    link = make_evidence(ask, "ภาพ.png")
    Evidence.objects.filter(pk=link.evidence_id).update(file=keep_made([PNG], content_type="image/png", at=AT), url="")
    return reverse("evidence_file", args=[link.pk])


ANSWERS: dict[str, Callable[[Client], Any]] = {
    "a page": lambda client: client.get("/"),
    "sign-in": lambda client: Client().get("/account/login/"),
    "to sign-in": lambda client: Client().get("/"),
    "not signed in, a program": lambda client: Client().get("/", headers=JSON),
    "not found": lambda client: client.get("/none/"),
    "wrong method": lambda client: client.get(reverse("section_save", args=[1, 1, "p1-1"])),
    "wrong host": lambda client: client.get("/", headers={"Host": "elsewhere.example"}),
    "forged": lambda client: Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a"}),
    "the api": lambda client: client.get("/api/asks"),
    "the api, nobody": lambda client: Client().get("/api/asks"),
    "the api's description": lambda client: client.get("/api/openapi.json"),
    "alive": lambda client: client.get("/healthz"),
    "ready": lambda client: client.get("/readyz"),
    "a download": lambda client: client.get(evidence_of(client)),
    "a picture shown": lambda client: client.get(evidence_of(client) + "?inline=1"),
}
IN_OUR_FRAME = {"a picture shown"}  # evidence is seen beside what is said of it: on our own pages, nowhere else


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_carries_the_headers(signed: Client, name: str) -> None:
    told: HttpResponse = ANSWERS[name](signed)
    assert told["X-Content-Type-Options"] == "nosniff"
    framed, by = ("SAMEORIGIN", "'self'") if name in IN_OUR_FRAME else ("DENY", "'none'")
    assert told["X-Frame-Options"] == framed
    assert told["Referrer-Policy"] == "same-origin"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert f"frame-ancestors {by}" in told["Content-Security-Policy"]
    assert "unsafe-eval" not in told["Content-Security-Policy"]
    assert "script-src 'unsafe-inline'" not in told["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in told
    if told["Content-Type"].startswith("text/"):
        assert "charset=utf-8" in told["Content-Type"]


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - {"wrong host"}))
def test_nothing_stays_in_a_shared_browser(signed: Client, name: str) -> None:
    assert "no-store" in ANSWERS[name](signed)["Cache-Control"]


@pytest.mark.parametrize("name", ANSWERS)
def test_no_cookie_can_be_read_by_a_script_or_sent_from_elsewhere(signed: Client, name: str) -> None:
    for cookie in ANSWERS[name](signed).cookies.values():
        assert cookie["samesite"] in ("Lax", "Strict")
        assert cookie["httponly"] or cookie.key == "csrf"


def test_alive_needs_no_database_and_no_sign_in(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/healthz").json() == {"alive": True}


def test_ready_when_both_can_keep_something() -> None:
    told = Client().get("/readyz")
    assert (told.status_code, told.json()) == (200, {"ready": True, "problems": {}})


@pytest.mark.parametrize(
    ("free", "words"),
    [
        (health.LEAST_FREE, "พื้นที่ดิสก์เหลือน้อย / the disk is nearly full"),
        (None, "อ่านโฟลเดอร์ข้อมูลไม่ได้ / the data folder cannot be read"),
    ],
)
def test_not_ready_on_a_full_or_absent_disk(monkeypatch: pytest.MonkeyPatch, free: int | None, words: str) -> None:
    def usage(folder: object) -> Any:
        if free is None:
            raise FileNotFoundError(folder)
        return type("Usage", (), {"free": free})

    monkeypatch.setattr(health.shutil, "disk_usage", usage)
    told = Client().get("/readyz")
    assert (told.status_code, told.json()["problems"]) == (503, {"storage": words})


def test_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        health, "connection", type("Gone", (), {"cursor": staticmethod(fail(OperationalError("password=hush")))})
    )
    told = Client().get("/readyz")
    assert (told.status_code, told.json()["problems"]) == (503, {"database": "ติดต่อฐานข้อมูลไม่ได้ / the database does not answer"})
    assert "hush" not in told.content.decode()
