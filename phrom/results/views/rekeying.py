"""Copying the answers into the surveyor's portal, line by line; and the memo that hands the set in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.results.actions.covering import draft_cover
from phrom.results.actions.rekeying import tick
from phrom.results.pages.packs import round_to_cover
from phrom.results.pages.rekeying import rekey_page
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.pages.heads import round_for, round_head


@require_http_methods(["GET", "HEAD", "POST"])
def rekey(request: SignedRequest, round_id: int) -> HttpResponse:
    """The lines; a POST ticks one off or takes the tick back, and returns to it."""
    round = round_for(request.access, "pack.make", round_id)
    if request.method != "POST":
        head = round_head(round, request.access, "packs", local_date(request.at))
        return render(request, "results/rekey.html", {"page": rekey_page(round, head, settings.PHROM_EDITIONS)})
    code = request.POST.get("code", "")
    tick(round=round, code=code, done=request.POST.get("done") == "1", by=request.user, at=request.at)
    return redirect(f"{reverse('rekey', args=[round.pk])}#row-{code}")


@require_POST
def cover_draft(request: SignedRequest, round_id: int) -> HttpResponse:
    """Draft the memo that hands the frozen set in; it is read and numbered on its own page."""
    round = round_to_cover(request.access, round_id)

    def make() -> str:
        letter = draft_cover(round=round, by=request.user, at=request.at)
        messages.success(request, "ร่างบันทึกนำส่งแล้ว ยังไม่มีเลข กรุณาอ่านข้อความและผู้ลงนาม แล้วจึงออกเลข")
        return reverse("letter", args=[letter.pk])

    return redirect(once_for(request, request.at, make))
