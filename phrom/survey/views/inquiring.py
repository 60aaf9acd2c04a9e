"""Inquiries: the reviewer asks, asks further and closes; the agency answers."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.survey.actions.inquiring import ask_further, close_inquiry, inquire, reply
from phrom.survey.models.inquiries import inquiries_of_own, inquiries_reviewed
from phrom.survey.models.scopes import asks_within
from phrom.survey.pages.saved import section_address


@require_POST
def begin(request: SignedRequest, ask_id: int) -> HttpResponse:
    """The reviewer asks about a row."""
    ask = get_object_or_404(asks_within(request.access, "answer.review"), pk=ask_id)
    back = reverse("review_ask", args=[ask.pk]) + "#inquiries"
    words = f"ซักถาม{ask.agency.name}ในข้อ {ask.code} แล้ว"
    return _done(request, words, back, lambda: inquire(ask=ask, text=_text(request), by=request.user, at=request.at))


@require_POST
def further(request: SignedRequest, inquiry_id: int) -> HttpResponse:
    """The reviewer says more."""
    found = get_object_or_404(inquiries_reviewed(request.access), pk=inquiry_id)
    back = reverse("review_ask", args=[found.ask_id]) + "#inquiries"
    words = f"ซักถามเพิ่มในข้อ {found.ask.code} แล้ว"
    return _done(request, words, back, lambda: ask_further(inquiry=found, text=_text(request), by=request.user, at=request.at))


@require_POST
def answer(request: SignedRequest, inquiry_id: int) -> HttpResponse:
    """Somebody of the agency answers."""
    found = get_object_or_404(inquiries_of_own(request.access), pk=inquiry_id)
    words = f"ตอบข้อซักถามของข้อ {found.ask.code} แล้ว"
    back = section_address(found.ask)
    return _done(request, words, back, lambda: reply(inquiry=found, text=_text(request), by=request.user, at=request.at))


@require_POST
def close(request: SignedRequest, inquiry_id: int) -> HttpResponse:
    """The reviewer has what she needed."""
    found = get_object_or_404(inquiries_reviewed(request.access), pk=inquiry_id)
    back = reverse("review_ask", args=[found.ask_id]) + "#inquiries"
    return _done(request, "ปิดข้อซักถามแล้ว", back, lambda: close_inquiry(inquiry=found, by=request.user, at=request.at))


def _text(request: SignedRequest) -> str:
    return request.POST.get("text", "")


def _done(request: SignedRequest, words: str, back: str, act: Callable[[], object]) -> HttpResponse:
    def make() -> str:
        act()
        messages.success(request, words)
        return back

    return HttpResponseRedirect(once_for(request, request.at, make))
