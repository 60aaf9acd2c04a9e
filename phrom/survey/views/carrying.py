"""Starting from last year: the coordinator lays its texts beside the rows, officials use them or put them away."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.answering import AnswerConflict, question_of
from phrom.survey.actions.carrying_over import carry_over, put_away_carried, use_carried
from phrom.survey.forms.answers import version_of
from phrom.survey.forms.carrying import uses_it
from phrom.survey.models import Ask, Round
from phrom.survey.models.scopes import ask_to_save_or_404
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.last_year import last_year_page
from phrom.survey.pages.saved import conflict_page, section_address


@require_http_methods(["GET", "HEAD", "POST"])
def last_year(request: SignedRequest, round_id: int) -> HttpResponse:
    """What would be laid where; a post lays it, once."""
    round = round_for(request.access, "round.route", round_id)
    if request.method == "POST":
        return HttpResponseRedirect(once_for(request, request.at, lambda: _lay(request, round)))
    show = request.GET.get("show", "")
    page = last_year_page(round, request.access, local_date(request.at), settings.PHROM_EDITIONS, show=show)
    return render(request, "survey/last_year.html", {"page": page})


@require_POST
def carried(request: SignedRequest, ask_id: int) -> HttpResponse:
    """Use last year's text as the answer, or put it away."""
    ask = ask_to_save_or_404(request.access, ask_id)
    try:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _settle(request, ask)))
    except AnswerConflict as conflict:
        return render(request, "survey/conflict.html", {"page": conflict_page(conflict)}, status=409)


def _lay(request: SignedRequest, round: Round) -> str:
    laid = carry_over(round=round, editions=settings.PHROM_EDITIONS, by=request.user, at=request.at)
    messages.success(request, f"วางข้อความจากปีก่อนไว้ข้างข้อคำถามแล้ว {laid} ข้อ ยังไม่นับเป็นคำตอบจนกว่าหน่วยงานจะยืนยัน")
    return reverse("last_year", args=[round.pk])


def _settle(request: SignedRequest, ask: Ask) -> str:
    if uses_it(request.POST):
        version = version_of(question_of(ask), request.POST.get("version", ""))
        use_carried(ask=ask, version=version, by=request.user, at=request.at)
        messages.success(request, f"บันทึกข้อความจากปีก่อนเป็นคำตอบข้อ {ask.code} แล้ว กรุณาตรวจและแนบหลักฐานของปีนี้")
    else:
        put_away_carried(ask=ask, by=request.user, at=request.at)
        messages.success(request, f"เก็บข้อความจากปีก่อนของข้อ {ask.code} ออกแล้ว คำตอบปีนี้ไม่เปลี่ยน")
    return section_address(ask)
