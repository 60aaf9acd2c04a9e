"""Confirming what the owner of a row answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.survey.actions.answering import question_of
from phrom.survey.actions.confirming import confirm
from phrom.survey.forms.answers import version_of
from phrom.survey.models import Ask
from phrom.survey.models.scopes import ask_to_save_or_404
from phrom.survey.pages.saved import section_address


@require_POST
def owner_confirm(request: SignedRequest, ask_id: int) -> HttpResponse:
    """As the owner says; leads back to the row."""
    ask = ask_to_save_or_404(request.access, ask_id)
    return HttpResponseRedirect(once_for(request, request.at, lambda: _confirm(request, ask)))


def _confirm(request: SignedRequest, ask: Ask) -> str:
    version = version_of(question_of(ask), request.POST.get("version", ""))
    confirm(ask=ask, seen=request.POST.get("seen", ""), version=version, by=request.user, at=request.at)
    messages.success(request, f"ยืนยันคำตอบข้อ {ask.code} แล้ว")
    return section_address(ask)
