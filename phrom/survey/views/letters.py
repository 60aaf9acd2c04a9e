"""A round's letters: one button, one draft, which is read and issued on its own page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.models import Letter
from phrom.shared.journal.once import once_for
from phrom.survey.actions.letters import write_opening, write_reminder, write_return
from phrom.survey.models import Round
from phrom.survey.pages.letters import agency_for, round_to_write


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


def _made(request: SignedRequest, write: Callable[[], Letter]) -> HttpResponse:
    def make() -> str:
        letter = write()
        messages.success(request, "ร่างหนังสือแล้ว ยังไม่มีเลข กรุณาอ่านข้อความและผู้ลงนาม แล้วจึงออกเลขและส่ง")
        return reverse("letter", args=[letter.pk])

    return HttpResponseRedirect(once_for(request, request.at, make))


def _sheet(request: SignedRequest, round: Round, agency_id: int) -> str:
    return request.build_absolute_uri(reverse("answering", args=[round.pk, agency_id]))
