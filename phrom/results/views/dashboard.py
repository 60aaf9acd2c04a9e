"""The dashboard, one pillar, keeping a snapshot, closing the round."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.results.actions import scores
from phrom.results.forms import FreezeForm
from phrom.results.pages.dashboard import dashboard_page, pillar_page
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.freezing import readiness
from phrom.survey.pages.heads import round_for, round_head
from phrom.survey.pages.proposal import approval_now


@require_safe
def dashboard(request: SignedRequest, round_id: int) -> HttpResponse:
    """ผลของจังหวัด."""
    round = round_for(request.access, "results.view", round_id)
    page = dashboard_page(request.access, round, request.GET.get("assumption", ""), local_date(request.at))
    return render(request, "results/dashboard.html", {"page": page})


@require_safe
def dashboard_pillar(request: SignedRequest, round_id: int, pillar: str) -> HttpResponse:
    """One pillar's rows."""
    round = round_for(request.access, "results.view", round_id)
    page = pillar_page(request.access, round, pillar, local_date(request.at))
    return render(request, "results/pillar.html", {"page": page})


@require_POST
def snapshot_take(request: SignedRequest, round_id: int) -> HttpResponse:
    """Keep the figures of this moment."""
    round = round_for(request.access, "results.record", round_id)

    def take() -> str:
        scores.take_snapshot(round=round, by=request.user, at=request.at)
        return reverse("dashboard", args=[round.pk])

    address = once_for(request, request.at, take)
    messages.success(request, "บันทึกผล ณ ขณะนี้แล้ว")
    return redirect(address)


def freeze(request: SignedRequest, round_id: int) -> HttpResponse:
    """Close the round together with its final score."""
    round = round_for(request.access, "round.freeze", round_id)
    form = FreezeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        head = round_head(round, request.access, "freeze", local_date(request.at))
        standing = approval_now(round)
        shown = {"round": round, "head": head, "readiness": readiness(round), "form": form, "standing": standing}
        return render(request, "results/freeze.html", shown)

    def close() -> str:
        confirmed = form.cleaned_data["confirmed"]
        scores.freeze(round=round, by=request.user, at=request.at, confirmed=confirmed)
        return reverse("dashboard", args=[round.pk])

    address = once_for(request, request.at, close)
    messages.success(request, "ปิดรอบแล้ว คำตอบของจังหวัดถูกเก็บเป็นชุดที่แก้ไขไม่ได้ พร้อมผลคะแนน")
    return redirect(address)
