"""The official's own rows: what is asked of me, a section to answer, saving one answer or a page of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.survey.actions.answering import AnswerConflict, question_of, save_answer, save_section
from phrom.survey.forms.answers import read_answer, read_section
from phrom.survey.models.scopes import ask_to_save_or_404
from phrom.survey.pages.answering import answering_page, section_asks, sheet_for
from phrom.survey.pages.my_asks import my_asks_page
from phrom.survey.pages.saved import conflict_page, conflict_reply, onward_address, saved_reply, section_address, troubles_of


@require_GET
def my_asks(request: SignedRequest) -> HttpResponse:
    """Everything asked of my agencies."""
    return render(request, "survey/my_asks.html", {"page": my_asks_page(request.access, request.at)})


@require_GET
def first_section(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """The first section of an agency's rows."""
    return section(request, round_id, agency_id, "")


@require_GET
def section(request: SignedRequest, round_id: int, agency_id: int, slug: str) -> HttpResponse:
    """One section, to answer or to read."""
    sheet = sheet_for(request.access, "answer.view", round_id, agency_id)
    page = answering_page(sheet, slug, access=request.access, at=request.at)
    return render(request, "survey/answering.html", {"page": page})


@require_POST
def section_save(request: SignedRequest, round_id: int, agency_id: int, slug: str) -> HttpResponse:
    """Save a page without JavaScript; rows that cannot be saved come back with what was typed and the reason."""
    sheet = sheet_for(request.access, "answer.edit", round_id, agency_id)
    entries = read_section(sheet.edition.by_code, section_asks(sheet, slug), request.POST)
    outcome = save_section(round=sheet.round, agency=sheet.agency, entries=entries, by=request.user, at=request.at)
    if not outcome.refused:
        messages.success(request, f"บันทึกแล้ว {len(outcome.saved)} ข้อ" if outcome.saved else "ไม่มีข้อใดเปลี่ยนแปลง")
        return redirect(onward_address(sheet, slug, request.POST.get("go", "")))
    fresh = sheet_for(request.access, "answer.edit", round_id, agency_id)
    troubles = troubles_of(entries, outcome.refused)
    page = answering_page(fresh, slug, access=request.access, at=request.at, troubles=troubles)
    return render(request, "survey/answering.html", {"page": page}, status=max(r.status for r in outcome.refused.values()))


@require_POST
def answer_save(request: SignedRequest, ask_id: int) -> HttpResponse:
    """Save one answer: JSON for the script, a page for a plain form."""
    ask = ask_to_save_or_404(request.access, ask_id)
    scripted = "application/json" in request.headers.get("Accept", "")
    typed = read_answer(question_of(ask), request)
    try:
        answer = save_answer(ask=ask, content=typed.content, version=typed.version, by=request.user, at=request.at)
    except AnswerConflict as conflict:
        if scripted:
            return JsonResponse(conflict_reply(conflict), status=409)
        return render(request, "survey/conflict.html", {"page": conflict_page(conflict)}, status=409)
    return JsonResponse(saved_reply(answer, ask)) if scripted else redirect(section_address(ask))
