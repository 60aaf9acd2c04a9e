"""The lists of an agency: reading, adding, one thing to change or take away, a table to paste, a row answered from a list."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.rules.instrument.model import ListKind
from phrom.shared.journal.once import once_for
from phrom.survey.actions.answering import question_of
from phrom.survey.actions.listing import ItemConflict, NamedTwice, Thing, add_items, change_item, remove_item, take_from_list
from phrom.survey.forms.answers import version_of
from phrom.survey.forms.listing import ThingForm, mark_known, quick_lines, typed_lines, typed_version
from phrom.survey.forms.listing_table import ReadTable, columns_of, read_posted_table
from phrom.survey.models import Ask
from phrom.survey.models.scopes import ask_to_save_or_404, list_items_within
from phrom.survey.pages.answering import sheet_for
from phrom.survey.pages.listing import ListPage, item_page, list_address, list_page
from phrom.survey.pages.saved import section_address


@require_GET
def one_list(request: SignedRequest, round_id: int, agency_id: int, kind: str) -> HttpResponse:
    """One list to read, with empty lines for who may add to it."""
    page = list_page(sheet_for(request.access, "answer.view", round_id, agency_id), request.access, kind)
    return render(request, "survey/list.html", {"page": page, "lines": quick_lines(None, page.kind, page.fields)})


@require_POST
def add(request: SignedRequest, round_id: int, agency_id: int, kind: str) -> HttpResponse:
    """Add the lines in which something was typed, all or none; what is wrong comes back with what was typed."""
    page = list_page(sheet_for(request.access, "answer.edit", round_id, agency_id), request.access, kind)
    lines = quick_lines(request.POST, page.kind, page.fields)
    things, known = typed_lines(lines), set(page.keys)
    if things and not any(line.errors for line in lines):
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _add(request, page, things)))
        except NamedTwice as twice:  # looked for here and not before: a form that was sent twice is none
            known |= twice.keys
    mark_known(lines, known)
    wrong = any(line.errors for line in lines)
    context = {"page": page, "lines": lines, "wrong": wrong, "nothing": not wrong}
    return render(request, "survey/list.html", context, status=422)


@require_http_methods(["GET", "POST"])
def paste(request: SignedRequest, round_id: int, agency_id: int, kind: str) -> HttpResponse:
    """A table of things, all or none; what is wrong is told by row and column."""
    page = list_page(sheet_for(request.access, "answer.edit", round_id, agency_id), request.access, kind)
    read = ReadTable()
    if request.method == "POST":
        read, known = read_posted_table(request, kind=page.kind, fields=page.fields), set(page.keys)
        if not read.problems:
            try:
                return HttpResponseRedirect(once_for(request, request.at, lambda: _add(request, page, read.things)))
            except NamedTwice as twice:
                known |= twice.keys
        read.tell_known(known)
    pasted, columns = request.POST.get("table", ""), columns_of(page.kind, page.fields)
    context = {"page": page, "read": read, "columns": columns, "pasted": pasted}
    return render(request, "survey/list_paste.html", context, status=422 if read.problems else 200)


@require_http_methods(["GET", "POST"])
def item(request: SignedRequest, thing_id: int) -> HttpResponse:
    """One thing with all its fields; a post writes it anew upon the version that was read."""
    page = item_page(request.access, thing_id)
    kind = ListKind(page.item.kind)
    form = ThingForm(request.POST or None, kind=kind, fields=page.fields, evidence=page.evidence, item=page.item)
    context = {"page": page, "form": form, "version": request.POST.get("version", page.item.version), "conflict": None}
    if form.is_valid():
        try:
            version = typed_version(request.POST)
            change_item(item=page.item, thing=form.thing, version=version, by=request.user, at=request.at)
        except ItemConflict as conflict:
            context |= {"conflict": conflict, "version": conflict.theirs.version}
        else:
            messages.success(request, f"บันทึก “{form.thing.name}” แล้ว")
            return redirect(page.back)
    return render(request, "survey/list_item.html", context, status=409 if context["conflict"] else 422 if form.errors else 200)


@require_POST
def remove(request: SignedRequest, thing_id: int) -> HttpResponse:
    """Take a thing out of its list."""
    item = get_object_or_404(list_items_within(request.access, "answer.edit"), pk=thing_id)
    remove_item(item=item, by=request.user, at=request.at)
    messages.success(request, f"นำ “{item.name}” ออกจากบัญชีแล้ว")
    return redirect(list_address(item.round_id, item.agency_id, item.kind))


@require_POST
def take(request: SignedRequest, ask_id: int) -> HttpResponse:
    """Answer a row with what the list gives."""
    ask = ask_to_save_or_404(request.access, ask_id)
    return HttpResponseRedirect(once_for(request, request.at, lambda: _take(request, ask)))


def _add(request: SignedRequest, page: ListPage, things: Sequence[Thing]) -> str:
    add_items(round=page.round, agency=page.agency, kind=page.kind.value, things=things, by=request.user, at=request.at)
    messages.success(request, f"เพิ่มในบัญชีแล้ว {len(things)} {page.called}")
    return list_address(page.round.pk, page.agency.pk, page.kind.value)


def _take(request: SignedRequest, ask: Ask) -> str:
    version = version_of(question_of(ask), request.POST.get("version", ""))
    take_from_list(ask=ask, version=version, by=request.user, at=request.at)
    messages.success(request, f"ข้อ {ask.code} ใช้คำตอบจากบัญชีแล้ว")
    return section_address(ask)
