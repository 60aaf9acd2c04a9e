"""Hostile files through the real doors: what is refused leaves nothing; what is taken can do nothing to who opens it."""

from __future__ import annotations

import hashlib
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from phrom.shared.files.models import FileText, StoredFile, TextState
from phrom.shared.files.store import path_of
from phrom.shared.files.texts.kinds import READERS
from phrom.shared.files.words import read_waiting
from phrom.survey.models import Ask, Evidence, EvidenceLink
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import AT, make_ask, make_round
from tests.house.cast import BACKEND
from tests.shared.files.conftest import files_in
from tests.shared.files.corpus import CANARY, CORPUS, INERT, NAMES, REJECT, SCRIPT, TAKEN, Case
from tests.shared.files.specimens import GOOD

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
MEGA = 1024 * 1024


@pytest.fixture
def ask(client: Client, tmp_path: Path, settings: Settings) -> Ask:
    """A row whose official is signed in; the store is empty."""
    settings.PHROM_FILES = tmp_path / "files"
    settings.PHROM_MAX_UPLOAD = 60 * MEGA
    ask = make_ask(make_round(make_body()))
    client.force_login(make_member(ask.agency, "official"), backend=BACKEND)
    return ask


def upload(case: Case) -> SimpleUploadedFile:
    """With the name as it is posted: Django's own class would take the folders off before anything is sent."""
    file = SimpleUploadedFile("ก.bin", case.content, "text/html")
    file._name = case.name
    return file


def post(client: Client, ask: Ask, case: Case) -> Any:
    return client.post(reverse("evidence_add", args=[ask.pk]), {"files": [upload(case)]}, headers=JSON)


def test_the_corpus_holds_what_was_promised() -> None:
    fates = [case.fate for case in CORPUS]
    assert len(CORPUS) >= 100
    assert fates.count(REJECT) >= 50
    assert fates.count(INERT) >= 20
    assert len({case.content for case in CORPUS if case.fate != REJECT}) >= 30


def test_each_through_the_page_of_its_row(client: Client, ask: Ask, tmp_path: Path) -> None:
    wrong = {}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for case in CORPUS:
        files, rows = files_in(tmp_path / "files"), StoredFile.objects.count()
        told = post(client, ask, case)
        if case.fate == REJECT:
            fine = 400 <= told.status_code < 500 and any("\u0e01" <= letter <= "\u0e5b" for letter in told.json()["th"])
            fine &= files_in(tmp_path / "files") == files and StoredFile.objects.count() == rows
        else:
            fine = told.status_code == 200 or (told.status_code == 409 and told.json()["error"] == "AlreadyAttached")
        if not fine:
            wrong[case.name] = (told.status_code, told.content[:200])
    assert wrong == {}
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 150, f"{grown:.0f} MB"
    assert not Evidence.objects.filter(name__contains="/").exists()
    kept = set(Evidence.objects.values_list("name", flat=True))
    assert {case.taken_as for case in CORPUS if case.taken_as} <= kept
    assert not [name for name in kept if not name.isprintable()]


def test_each_in_one_go_through_bulk_upload(client: Client, ask: Ask) -> None:
    address = reverse("bulk", args=[ask.round_id, ask.agency_id])
    told = client.post(address, {"files": [upload(case) for case in CORPUS if case.content]}, headers=JSON)
    assert told.status_code == 200
    by_hash = set(StoredFile.objects.values_list("sha256", flat=True))
    for case in (case for case in CORPUS if case.content):
        kept = hashlib.sha256(case.content).hexdigest() in by_hash
        twin = any(other.content == case.content and other.fate != REJECT for other in CORPUS)
        assert kept is (case.fate != REJECT or twin), case.name


def test_what_is_taken_is_handed_out_so_that_nothing_runs(client: Client, ask: Ask) -> None:
    for case in (case for case in CORPUS if case.fate != REJECT):
        post(client, ask, case)
    for link in EvidenceLink.objects.select_related("evidence__file"):
        for inline in ("", "?inline"):
            answer = client.get(reverse("evidence_file", args=[link.pk]) + inline)
            headers = answer.headers
            kind, policy = headers["Content-Type"].split(";")[0], headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in policy
            assert "script" not in policy
            assert kind not in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml")
            shown = headers["Content-Disposition"].startswith("inline")
            assert shown is (bool(inline) and kind in ("application/pdf", "image/png", "image/jpeg"))
            assert policy.startswith("sandbox") or kind == "application/pdf"
            assert unquote(headers["Content-Disposition"].split("filename*=UTF-8''")[1]) == link.evidence.name
            assert b"".join(answer) == path_of(link.evidence.file).read_bytes()


def test_no_hostile_file_stops_the_reader(client: Client, ask: Ask) -> None:
    for case in (case for case in CORPUS if case.fate != REJECT):
        post(client, ask, case)
    for _ in range(3):
        read_waiting(at=AT)
    states = dict(FileText.objects.values_list("file__evidence__name", "state"))
    assert TextState.WAITING not in states.values()
    assert states["เล่าเรื่องเว็บ.txt"] == states["เว็บในเอกสาร.docx"] == TextState.READ
    readable = [stored for stored in StoredFile.objects.all() if stored.content_type in READERS]
    assert len(states) >= len({stored.pk for stored in readable}) > 20


def test_a_file_over_the_limit_is_refused_and_fills_nothing(
    client: Client, ask: Ask, tmp_path: Path, settings: Settings
) -> None:
    settings.PHROM_MAX_UPLOAD = 2 * MEGA
    told = post(client, ask, Case("ใหญ่.pdf", GOOD[0][1] + b"\0" * (5 * MEGA), REJECT))
    assert told.status_code == 413
    assert files_in(tmp_path / "files") == []


@pytest.mark.browser
class TestInChromium:
    """Opened by a real browser: no dialog, no window, no request to anywhere but our own address."""

    @pytest.fixture
    def kept(self, transactional_db: None, tmp_path: Path, settings: Settings) -> Iterator[tuple[Client, list[EvidenceLink]]]:
        settings.PHROM_FILES = tmp_path / "files"
        agency = make_agency(make_body())
        ask = make_ask(make_round(agency.body), agency)
        client = Client()
        client.force_login(make_member(agency, "official"), backend=BACKEND)
        for case in (*TAKEN, next(case for case in NAMES if "onerror" in case.name)):
            post(client, ask, case)
        yield client, list(EvidenceLink.objects.select_related("evidence__file"))

    def test_nothing_of_them_runs(self, chromium: Any, live_server: Any, kept: tuple[Client, list[EvidenceLink]]) -> None:
        client, links = kept
        assert len(links) > len(TAKEN)
        context = chromium.new_context(base_url=live_server.url, accept_downloads=True)
        session = client.cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        ran: list[str] = []
        inside = (
            live_server.url,
            "chrome-extension://",
            "chrome://",
            "data:",
            "blob:",
        )  # our server, and the browser's own PDF viewer
        context.on("request", lambda asked: None if asked.url.startswith(inside) else ran.append(asked.url))
        context.on("dialog", lambda dialog: (ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page = context.new_page()
        page.set_content(SCRIPT.decode())
        assert {"dialog 1", CANARY} <= set(ran), "what watches must see what runs"
        ran.clear()
        for link in links:
            for address in (reverse("evidence", args=[link.pk]), reverse("evidence_file", args=[link.pk]) + "?inline"):
                try:
                    page.goto(address, wait_until="load")
                except Exception as error:
                    assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error), error
        page.wait_for_timeout(300)
        assert ran == []
        assert len(context.pages) == 1
        context.close()
