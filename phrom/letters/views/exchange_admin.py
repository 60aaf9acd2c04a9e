"""The administrator's side of the exchange: our node, peers, the queue, alarms, offices that we receive for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions import own_node, peers
from phrom.letters.actions.alarms import see_alarm
from phrom.letters.actions.hosting import end_hosting, host
from phrom.letters.actions.offices import office_of
from phrom.letters.actions.outbox import try_now
from phrom.letters.forms.exchange import EndHosting, HostOffice, LearnPeer, NodeName, PeerWays, ways_of
from phrom.letters.models import Peer
from phrom.letters.pages import exchange as pages
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal


@require_safe
def node(request: SignedRequest) -> HttpResponse:
    """Our node and the peers."""
    return _node(request)


@require_POST
def name(request: SignedRequest) -> HttpResponse:
    """Name our node; the first time this makes its key."""
    form = NodeName(request.POST)
    if not form.is_valid():
        return _node(request, name_form=form)
    own_node.ensure_node(name=form.cleaned_data["name"], by=request.user, at=request.at)
    messages.success(request, "บันทึกชื่อระบบแล้ว")
    return redirect("exchange")


@require_POST
def rotate(request: SignedRequest) -> HttpResponse:
    """A new key."""
    return HttpResponseRedirect(once_for(request, request.at, lambda: _rotated(request)))


@require_POST
def learn(request: SignedRequest) -> HttpResponse:
    """Read another installation's document."""
    form = LearnPeer(request.POST)
    if form.is_valid():
        try:
            found = peers.learn(url=form.cleaned_data["base_url"], at=request.at, by=request.user)
            return redirect("peer", found.pk)
        except Refusal as refusal:
            form.add_error("base_url", refusal.th)
    return _node(request, learn_form=form)


@require_safe
def peer(request: SignedRequest, peer_id: int) -> HttpResponse:
    """One peer."""
    return _peer(request, pages.peer_for(peer_id))


@require_POST
def approve(request: SignedRequest, peer_id: int) -> HttpResponse:
    """The fingerprint that was on the page is the one that was compared."""
    found = pages.peer_for(peer_id)
    peers.approve(peer=found, compared=request.POST.get("compared", ""), by=request.user, at=request.at)
    messages.success(request, f"อนุมัติ{found.name}แล้ว ส่งหนังสือถึงหน่วยงานของระบบนั้นได้ทันทีที่ฝ่ายนั้นอนุมัติเราด้วย")
    return redirect("peer", peer_id)


@require_POST
def block(request: SignedRequest, peer_id: int) -> HttpResponse:
    """Exchange nothing any more."""
    found = peers.block(peer=pages.peer_for(peer_id), by=request.user, at=request.at)
    messages.success(request, f"ระงับการแลกเปลี่ยนกับ{found.name}แล้ว หนังสือที่รอส่งยังอยู่ในคิว")
    return redirect("peer", peer_id)


@require_POST
def ways(request: SignedRequest, peer_id: int) -> HttpResponse:
    """Who fetches, and whether secret letters go."""
    found, form = pages.peer_for(peer_id), PeerWays(request.POST)
    if not form.is_valid():
        return _peer(request, found, form)
    peers.set_ways(peer=found, ways=form.chosen, by=request.user, at=request.at)
    messages.success(request, "บันทึกวิธีแลกเปลี่ยนแล้ว")
    return redirect("peer", peer_id)


@require_POST
def look_up(request: SignedRequest, peer_id: int) -> HttpResponse:
    """Read its document again."""
    found = pages.peer_for(peer_id)
    peers.learn(url=found.base_url, by=request.user, at=request.at)
    messages.success(request, "อ่านข้อมูลล่าสุดของระบบนั้นแล้ว")
    return redirect("peer", peer_id)


@require_safe
def queue(request: SignedRequest) -> HttpResponse:
    """What waits."""
    return render(request, "letters/exchange_queue.html", {"page": pages.queue_page(request.at)})


@require_POST
def try_again(request: SignedRequest, message_id: int) -> HttpResponse:
    """Try it now."""
    try_now(outgoing=pages.message_for(message_id), by=request.user, at=request.at)
    messages.success(request, "สั่งลองส่งแล้ว ผลจะปรากฏในหน้านี้ภายในไม่กี่วินาที")
    return redirect("exchange_queue")


@require_safe
def alarms(request: SignedRequest) -> HttpResponse:
    """What somebody must look at."""
    return render(request, "letters/exchange_alarms.html", {"page": pages.alarm_page()})


@require_POST
def alarm_seen(request: SignedRequest, alarm_id: int) -> HttpResponse:
    """Somebody looked."""
    see_alarm(alarm=pages.alarm_for(alarm_id), by=request.user, at=request.at)
    return redirect("exchange_alarms")


@require_http_methods(["GET", "POST"])
def offices(request: SignedRequest) -> HttpResponse:
    """For whom we receive; a post adds an office."""
    form = HostOffice(request.POST if request.method == "POST" else None, agencies=pages.agencies_of(request.access))
    if form.is_valid():
        days = {day: form.cleaned_data[day] for day in ("starts_on", "ends_on")}
        try:
            host(office=office_of(form.chosen), **days, by=request.user, at=request.at)
            messages.success(request, f"{form.chosen.name}อยู่ในทำเนียบของระบบนี้แล้ว")
            return redirect("exchange_offices")
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    context = {"page": pages.offices_page(request.access, request.at), "form": form}
    return render(request, "letters/exchange_offices.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hosting_end(request: SignedRequest, hosting_id: int) -> HttpResponse:
    """Until when."""
    entry = pages.hosting_for(request.access, hosting_id)
    form = EndHosting(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            end_hosting(entry=entry, ends_on=form.cleaned_data["ends_on"], by=request.user, at=request.at)
            messages.success(request, "บันทึกวันสุดท้ายที่รับแล้ว")
            return redirect("exchange_offices")
        except Refusal as refusal:
            form.add_error("ends_on", refusal.th)
    return render(request, "letters/hosting_end.html", {"entry": entry, "form": form}, status=422 if form.errors else 200)


def _rotated(request: SignedRequest) -> str:
    own_node.rotate_key(by=request.user, at=request.at)
    messages.success(request, "สร้างกุญแจใหม่แล้ว ระบบที่อนุมัติกันไว้จะรับกุญแจใหม่เอง กุญแจเดิมยังใช้ได้อีก 7 วัน")
    return reverse("exchange")


def _node(request: SignedRequest, **given: forms.Form) -> HttpResponse:
    page = pages.node_page(request.at)
    blank: dict[str, Any] = {"name_form": NodeName(initial={"name": page.node.name if page.node else ""})}
    context = {"page": page, **blank, "learn_form": LearnPeer(), **given}
    return render(request, "letters/exchange.html", context, status=422 if given else 200)


def _peer(request: SignedRequest, found: Peer, form: PeerWays | None = None) -> HttpResponse:
    context = {"page": pages.peer_page(found, request.at), "form": form or PeerWays(initial=ways_of(found))}
    return render(request, "letters/peer.html", context, status=422 if form else 200)
