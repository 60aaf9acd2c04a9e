"""Asking for a pack, watching it, downloading it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.results import jobs
from phrom.results.actions.packs import request_pack
from phrom.results.pages.packs import download_name, pack_for, packs_page
from phrom.shared.files.download import answer
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.pages.heads import round_for, round_head


@require_http_methods(["GET", "HEAD", "POST"])
def packs(request: SignedRequest, round_id: int) -> HttpResponse:
    """The packs of a round; a POST asks for a new one."""
    round = round_for(request.access, "pack.make", round_id)
    if request.method != "POST":
        head = round_head(round, request.access, "packs", local_date(request.at))
        return render(request, "results/packs.html", {"page": packs_page(round, head, request.access)})

    def ask() -> str:
        pack = request_pack(round=round, by=request.user, at=request.at)
        jobs.build_pack.enqueue(pack.pk)
        return reverse("packs", args=[round.pk])

    return redirect(once_for(request, request.at, ask))


@require_safe
def pack_progress(request: SignedRequest, pack_id: int) -> HttpResponse:
    """How far a pack is, for the page that waits."""
    pack = pack_for(request.access, pack_id)
    answer_ = {"state": pack.state, "label": pack.get_state_display(), "progress": pack.progress, "message": pack.message}
    return JsonResponse(answer_)


@require_safe
def pack_download(request: SignedRequest, pack_id: int) -> HttpResponseBase:
    """The finished ZIP."""
    pack = pack_for(request.access, pack_id)
    if pack.file is None:
        raise Http404
    return answer(pack.file, name=download_name(pack))
