"""The who-has-what matrix: one page, one form, one save."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.asking_once import ask_once
from phrom.survey.actions.routing import RoutingChange, route_rows
from phrom.survey.forms.routing import read_once, read_routing
from phrom.survey.models import Round
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.matrix import matrix_page


@require_http_methods(["GET", "POST"])
def matrix(request: SignedRequest, round_id: int) -> HttpResponse:
    """Show who is asked what; a post makes it so."""
    round = round_for(request.access, "round.route", round_id)
    if request.method == "POST":
        return HttpResponseRedirect(once_for(request, request.at, lambda: _route(request, round)))
    page = matrix_page(round, request.access, local_date(request.at), pillar=request.GET.get("pillar", ""))
    return render(request, "survey/matrix.html", {"page": page})


def _route(request: SignedRequest, round: Round) -> str:
    change = route_rows(round=round, routing=read_routing(request.POST), by=request.user, at=request.at)
    wanted = read_once(request.POST)
    once = ask_once(round=round, begin=wanted.begin, end=wanted.end, by=request.user, at=request.at)
    messages.success(request, in_words(change, once))
    pillar = request.POST.get("pillar", "")[:10]
    return f"{reverse('matrix', args=[round.pk])}?{urlencode({'pillar': pillar})}"


def in_words(change: RoutingChange, once: int = 0) -> str:
    """What a save did, as a sentence."""
    parts = (
        (change.added, f"มอบหมายเพิ่ม {change.added} ช่อง"),
        (change.restored, f"มอบหมายกลับ {change.restored} ช่อง (คำตอบเดิมกลับมาด้วย)"),
        (change.withdrawn, f"ถอน {change.withdrawn} ช่อง (คำตอบเดิมยังเก็บไว้)"),
        (change.leads, f"เปลี่ยนหน่วยงานหลัก {change.leads} ข้อ"),
        (once, f"เปลี่ยนการตอบครั้งเดียว {once} ข้อ"),
    )
    said = " · ".join(words for count, words in parts if count)
    return f"บันทึกแล้ว {said}" if said else "ไม่มีอะไรเปลี่ยน"
