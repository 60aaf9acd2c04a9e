"""Old registers in, registers out."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phrom.agencies.handing_out import paper_file
from phrom.agencies.requests import SignedRequest
from phrom.letters.actions.exporting import record_export
from phrom.letters.actions.importing import import_register, keep_file
from phrom.letters.forms.old_registers import OldRegisterFile
from phrom.letters.models import RegisterImport
from phrom.letters.numbers import year_of
from phrom.letters.pages import exporting
from phrom.letters.pages.old_registers import (
    Preview,
    import_page,
    office_for,
    preview,
    read_for,
    source_for,
    template_sheets,
)
from phrom.letters.papers.register import register_document
from phrom.letters.register_file import ReadRegister
from phrom.shared.documents.xlsx import write_workbook
from phrom.shared.files.download import just_made
from phrom.shared.files.kinds import CONTENT_TYPES
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal


@require_http_methods(["GET", "POST"])
def bring(request: SignedRequest) -> HttpResponse:
    """Choose the book, the year and the file; a file without errors leads to its preview."""
    page, read = import_page(request.access), None
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OldRegisterFile(*posted, offices=page.offices, books=page.books, this_year=year_of(request.at))
    if form.is_valid():
        try:
            read, source = _read(request, form)
            if source is not None:
                return redirect("register_import_preview", source.pk)
        except Refusal as refusal:
            form.add_error("file", refusal.th)
    wrong = form.errors or read
    shown = {"form": form, "page": page, "read": read}
    return render(request, "letters/register_import.html", shown, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def bring_preview(request: SignedRequest, import_id: int) -> HttpResponse:
    """What the file says; a post writes just that."""
    source = source_for(request.access, import_id)
    if source.applied_at is not None and request.method == "GET":
        return redirect("register_import")
    found = None if source.applied_at else preview(source, local_date(request.at))
    if request.method == "POST" and (found is None or not found.read.problems):
        return HttpResponseRedirect(once_for(request, request.at, lambda: _apply(request, source, found)))
    wrong = found is None or found.read.problems
    return render(request, "letters/register_import_preview.html", {"page": found}, status=422 if wrong else 200)


@require_safe
def template(request: SignedRequest) -> HttpResponse:
    """The file to fill in."""
    stream = BytesIO()
    write_workbook(stream, template_sheets())
    return just_made(stream.getvalue(), name="แม่แบบทะเบียนหนังสือเดิม.xlsx", content_type=CONTENT_TYPES["xlsx"])


@require_safe
def export(request: SignedRequest, register_id: int) -> HttpResponse:
    """What can be taken away of a register."""
    return render(request, "letters/register_export.html", {"page": exporting.export_page(request.access, register_id)})


@require_safe
def table(request: SignedRequest, register_id: int) -> HttpResponse:
    """The whole register for Excel."""
    register = exporting.register_for(request.access, register_id)
    record_export(register=register, file_format="xlsx", part="", by=request.user, at=request.at)
    stream = BytesIO()
    write_workbook(stream, [exporting.sheet_of(register)])
    name = exporting.file_name(register, "", local_date(request.at))
    return just_made(stream.getvalue(), name=f"{name}.xlsx", content_type=CONTENT_TYPES["xlsx"])


@require_safe
def paper(request: SignedRequest, register_id: int, month: int, file_format: str) -> HttpResponse:
    """A month of the register, or all of it, by the form of the regulation."""
    register = exporting.register_for(request.access, register_id)
    part, lines = exporting.part_of(register, month)
    name = exporting.file_name(register, part, local_date(request.at))
    made = paper_file(register.office.agency.own_body, register_document(register, lines, part), name, file_format)
    record_export(register=register, file_format=file_format, part=part, by=request.user, at=request.at)
    return made


def _read(request: SignedRequest, form: OldRegisterFile) -> tuple[ReadRegister, RegisterImport | None]:
    given, file = form.cleaned_data, form.cleaned_data["file"]
    office = office_for(request.access, import_page(request.access), int(given["office"]), given["book"])
    data = file.read()
    read = read_for(office, given["book"], given["year"], data, local_date(request.at))
    if read.problems:
        return read, None
    where = {"office": office, "book": given["book"], "year": given["year"]}
    return read, keep_file(**where, data=data, name=file.name, by=request.user, at=request.at)


def _apply(request: SignedRequest, source: RegisterImport, found: Preview | None) -> str:
    entries = found.read.entries if found else []
    register = import_register(source=source, entries=entries, by=request.user, at=request.at)
    counted = f"{len(entries):,} รายการ ทะเบียนปี {register.year} ออกเลขถึง {register.last_number:,}"
    messages.success(request, f"นำทะเบียนเดิมเข้าแล้ว {counted}")
    return reverse("register_export", args=[register.pk])
