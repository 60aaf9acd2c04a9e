"""The reviewer's desk."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.models import Agency
from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions import reviewing
from phrom.survey.forms.review import ACCEPT, RETURN, Decision, read_seen
from phrom.survey.models import Ask, Round
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.review import next_waiting, queue_page
from phrom.survey.pages.review_ask import review_page


@require_http_methods(["GET", "POST"])
def review(request: SignedRequest, round_id: int) -> HttpResponse:
    """What waits, one agency at a time; a post accepts its rows without errors."""
    round = round_for(request.access, "answer.review", round_id)
    if request.method == "POST":
        return HttpResponseRedirect(once_for(request, request.at, lambda: _accept_many(request, round)))
    agency, pillar = request.GET.get("agency", ""), request.GET.get("pillar", "")
    page = queue_page(round, request.access, local_date(request.at), agency=agency, pillar=pillar)
    return render(request, "survey/review.html", {"page": page})


@require_http_methods(["GET", "POST"])
def review_ask(request: SignedRequest, ask_id: int) -> HttpResponse:
    """One row; a post decides on it and leads to the next."""
    page = review_page(request.access, ask_id, local_date(request.at))
    form = Decision(request.POST or None, initial={"seen": page.seen})
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _decide(request, page.ask, form)))
    return render(request, "survey/review_ask.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _decide(request: SignedRequest, ask: Ask, form: Decision) -> str:
    seen, verdict, reason = (form.cleaned_data[name] for name in ("seen", "verdict", "reason"))
    if verdict == ACCEPT:
        reviewing.accept(ask=ask, seen=seen, by=request.user, at=request.at)
        messages.success(request, f"รับคำตอบข้อ {ask.code} ของ{ask.agency.name}แล้ว")
    elif verdict == RETURN:
        reviewing.return_to_agency(ask=ask, reason=reason, seen=seen, by=request.user, at=request.at)
        messages.success(request, f"ส่งข้อ {ask.code} กลับให้{ask.agency.name}แก้ไขแล้ว")
    else:
        reviewing.reopen(ask=ask, reason=reason, seen=seen, by=request.user, at=request.at)
        messages.success(request, f"เปิดข้อ {ask.code} ให้{ask.agency.name}แก้ไขแล้ว")
    return next_waiting(ask.round, ask)


def _accept_many(request: SignedRequest, round: Round) -> str:
    wanted = request.POST.get("agency", "")
    agency = get_object_or_404(Agency, pk=int(wanted) if re.fullmatch(r"[0-9]{1,18}", wanted) else 0, body=round.body_id)
    result = reviewing.accept_many(round=round, agency=agency, seen=read_seen(request.POST), by=request.user, at=request.at)
    messages.success(request, f"รับคำตอบของ{agency.name} {len(result.accepted)} ข้อแล้ว")
    if result.with_errors:
        messages.warning(request, f"ยังไม่รับเพราะมีข้อผิดพลาด: {', '.join(result.with_errors)}")
    if result.changed:
        messages.warning(request, f"ยังไม่รับเพราะคำตอบเปลี่ยนไปหลังเปิดหน้านี้: {', '.join(result.changed)}")
    return f"{reverse('review', args=[round.pk])}?{urlencode({'agency': agency.pk})}"
