"""The province's answers: the sheet of all rows, and one row with its decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.consolidation import override, undo_override
from phrom.survey.forms.consolidation import Override
from phrom.survey.models import Round
from phrom.survey.pages.consolidation import ConsolidationRowPage, consolidation_page, consolidation_row_page
from phrom.survey.pages.heads import round_for

PREVIEW = "sent"


@require_GET
def consolidation(request: SignedRequest, round_id: int) -> HttpResponse:
    """All rows with what the province would answer."""
    round = round_for(request.access, "answer.consolidate", round_id)
    page = consolidation_page(
        round,
        request.access,
        local_date(request.at),
        preview=request.GET.get("count") == PREVIEW,
        pillar=request.GET.get("pillar", ""),
        show=request.GET.get("show", "all"),
    )
    return render(request, "survey/consolidation.html", {"page": page})


@require_http_methods(["GET", "POST"])
def consolidation_row(request: SignedRequest, round_id: int, code: str) -> HttpResponse:
    """One row as a ledger; a post decides otherwise than the rule, or takes such a decision back."""
    round = round_for(request.access, "answer.consolidate", round_id)
    preview = request.GET.get("count") == PREVIEW
    page = consolidation_row_page(round, request.access, local_date(request.at), code=code, preview=preview)
    if "undo" in request.POST:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _undo(request, round, code)))
    form = _form(request, page)
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _override(request, round, code, form)))
    return render(request, "survey/consolidation_row.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _form(request: SignedRequest, page: ConsolidationRowPage) -> Override:
    row = page.row
    return Override(request.POST or None, question=row.question, answer=page.answer, seen=page.seen, reason=row.reason)


def _override(request: SignedRequest, round: Round, code: str, form: Override) -> str:
    reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
    override(round=round, code=code, answer=form.answer, reason=reason, seen=seen, by=request.user, at=request.at)
    messages.success(request, f"บันทึกคำตอบของจังหวัดข้อ {code} แล้ว")
    return reverse("consolidation_row", args=[round.pk, code])


def _undo(request: SignedRequest, round: Round, code: str) -> str:
    undo_override(round=round, code=code, seen=request.POST.get("seen", ""), by=request.user, at=request.at)
    messages.success(request, f"ข้อ {code} กลับไปใช้ข้อเสนอตามเกณฑ์แล้ว")
    return reverse("consolidation_row", args=[round.pk, code])
