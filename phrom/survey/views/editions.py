"""Questionnaires as data: which lie there, their twins to download, a table read into a draft. Nothing is published here."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.rules.instrument.questionnaire import lines_of_text
from phrom.shared.files.download import just_made
from phrom.shared.ui.refusals import Refusal
from phrom.survey.forms.editions import TableSource
from phrom.survey.pages.editions import (
    ReportPage,
    draft,
    edition_lines,
    edition_twin,
    edition_xlsform,
    lines_of_upload,
    report,
)


@require_safe
def editions(request: SignedRequest) -> HttpResponse:
    """The catalogue."""
    return render(request, "survey/editions.html", {"lines": edition_lines(settings.PHROM_EDITIONS)})


@require_safe
def twin(request: SignedRequest, edition_key: str) -> HttpResponse:
    """An edition for Excel."""
    return _file(*edition_twin(settings.PHROM_EDITIONS, edition_key))


@require_safe
def xlsform(request: SignedRequest, edition_key: str) -> HttpResponse:
    """An edition for field tools."""
    return _file(*edition_xlsform(settings.PHROM_EDITIONS, edition_key))


@require_http_methods(["GET", "POST"])
def edition_import(request: SignedRequest) -> HttpResponse:
    """Paste or choose a table, look at the report, take the draft along."""
    if "rows" in request.POST:
        return _file(*draft(request.POST["rows"], request.POST.get("as", "xlsx")))
    form = TableSource(*((request.POST, request.FILES) if request.method == "POST" else ()))
    page = _reported(form) if form.is_valid() else None
    return render(request, "survey/edition_import.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _reported(form: TableSource) -> ReportPage | None:
    file = form.cleaned_data["file"]
    try:
        return report(lines_of_upload(file.read(), file.name) if file else lines_of_text(form.cleaned_data["text"]))
    except Refusal as refusal:
        form.add_error("file", refusal.th)
        return None


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    return just_made(content, name=name, content_type=content_type)
