"""Seats of an order, who holds them and who may come instead."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.committee.actions import holders as sitting
from phrom.committee.actions import seats as acts
from phrom.committee.forms.seats import EndForm, EndSeats, HolderForm, SeatForm, SubstituteForm
from phrom.committee.models import Order
from phrom.committee.pages.seats import draft_page, ended_seats_page, holder_managed, seat_page, substitution_managed
from phrom.shared.journal.once import once_for
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal

BOTH = require_http_methods(["GET", "POST"])


@BOTH
def add(request: SignedRequest, order_id: int) -> HttpResponse:
    """Add a seat, and then the next one."""
    page = draft_page(request.access, order_id)
    form = SeatForm(_posted(request), offices=page.offices, place=page.next_place)

    def act() -> str:
        made = acts.add_seat(order=page.order, given=form.given(), by=request.user, at=request.at)
        messages.success(request, f"เพิ่มตำแหน่ง {made} แล้ว")
        return request.path

    return _acted(request, form, act) or _shown(request, "committee/seat_add.html", form, page=page)


@BOTH
def change(request: SignedRequest, seat_id: int) -> HttpResponse:
    """Mend a seat; once the order is in use only its office."""
    page = seat_page(request.access, seat_id)
    form = SeatForm(_posted(request), offices=page.offices, seat=page.seat)

    def act() -> str:
        acts.change_seat(seat=page.seat, given=form.given(), by=request.user, at=request.at)
        messages.success(request, f"บันทึกตำแหน่ง {page.seat} แล้ว")
        return _back(page.order)

    return _acted(request, form, act) or _shown(request, "committee/seat.html", form, page=page)


@require_POST
def remove(request: SignedRequest, seat_id: int) -> HttpResponse:
    """Take a seat out of an order that is not in use."""
    page = seat_page(request.access, seat_id)
    acts.remove_seat(seat=page.seat, by=request.user, at=request.at)
    messages.success(request, f"นำตำแหน่ง {page.seat.title} ออกจากคำสั่งแล้ว")
    return redirect("order", page.order.pk)


@BOTH
def end(request: SignedRequest, order_id: int) -> HttpResponse:
    """Which seats an amending order ends."""
    page = ended_seats_page(request.access, order_id)
    form = EndSeats(_posted(request), offered=page.seats)

    def act() -> str:
        acts.end_seats(amending=page.order, seats=form.chosen(), by=request.user, at=request.at)
        messages.success(request, f"คำสั่งที่ {page.order} ให้ตำแหน่งสิ้นสุด {len(form.chosen())} ตำแหน่ง")
        return _back(page.order)

    return _acted(request, form, act) or _shown(request, "committee/seats_end.html", form, page=page)


@BOTH
def holder(request: SignedRequest, seat_id: int) -> HttpResponse:
    """Appoint somebody to a vacant seat, or hand it over from a day on."""
    page = seat_page(request.access, seat_id)
    form = HolderForm(_posted(request), people=page.people, initial={} if page.holder else {"starts_on": thai_date(page.first)})

    def act() -> str:
        verb = sitting.replace_holder if page.holder else sitting.appoint_holder
        made = verb(seat=page.seat, who=form.who(), starts_on=form.cleaned_data["starts_on"], by=request.user, at=request.at)
        messages.success(request, f"{made} ดำรงตำแหน่ง {page.seat} ตั้งแต่ {thai_date(made.starts_on)}")
        return _back(page.order)

    return _acted(request, form, act) or _shown(request, "committee/holder.html", form, page=page)


@BOTH
def holder_end(request: SignedRequest, holder_id: int) -> HttpResponse:
    """The last day of a holder; the seat is vacant after it."""
    found = holder_managed(request.access, holder_id)
    form = EndForm(_posted(request))

    def act() -> str:
        sitting.end_holder(holder=found, ends_on=form.cleaned_data["ends_on"], by=request.user, at=request.at)
        messages.success(request, f"{found} ดำรงตำแหน่งถึง {thai_date(form.cleaned_data['ends_on'])}")
        return _back(found.seat.order)

    return _acted(request, form, act) or _shown(request, "committee/end.html", form, row=found, word="ผู้ดำรงตำแหน่ง")


@BOTH
def substitute(request: SignedRequest, seat_id: int) -> HttpResponse:
    """Add somebody who may come for the holder."""
    page = seat_page(request.access, seat_id)
    form = SubstituteForm(_posted(request), people=page.people)

    def act() -> str:
        said = {name: form.cleaned_data[name] for name in ("position", "starts_on", "ends_on", "reference")}
        made = sitting.add_substitute(seat=page.seat, who=form.who(), **said, by=request.user, at=request.at)
        messages.success(request, f"{made} มาประชุมแทน {page.seat} ได้แล้ว")
        return _back(page.order)

    return _acted(request, form, act) or _shown(request, "committee/substitute.html", form, page=page)


@BOTH
def substitute_end(request: SignedRequest, substitution_id: int) -> HttpResponse:
    """The last day of a substitute."""
    found = substitution_managed(request.access, substitution_id)
    form = EndForm(_posted(request))

    def act() -> str:
        sitting.end_substitute(substitution=found, ends_on=form.cleaned_data["ends_on"], by=request.user, at=request.at)
        messages.success(request, f"{found} เป็นผู้แทนถึง {thai_date(form.cleaned_data['ends_on'])}")
        return _back(found.seat.order)

    return _acted(request, form, act) or _shown(request, "committee/end.html", form, row=found, word="ผู้แทน")


def _posted(request: SignedRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _acted(request: SignedRequest, form: forms.Form, act: Callable[[], str]) -> HttpResponse | None:
    """Do it once and lead on; None where the form is to be shown, with the refusal beside its field."""
    if not form.is_valid():
        return None
    try:
        return HttpResponseRedirect(once_for(request, request.at, act))
    except Refusal as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
        return None


def _shown(request: SignedRequest, template: str, form: forms.Form, **shown: object) -> HttpResponse:
    return render(request, template, {"form": form, **shown}, status=422 if form.errors else 200)


def _back(order: Order) -> str:
    return reverse("order", args=[order.pk])
