"""Rounds: the list, and opening one."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from phrom.agencies.models import Agency
from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.rounds import RoundCannotOpen, open_round
from phrom.survey.catalogue import editions_in
from phrom.survey.forms.rounds import OpenRound
from phrom.survey.pages.rounds import bodies_for_opening, mandates_of, open_page, rounds_page


@require_GET
def rounds(request: SignedRequest) -> HttpResponse:
    """The rounds of the person's bodies."""
    return render(request, "survey/rounds.html", {"page": rounds_page(request.access, local_date(request.at))})


@require_http_methods(["GET", "POST"])
def round_open(request: SignedRequest) -> HttpResponse:
    """The checklist; a post that passes it opens the round, `check` only looks again."""
    bodies = bodies_for_opening(request.access)
    body = _body_of(request, bodies)
    offers = editions_in(settings.PHROM_EDITIONS)
    form = OpenRound(request.POST or None, offers=offers, mandates=mandates_of(body), bodies=bodies)
    if form.is_valid() and "check" not in request.POST:
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _open(request, body, form)))
        except RoundCannotOpen as refusal:
            form.add_error(None, refusal.th)
    page = open_page(
        body,
        offers,
        edition=form.chosen_edition,
        deadline=form.chosen_deadline,
        mandate=form.chosen_mandate,
        today=local_date(request.at),
    )
    return render(request, "survey/round_open.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _body_of(request: SignedRequest, bodies: Sequence[Agency]) -> Agency:
    asked = request.POST.get("body", "")
    for body in bodies:
        if not asked or str(body.pk) == asked:
            return body
    raise Http404


def _open(request: SignedRequest, body: Agency, form: OpenRound) -> str:
    assert form.chosen_edition is not None  # noqa: S101  a valid form has one
    round = open_round(
        body=body,
        edition=form.chosen_edition,
        internal_deadline=form.cleaned_data["deadline"],
        mandate=form.chosen_mandate,
        follow_up=form.cleaned_data["follow_up"],
        by=request.user,
        at=request.at,
    )
    messages.success(request, f"เปิดรอบแล้ว {round.survey.title} คำถามถูกส่งถึงทุกหน่วยงานตามผู้ให้ข้อมูลของแต่ละข้อ")
    return reverse("board", args=[round.pk])
