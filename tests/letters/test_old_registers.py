"""ทะเบียนเดิมเข้า ทะเบียนออก: นำเข้าทั้งหมดหรือไม่นำเข้าเลย เลขต่อเนื่อง และที่ส่งออกอ่านกลับได้เท่าเดิม."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from phrom.letters.actions.importing import ImportRefused, import_register
from phrom.letters.actions.numbering import Columns, take_number, void_entry
from phrom.letters.models import Book, EntryState, Office, Register, RegisterEntry, RegisterImport, RegisterLine
from phrom.letters.pages.exporting import sheet_of
from phrom.letters.papers.register import register_document
from phrom.letters.proof import verify_registers
from phrom.letters.register_file import NOT_IN_FILE, OldBook, OldEntry, read_register_file
from phrom.shared.documents.content import Table
from phrom.shared.documents.xlsx import write_workbook
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.models import AuditEvent
from tests.factories.destruction import AFTER, make_source, old_book_bytes
from tests.factories.letters import AT, make_clerk, make_entry, make_office

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
DAY = date(2021, 2, 1)
FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(1)", '=HYPERLINK("http://x","y")', "=cmd|'/c calc'!A0", "＝1+1", "\t=1", "'=1")


def entry(number: int, **more: Any) -> OldEntry:
    """A line of an old book."""
    return OldEntry(number, DAY, **{"subject": f"เรื่องที่ {number}", **more})


def bring(office: Office, *entries: OldEntry, book: str = Book.RECEIVE, year: int = 2564) -> Register:
    """Apply lines to a register."""
    source = make_source(office)
    RegisterImport.objects.filter(pk=source.pk).update(book=book, year=year)
    return import_register(source=source, entries=entries, by=make_clerk(office), at=AFTER)


def exported(register: Register) -> bytes:
    """The register as an Excel file."""
    stream = io.BytesIO()
    write_workbook(stream, [sheet_of(register)])
    return stream.getvalue()


def test_numbers_stay_as_they_are_and_gaps_stay_visible() -> None:
    register = bring(make_office(), entry(2), entry(3, state="void", because="พิมพ์ผิด"), entry(6, their_number="มท 1/1"))
    rows = list(register.entries.order_by("number"))
    assert [(row.number, row.state) for row in rows] == [
        *((1, "void"), (2, "used"), (3, "void"), (4, "void"), (5, "void"), (6, "used")),
    ]
    assert [row.voided_because for row in rows if row.state == "void"] == [NOT_IN_FILE, "พิมพ์ผิด", NOT_IN_FILE, NOT_IN_FILE]
    assert all(row.imported for row in rows)
    assert rows[5].their_number == "มท 1/1"
    assert (Register.objects.get().last_number, RegisterLine.objects.filter(act="imported").count()) == (6, 6)
    assert verify_registers().damages == ()


def test_the_counter_goes_on_after_the_last_imported_number() -> None:
    office = make_office()
    source = make_source(office)
    RegisterImport.objects.filter(pk=source.pk).update(year=2567, book=Book.SEND)
    by = make_clerk(office)
    import_register(source=source, entries=[entry(1), entry(2)], by=by, at=AT)
    with transaction.atomic():
        taken = take_number(office=office, book=Book.SEND, columns=Columns(subject="ใหม่"), by=by, at=AT)
    assert taken.number == 3
    assert verify_registers().damages == ()


def test_a_book_with_living_numbers_takes_only_what_comes_after_them() -> None:
    office = make_office()
    standing = make_entry(office, Book.RECEIVE)
    with pytest.raises(ImportRefused, match="ออกเลขถึง 1 แล้ว"):
        bring(office, entry(1), year=2567)
    assert RegisterEntry.objects.get() == standing
    assert bring(office, replace(entry(2), dated=standing.dated), year=2567).last_number == 2


def test_a_file_is_applied_once_and_an_empty_or_doubled_one_never() -> None:
    office = make_office()
    source, by = make_source(office), make_clerk(office)
    for entries in ([], [entry(1), entry(1)]):
        with pytest.raises(ImportRefused):
            import_register(source=source, entries=entries, by=by, at=AFTER)
    import_register(source=source, entries=[entry(1)], by=by, at=AFTER)
    with pytest.raises(ImportRefused, match="ไปแล้ว"):
        import_register(source=source, entries=[entry(2)], by=by, at=AFTER)
    assert AuditEvent.objects.filter(event="register.imported").count() == 1


def standing() -> tuple[int, ...]:
    """How many rows there are of all that an import writes."""
    return tuple(model.objects.count() for model in (RegisterEntry, Register, RegisterLine, RegisterImport, StoredFile))


def test_the_pages_say_every_error_write_nothing_then_write_just_what_was_shown(client: Any) -> None:
    office = make_office()
    client.force_login(make_clerk(office), backend=BACKEND)
    before = standing()
    rows = [(number, DAY, "", "", "ก", "ข", "", "", "", "") for number in range(1, 31)]
    answer = send(client, office, old_book_bytes(rows))
    assert (answer.status_code, len(answer.context["read"].problems)) == (422, 30)
    assert "แถวที่ 31" in answer.content.decode()
    assert standing() == before
    whole = [(number, DAY, "มท 1", "", "ก", "ข", f"เรื่อง {number}", "", "", "") for number in range(1, 31)]
    preview = send(client, office, old_book_bytes(whole))["Location"]
    assert RegisterEntry.objects.count() == 0
    shown = client.get(preview).content.decode()
    assert "นำเข้า 30 รายการ" in shown and "เรื่อง 30" in shown
    for _ in range(2):
        assert client.post(preview, {"once": "k" * 24}).status_code == 302
    found = RegisterEntry.objects.values_list("number", "subject", "from_name", "to_name", "their_number")
    assert list(found) == [(number, f"เรื่อง {number}", "ก", "ข", "มท 1") for number in range(1, 31)]


def send(client: Any, office: Office, data: bytes, **more: str) -> Any:
    """Post a file on the import page."""
    given = {"office": str(office.pk), "book": "receive", "year": "๒๕๖๔", **more}
    return client.post(reverse("register_import"), {**given, "file": SimpleUploadedFile("ทะเบียน.xlsx", data)})


def test_a_clerk_brings_no_secret_book_and_sees_none(client: Any) -> None:
    office = make_office()
    client.force_login(make_clerk(office), backend=BACKEND)
    assert send(client, office, old_book_bytes([]), book="secret_receive").status_code == 422
    secret = make_entry(office, Book.SECRET_SEND)
    source = make_source(office)
    RegisterImport.objects.filter(pk=source.pk).update(book=Book.SECRET_RECEIVE)
    assert client.get(reverse("register_import_preview", args=[source.pk])).status_code == 404
    for name, more in (("register_export", []), ("register_table", []), ("register_paper", [0, "pdf"])):
        assert client.get(reverse(name, args=[secret.register_id, *more])).status_code == 404
    assert not AuditEvent.objects.filter(event="register.exported").exists()


def test_what_is_exported_is_read_again_as_it_was() -> None:
    office, other = make_office(), make_office()
    texts = [*FORMULAS[:7], "x" * 500, "ก" * 500]
    entries = [entry(number, subject=text, remark=text, from_name=text[:300]) for number, text in enumerate(texts, 1)]
    more = {"their_number": "มท 0305/ว 1", "their_date": date(2020, 12, 31), "to_name": "ผู้ว่าราชการจังหวัด"}
    entries += [
        entry(12, state="void", because="ก" * 500),
        entry(13, subject="", state="reserved", because="งานพัสดุ"),
        entry(14, **more),
    ]
    for book in (Book.RECEIVE, Book.SEND):
        first = bring(office, *entries, book=book)
        found = read_register_file(exported(first), OldBook(book, 2564, 0, DAY))
        assert found.problems == []
        second = bring(other, *found.entries, book=book)
        assert columns(second) == columns(first)


def columns(register: Register) -> list[dict[str, Any]]:
    """All that a register says of its numbers; what is only theirs or only ours does not stand in the other's form."""
    names = ["number", "state", "dated", "from_name", "to_name", "subject", "remark", "voided_because", "reserved_for"]
    names += ["their_number", "their_date"] if register.book == Book.RECEIVE else ["number_text"]
    return list(register.entries.order_by("number").values(*names))


