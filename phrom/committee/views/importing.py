"""A roster from Excel: the template, the preview, and putting it into the order."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.committee.actions.importing import import_roster
from phrom.committee.forms.seats import RosterFile
from phrom.committee.pages.importing import ImportPage, import_page, preview, refuse_early, rows_of, template_sheets
from phrom.shared.documents.xlsx import write_workbook
from phrom.shared.files.download import just_made
from phrom.shared.files.kinds import CONTENT_TYPES
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal


@require_http_methods(["GET", "POST"])
def roster_import(request: SignedRequest, order_id: int) -> HttpResponse:
    """Choose a file, look at what it says, then apply just that."""
    page = import_page(request.access, order_id)
    if "rows" in request.POST:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _apply(request, page)))
    refuse_early(page)
    form = RosterFile(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            page = preview(page, form.cleaned_data["file"].read())
        except Refusal as refusal:
            form.add_error("file", refusal.th)
    wrong = form.errors or (page.read and page.read.problems)
    return render(request, "committee/import.html", {"page": page, "form": form}, status=422 if wrong else 200)


@require_safe
def template(request: SignedRequest, order_id: int) -> HttpResponse:
    """The file to fill in, with the offices of the body."""
    page = import_page(request.access, order_id)
    stream = BytesIO()
    write_workbook(stream, template_sheets(page.offices))
    name = f"แม่แบบรายชื่อ คำสั่ง {page.order.number}-{page.order.year}.xlsx"
    return just_made(stream.getvalue(), name=name, content_type=CONTENT_TYPES["xlsx"])


def _apply(request: SignedRequest, page: ImportPage) -> str:
    rows = rows_of(page, request.POST["rows"])
    count = import_roster(order=page.order, rows=rows, by=request.user, at=request.at)
    messages.success(request, f"นำรายชื่อเข้าคำสั่งที่ {page.order} แล้ว {count} ตำแหน่ง")
    return reverse("order", args=[page.order.pk])
