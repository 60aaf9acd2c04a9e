"""The province's answers: the sheet of all rows, and one row with its decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.consolidation import override, take_proposals, undo_override
from phrom.survey.forms.consolidation import Override, read_taken
from phrom.survey.models import Round
from phrom.survey.pages.consolidation import consolidation_page
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.province_row import ProvinceRowPage, province_row_page

PREVIEW = "sent"


@require_http_methods(["GET", "HEAD", "POST"])
def consolidation(request: SignedRequest, round_id: int) -> HttpResponse:
    """All rows with what the province would answer; a post takes those without a conflict, as they were shown."""
    round = round_for(request.access, "answer.consolidate", round_id)
    if request.method == "POST":
        return HttpResponseRedirect(once_for(request, request.at, lambda: _take(request, round)))
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
    use = request.GET.get("use", "")
    page = province_row_page(round, request.access, local_date(request.at), code=code, preview=preview, use=use)
    if "take" in request.POST:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _take_one(request, round, page)))
    if "undo" in request.POST:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _undo(request, round, code)))
    form = _form(request, page)
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _override(request, round, code, form)))
    return render(request, "survey/consolidation_row.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _form(request: SignedRequest, page: ProvinceRowPage) -> Override:
    row = page.row
    return Override(request.POST or None, question=row.question, answer=page.answer, seen=page.seen, reason=page.reason)


def _override(request: SignedRequest, round: Round, code: str, form: Override) -> str:
    reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
    override(round=round, code=code, answer=form.answer, reason=reason, seen=seen, by=request.user, at=request.at)
    messages.success(request, f"บันทึกคำตอบของจังหวัดข้อ {code} แล้ว")
    return reverse("consolidation_row", args=[round.pk, code])


def _undo(request: SignedRequest, round: Round, code: str) -> str:
    undo_override(round=round, code=code, seen=request.POST.get("seen", ""), by=request.user, at=request.at)
    messages.success(request, f"ข้อ {code} กลับไปใช้ข้อเสนอตามเกณฑ์แล้ว")
    return reverse("consolidation_row", args=[round.pk, code])


def _take(request: SignedRequest, round: Round) -> str:
    outcome = take_proposals(round=round, seen=read_taken(request.POST), by=request.user, at=request.at)
    messages.success(request, f"ยอมรับข้อเสนอแล้ว {len(outcome.taken)} ข้อ")
    if outcome.changed:
        messages.warning(request, f"ยังไม่ได้ยอมรับ เพราะคำตอบเปลี่ยนไปหลังเปิดหน้านี้: {', '.join(outcome.changed)}")
    return reverse("consolidation", args=[round.pk])


def _take_one(request: SignedRequest, round: Round, page: ProvinceRowPage) -> str:
    code = page.row.question.code
    outcome = take_proposals(round=round, seen=read_taken(request.POST), by=request.user, at=request.at, alone=True)
    if code in outcome.taken:
        messages.success(request, f"ยอมรับข้อเสนอข้อ {code} แล้ว")
        return reverse("consolidation_row", args=[round.pk, page.next or code])
    messages.warning(request, f"ยังไม่ได้ยอมรับข้อ {code} เพราะคำตอบเปลี่ยนไปหลังเปิดหน้านี้ กรุณาดูอีกครั้ง")
    return reverse("consolidation_row", args=[round.pk, code])