def test_formulas_stay_text_when_libreoffice_opens_the_export(tmp_path: Path) -> None:
    office_program = shutil.which("soffice")
    if office_program is None:
        if os.environ.get("PHROM_REQUIRE_BROWSER") == "1":
            pytest.fail("no LibreOffice")
        pytest.skip("!! no LibreOffice on this machine")
    register = bring(make_office(), *(entry(number, subject=text) for number, text in enumerate(FORMULAS, 1)))
    (tmp_path / "t.xlsx").write_bytes(exported(register))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [office_program, home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "t.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    rows = list(csv.reader((tmp_path / "t.csv").open(encoding="utf-8")))
    assert [row[6] for row in rows[1:]] == list(FORMULAS)
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, len(FORMULAS) + 1)]


def test_every_export_is_told(client: Any) -> None:
    office = make_office()
    register = make_entry(office, Book.RECEIVE).register
    clerk = make_clerk(office)
    client.force_login(clerk, backend=BACKEND)
    page = client.get(reverse("register_export", args=[register.pk]))
    assert [part.words for part in page.context["page"].parts] == ["ทั้งปี 2567", "เดือนมิถุนายน 2567"]
    taken = [client.get(reverse("register_table", args=[register.pk]))]
    taken += [client.get(reverse("register_paper", args=[register.pk, 6, kind])) for kind in ("pdf", "docx")]
    assert [answer.content[:2] for answer in taken] == [b"PK", b"%P", b"PK"]
    told = AuditEvent.objects.filter(event="register.exported").order_by("pk")
    assert [(event.details["format"], event.by_id) for event in told] == [(kind, clerk.pk) for kind in ("xlsx", "pdf", "docx")]
    assert client.get(reverse("register_paper", args=[register.pk, 13, "pdf"])).status_code == 404
    assert client.get(reverse("register_paper", args=[register.pk, 6, "exe"])).status_code == 404
    assert told.count() == 3


