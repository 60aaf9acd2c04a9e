"""Evidence under a row: files, links, taking away, and handing a file out again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.shared.files.download import answer
from phrom.survey.actions.evidence import attach, take_away
from phrom.survey.forms.evidence import read_evidence
from phrom.survey.models import Ask
from phrom.survey.models.scopes import asks_within, evidence_links_within
from phrom.survey.pages.evidence import evidence_reply
from phrom.survey.pages.saved import section_address


@require_POST
def add(request: SignedRequest, ask_id: int) -> HttpResponse:
    """Attach what was posted: files, a web address or both. When nothing could be attached, the first refusal answers."""
    ask = get_object_or_404(asks_within(request.access, "evidence.add"), pk=ask_id)
    posted = read_evidence(request)
    outcome = attach(ask=ask, posted=posted, by=request.user, at=request.at)
    if outcome.refused and not outcome.attached:
        raise outcome.refused[0][1]
    for name, refusal in outcome.refused:
        messages.error(request, f"{name}: {refusal.th}")
    return _done(request, ask, f"แนบหลักฐานแล้ว {len(outcome.attached)} รายการในข้อ {ask.code}")


@require_POST
def remove(request: SignedRequest, link_id: int) -> HttpResponse:
    """Take evidence away from its row."""
    link = get_object_or_404(evidence_links_within(request.access, "evidence.add"), pk=link_id)
    take_away(link=link, by=request.user, at=request.at)
    return _done(request, link.ask, f"นำ “{link.evidence.name}” ออกจากข้อ {link.ask.code} แล้ว")


@require_GET
def file(request: SignedRequest, link_id: int) -> HttpResponseBase:
    """Hand out the file, checked against its hash."""
    link = get_object_or_404(evidence_links_within(request.access, "evidence.view"), pk=link_id)
    if link.evidence.file is None:
        raise Http404
    return answer(link.evidence.file, name=link.evidence.name, inline="inline" in request.GET)


def _done(request: SignedRequest, ask: Ask, words: str) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(evidence_reply(ask, words))
    messages.success(request, words)
    return redirect(section_address(ask))
