"""The board, and one agency's rows behind a cell of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from phrom.agencies.requests import SignedRequest
from phrom.shared.thai.clock import local_date
from phrom.survey.pages.board import board_page
from phrom.survey.pages.board_cell import cell_page
from phrom.survey.pages.heads import round_for


@require_GET
def board(request: SignedRequest, round_id: int) -> HttpResponse:
    """Agencies by pillars."""
    round = round_for(request.access, "round.view", round_id)
    show, sort = request.GET.get("show", "all"), request.GET.get("sort", "stake")
    page = board_page(round, request.access, local_date(request.at), show=show, sort=sort)
    return render(request, "survey/board.html", {"page": page})


@require_GET
def board_cell(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """The rows of one agency, all or of one pillar."""
    round = round_for(request.access, "round.view", round_id)
    page = cell_page(round, request.access, local_date(request.at), agency_id=agency_id, pillar=request.GET.get("pillar", ""))
    return render(request, "survey/board_cell.html", {"page": page})