def test_the_paper_shows_voids_and_what_was_destroyed() -> None:
    office = make_office()
    used, gone = make_entry(office, Book.RECEIVE), make_entry(office, Book.RECEIVE)
    void_entry(entry=used, because="ลงซ้ำ", by=make_clerk(office), at=AT)
    RegisterEntry.objects.filter(pk=gone.pk).update(destroyed_at=AFTER)
    register = Register.objects.select_related("office__agency").get()
    document = register_document(register, register.entries.all(), "")
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert [row[8] for row in table.rows] == ["ยกเลิก: ลงซ้ำ", "ทำลายแล้ว 10 ม.ค. 2568"]
    assert document.title == "ทะเบียนหนังสือรับ (แบบที่ 13)"
    assert (document.landscape, document.in_thai) == (True, True)


@pytest.mark.slow
def test_twenty_thousand_lines_go_in_and_come_out_in_time(client: Any) -> None:
    office = make_office()
    started = time.process_time()
    register = bring(office, *(entry(number) for number in range(1, 20_001)))
    assert time.process_time() - started < 60
    client.force_login(make_clerk(office), backend=BACKEND)
    started = time.monotonic()
    answer = client.get(reverse("register_table", args=[register.pk]))
    print(f"{time.monotonic() - started:.2f} s for {len(answer.content)} bytes")
    assert RegisterEntry.objects.filter(state=EntryState.USED).count() == 20_000
