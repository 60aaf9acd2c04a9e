"""Orders: all of them, one of them on a day, recording one, its files and papers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phrom.agencies.handing_out import paper_file
from phrom.agencies.requests import SignedRequest
from phrom.committee.actions.orders import attach_file, record_order
from phrom.committee.forms.orders import AsOf, RecordOrder, SignedFile
from phrom.committee.pages.comparing import comparison_of
from phrom.committee.pages.order import order_for_paper, order_page
from phrom.committee.pages.orders import orders_page
from phrom.committee.pages.recording import recording_page
from phrom.committee.papers.difference import difference_document
from phrom.committee.papers.order import order_document
from phrom.committee.scopes import orders_managed, orders_within
from phrom.shared.files.download import answer
from phrom.shared.files.models import StoredFile
from phrom.shared.files.names import clean_name
from phrom.shared.files.store import keep
from phrom.shared.journal.once import once_for
from phrom.shared.thai import clock
from phrom.shared.ui.refusals import Refusal


@require_safe
def orders(request: SignedRequest) -> HttpResponse:
    """The order in force and those before it."""
    page = orders_page(request.access, today=clock.local_date(request.at))
    return render(request, "committee/orders.html", {"page": page})


@require_safe
def order(request: SignedRequest, order_id: int) -> HttpResponse:
    """Who sits by an order on a day, as recorded until a day."""
    form = AsOf(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    days = {"on": asked.get("on"), "known_on": asked.get("known")}
    page = order_page(request.access, order_id, today=clock.local_date(request.at), **days)
    shown = {"page": page, "form": form, "file": SignedFile(), **days}
    return render(request, "committee/order.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def record(request: SignedRequest) -> HttpResponse:
    """Record an order; its file is kept before anything is written."""
    page = recording_page(request.access)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RecordOrder(*posted, bodies=page.bodies, making=page.making)
    if form.is_valid():
        try:
            file, name = _kept(request, form)
            return HttpResponseRedirect(once_for(request, request.at, lambda: _record(request, form, file, name)))
        except Refusal as refusal:
            _blame(form, refusal)
    return render(request, "committee/record.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def attach(request: SignedRequest, order_id: int) -> HttpResponse:
    """Put the signed file beside an order that was recorded without."""
    found = get_object_or_404(orders_managed(request.access), pk=order_id)
    form = SignedFile(request.POST, request.FILES)
    if not form.is_valid() or not form.cleaned_data["file"].name.lower().endswith(".pdf"):
        messages.error(request, "ยังไม่ได้แนบไฟล์ กรุณาเลือกไฟล์ PDF ของคำสั่ง")
        return redirect("order", found.pk)
    file, name = _kept(request, form)
    if file is not None:
        attach_file(order=found, file=file, name=name, by=request.user, at=request.at)
    messages.success(request, f"แนบไฟล์คำสั่งที่ {found} แล้ว")
    return redirect("order", found.pk)


@require_safe
def file(request: SignedRequest, order_id: int) -> HttpResponseBase:
    """The signed order, checked against its hash."""
    found = get_object_or_404(orders_within(request.access), pk=order_id)
    if found.file is None:
        raise Http404
    return answer(found.file, name=found.file_name or f"คำสั่ง {found.number}-{found.year}.pdf", inline="inline" in request.GET)


@require_safe
def paper(request: SignedRequest, order_id: int, file_format: str) -> HttpResponse:
    """The order in its form, as DOCX or PDF."""
    found, seats, ended = order_for_paper(request.access, order_id)
    document = order_document(found, seats, ended)
    return paper_file(found.body, document, f"คำสั่ง {found.number}-{found.year}", file_format)


@require_safe
def difference(request: SignedRequest, order_id: int) -> HttpResponse:
    """Two orders side by side."""
    found = comparison_of(request.access, order_id, request.GET.get("with", ""))
    return render(request, "committee/difference.html", {"found": found})


@require_safe
def difference_paper(request: SignedRequest, order_id: int, file_format: str) -> HttpResponse:
    """The difference sheet, as DOCX or PDF."""
    found = comparison_of(request.access, order_id, request.GET.get("with", ""))
    name = f"ข้อแตกต่างคำสั่ง {found.before.number}-{found.before.year} กับ {found.after.number}-{found.after.year}"
    return paper_file(found.after.body, difference_document(found), name, file_format)


def _kept(request: SignedRequest, form: RecordOrder | SignedFile) -> tuple[StoredFile | None, str]:
    upload = form.cleaned_data["file"]
    if upload is None:
        return None, ""
    name = clean_name(upload.name)
    return keep(upload.chunks(), name=name, at=request.at), name


def _record(request: SignedRequest, form: RecordOrder, file: StoredFile | None, name: str) -> str:
    made = record_order(**form.given(), file=file, file_name=name, by=request.user, at=request.at)
    messages.success(request, f"บันทึกคำสั่งที่ {made} แล้ว ขั้นต่อไปคือตำแหน่งในคำสั่ง")
    return reverse("order", args=[made.pk])


def _blame(form: RecordOrder, refusal: Refusal) -> None:
    """The refusal beside the field it is about."""
    where = {"replaces": "relation", "amends": "relation"}.get(refusal.where, refusal.where)
    form.add_error(where if where in form.fields else None, refusal.th)
