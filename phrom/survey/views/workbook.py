"""An agency's workbook: to fill offline, to bring back, to look at, to apply."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.shared.files.download import just_made
from phrom.shared.files.kinds import CONTENT_TYPES
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.workbook import apply_workbook
from phrom.survey.forms.workbook import WorkbookFile, taken_from_file
from phrom.survey.pages.answering import Sheet, sheet_for
from phrom.survey.pages.workbook import all_workbooks, entries_of, preview_of, sheet_to_fill, workbook_file, workbook_page


@require_safe
def workbook(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """Where the workbook is downloaded and brought back."""
    sheet = sheet_for(request.access, "answer.view", round_id, agency_id)
    page = workbook_page(sheet, request.access)
    return render(request, "survey/workbook.html", {"page": page, "form": WorkbookFile()})


@require_safe
def workbook_download(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """The workbook with what is stored now."""
    content, name = workbook_file(sheet_for(request.access, "answer.view", round_id, agency_id))
    return just_made(content, name=name, content_type=CONTENT_TYPES["xlsx"])


@require_safe
def workbooks(request: SignedRequest, round_id: int) -> HttpResponse:
    """The workbooks of all agencies of the round."""
    content, name = all_workbooks(request.access, round_id)
    return just_made(content, name=name, content_type="application/zip")


@require_POST
def workbook_take(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """A filled workbook: look at what it would write, then write just that."""
    sheet = sheet_to_fill(request.access, round_id, agency_id)
    if "rows" in request.POST:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _apply(request, sheet)))
    form, preview = WorkbookFile(request.POST, request.FILES), None
    if form.is_valid():
        try:
            preview = preview_of(sheet, form.cleaned_data["file"].read())
        except Refusal as refusal:
            form.add_error("file", refusal.th)
    page = workbook_page(sheet, request.access, preview)
    wrong = form.errors or (preview and preview.problems)
    return render(request, "survey/workbook.html", {"page": page, "form": form}, status=422 if wrong else 200)


def _apply(request: SignedRequest, sheet: Sheet) -> str:
    entries, sha256 = entries_of(sheet, request.POST["rows"], taken_from_file(request.POST))
    round, agency = sheet.round, sheet.agency
    codes = apply_workbook(round=round, agency=agency, entries=entries, sha256=sha256, by=request.user, at=request.at)
    messages.success(request, f"บันทึกจากไฟล์แล้ว {len(codes)} ข้อ")
    return reverse("answering", args=[round.pk, agency.pk])
