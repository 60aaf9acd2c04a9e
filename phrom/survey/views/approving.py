"""The head reads what waits for her, and sends it or gives it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.survey.actions.approving import HeadsWord, approve_and_send, take_back
from phrom.survey.forms.review import read_seen
from phrom.survey.pages.answering import Sheet, sheet_for
from phrom.survey.pages.approving import approval_page

BACK = "back"


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """What waits for the head; a post decides on the chosen rows."""
    sheet = sheet_for(request.access, "answer.approve", round_id, agency_id)
    if request.method == "POST":
        return HttpResponseRedirect(once_for(request, request.at, lambda: _decide(request, sheet)))
    return render(request, "survey/approval.html", {"page": approval_page(sheet, request.at)})


def _decide(request: SignedRequest, sheet: Sheet) -> str:
    round, agency, seen = sheet.round, sheet.agency, read_seen(request.POST)
    if request.POST.get("verdict") == BACK:
        reason = request.POST.get("reason", "")
        word = take_back(round=round, agency=agency, seen=seen, reason=reason, by=request.user, at=request.at)
        _tell(request, word, "ส่งกลับให้เจ้าหน้าที่แก้แล้ว")
    else:
        word = approve_and_send(round=round, agency=agency, seen=seen, by=request.user, at=request.at)
        _tell(request, word, "เห็นชอบและส่งให้ผู้ประสานงานจังหวัดแล้ว")
    return reverse("approval", args=[round.pk, agency.pk])


def _tell(request: SignedRequest, word: HeadsWord, done: str) -> None:
    if word.done:
        messages.success(request, f"{done} {len(word.done)} ข้อ")
    if word.with_errors:
        messages.warning(request, f"ยังไม่ส่งเพราะมีข้อผิดพลาด: {', '.join(word.with_errors)}")
    if word.changed:
        messages.warning(request, f"ยังไม่เปลี่ยนเพราะคำตอบเปลี่ยนไปหลังเปิดหน้านี้: {', '.join(word.changed)}")
