"""A round's letters: one button, one draft, which is read and issued on its own page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.models import Letter
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.letters import write_opening, write_reminder, write_return, write_returns
from phrom.survey.models import Round
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.letters import agency_for, memo_page, round_to_write


@require_POST
def opening(request: SignedRequest, round_id: int) -> HttpResponse:
    """To every agency that is asked."""
    round = round_to_write(request.access, round_id)
    address = request.build_absolute_uri(reverse("my_asks"))
    return _made(request, lambda: write_opening(round=round, address=address, by=request.user, at=request.at))


@require_POST
def returned(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """To one agency: what came back to it."""
    round = round_to_write(request.access, round_id)
    to, address = agency_for(round, agency_id), _sheet(request, round, agency_id)
    return _made(request, lambda: write_return(round=round, agency=to, address=address, by=request.user, at=request.at))


@require_POST
def reminder(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """To one agency: what it has not sent."""
    round = round_to_write(request.access, round_id)
    to, address = agency_for(round, agency_id), _sheet(request, round, agency_id)
    return _made(request, lambda: write_reminder(round=round, agency=to, address=address, by=request.user, at=request.at))


@require_POST
def returns(request: SignedRequest, round_id: int) -> HttpResponse:
    """To every agency with rows that came back and of which no letter told it yet: a draft each."""
    round = round_to_write(request.access, round_id)

    def make() -> str:
        letters = write_returns(
            round=round, address_of=lambda agency: _sheet(request, round, agency.pk), by=request.user, at=request.at
        )
        messages.success(request, f"ร่างหนังสือแล้ว {len(letters)} ฉบับ ยังไม่มีเลข กรุณาอ่านและออกเลขทีละฉบับ")
        return reverse("out_tray")

    return HttpResponseRedirect(once_for(request, request.at, make))


@require_GET
def memo(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """The reminder as plain text, to be copied or printed where letters are not written here."""
    round = round_for(request.access, "answer.review", round_id)
    page = memo_page(round, agency_for(round, agency_id), local_date(request.at), address=_sheet(request, round, agency_id))
    return render(request, "survey/memo.html", {"page": page})


def _made(request: SignedRequest, write: Callable[[], Letter]) -> HttpResponse:
    def make() -> str:
        letter = write()
        messages.success(request, "ร่างหนังสือแล้ว ยังไม่มีเลข กรุณาอ่านข้อความและผู้ลงนาม แล้วจึงออกเลขและส่ง")
        return reverse("letter", args=[letter.pk])

    return HttpResponseRedirect(once_for(request, request.at, make))


def _sheet(request: SignedRequest, round: Round, agency_id: int) -> str:
    return request.build_absolute_uri(reverse("answering", args=[round.pk, agency_id]))
