"""The province's set between two people: laid before somebody, approved, sent back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id
from phrom.survey.actions.proposing import approve_set, lay_set, return_set
from phrom.survey.forms.proposal import LaySet, ReturnSet
from phrom.survey.models import Round
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.proposal import proposal_page, resolutions_of


@require_http_methods(["GET", "HEAD", "POST"])
def set_proposal(request: SignedRequest, round_id: int) -> HttpResponse:
    """What the province says and where it stands; a post lays it, approves it or sends it back."""
    round = round_for(request.access, "set.approve", round_id)
    act = request.POST.get("act", "")
    lay = LaySet(request.POST if act == "lay" else None, resolutions=resolutions_of(round))
    back = ReturnSet(request.POST if act == "return" else None)
    if act == "lay" and lay.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _lay(request, round, lay)))
    if act == "approve":
        return HttpResponseRedirect(once_for(request, request.at, lambda: _approve(request, round)))
    if back.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _return(request, round, back)))
    page = proposal_page(round, request.access, local_date(request.at))
    shown = {"page": page, "lay": lay, "back": back}
    return render(request, "survey/proposal.html", shown, status=422 if request.method == "POST" else 200)


def _lay(request: SignedRequest, round: Round, form: LaySet) -> str:
    if not request.access.can("round.freeze", round.body):
        raise Http404
    lay_set(round=round, seen=form.cleaned_data["seen"], resolution=form.chosen, by=request.user, at=request.at)
    messages.success(request, "เสนอชุดคำตอบแล้ว รอประธานหรือผู้ประสานงานอีกคนเห็นชอบ")
    return reverse("set_proposal", args=[round.pk])


def _approve(request: SignedRequest, round: Round) -> str:
    approve_set(round=round, proposal_id=_proposal(request), by=request.user, at=request.at)
    messages.success(request, "เห็นชอบชุดคำตอบแล้ว ผู้ประสานงานปิดรอบได้")
    return reverse("set_proposal", args=[round.pk])


def _return(request: SignedRequest, round: Round, form: ReturnSet) -> str:
    reason = form.cleaned_data["reason"]
    return_set(round=round, proposal_id=_proposal(request), reason=reason, by=request.user, at=request.at)
    messages.success(request, "ส่งชุดคำตอบกลับพร้อมเหตุผลแล้ว")
    return reverse("set_proposal", args=[round.pk])


def _proposal(request: SignedRequest) -> int:
    return posted_id(request.POST.get("proposal", ""))
