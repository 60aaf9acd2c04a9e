"""The coordinator's page of things that look the same."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id
from phrom.survey.actions.twins import judge_twins, undo_twins
from phrom.survey.models import Round
from phrom.survey.models.scopes import list_items_within, twins_of
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.twins import twins_page


@require_http_methods(["GET", "POST"])
def twins(request: SignedRequest, round_id: int) -> HttpResponse:
    """Proposals side by side; a post says of ticked things that they are the same or different, or takes a word back."""
    round = round_for(request.access, "answer.consolidate", round_id)
    if request.method == "POST":
        act = _undo if "undo" in request.POST else _judge
        return HttpResponseRedirect(once_for(request, request.at, lambda: act(request, round)))
    page = twins_page(round, request.access, local_date(request.at), request.GET.get("list", ""))
    return render(request, "survey/twins.html", {"page": page})


def _judge(request: SignedRequest, round: Round) -> str:
    ids = {posted_id(raw) for raw in request.POST.getlist("item")}
    items = list(list_items_within(request.access, "answer.consolidate").filter(round=round, pk__in=ids).order_by("pk"))
    same = request.POST.get("say") == "same"
    judge_twins(items=items, same=same, by=request.user, at=request.at)
    said = "เป็นสิ่งเดียวกัน นับครั้งเดียว" if same else "เป็นคนละสิ่ง"
    messages.success(request, f"ระบุแล้วว่า {len(items)} รายการ{said}")
    return _address(request, round)


def _undo(request: SignedRequest, round: Round) -> str:
    twin = get_object_or_404(twins_of(round), pk=posted_id(request.POST["undo"]))
    undo_twins(twin=twin, by=request.user, at=request.at)
    messages.success(request, f"ยกเลิกแล้ว “{twin.first.name}” และ “{twin.second.name}” กลับไปรอพิจารณา")
    return _address(request, round)


def _address(request: SignedRequest, round: Round) -> str:
    return f"{reverse('twins', args=[round.pk])}?{urlencode({'list': request.POST.get('list', '')[:12]})}"
