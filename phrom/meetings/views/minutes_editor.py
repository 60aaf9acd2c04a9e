"""Writing minutes: the desk, one item, the pen, and sending them out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import minutes as acts
from phrom.meetings.actions import pen
from phrom.meetings.forms.minutes import Circulate, ItemText, SignersForm
from phrom.meetings.models import Meeting, Minutes
from phrom.meetings.pages.calling import meeting_for
from phrom.meetings.pages.minutes_editor import EditPage, circulate_page, edit_page, minutes_to_write, pen_of
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id

PEN = {"take": pen.take_pen, "ask": pen.ask_for_pen, "give": pen.give_pen}


@require_http_methods(["GET", "POST"])
def edit(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """The desk: all items and who signs. A post drafts the minutes, or names the signers."""
    meeting = meeting_for(request.access, meeting_id)
    found = minutes_to_write(meeting)
    if found is None:
        if request.method == "POST":
            acts.draft_minutes(meeting=meeting, by=request.user, at=request.at)
            return redirect("minutes_edit", meeting.pk)
        return render(request, "meetings/minutes_begin.html", {"meeting": meeting})
    given = {name: getattr(found, name) for name in SignersForm.base_fields}
    form = SignersForm(request.POST or None, initial=given)
    if form.is_valid():
        acts.name_signers(minutes=found, signers=form.signers, by=request.user, at=request.at)
        messages.success(request, "บันทึกผู้จดและผู้ตรวจแล้ว")
        return redirect("minutes_edit", meeting.pk)
    page = edit_page(meeting, found, request.user, request.at)
    return render(request, "meetings/minutes_edit.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def item(request: SignedRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """One item; a post saves its text. When somebody else wrote meanwhile, both texts are shown."""
    page = _page(request, meeting_id, item_id)
    form = ItemText(request.POST or None, initial={"version": page.version, "text": page.chosen and _text(page)})
    if form.is_valid():
        try:
            return _saved(request, page, form)
        except acts.TextNotKept as refusal:
            if "ask" in request.POST:
                pen.ask_for_pen(minutes=page.minutes, by=request.user, at=request.at)
            return _conflict(request, page, refusal)
    return render(request, "meetings/minutes_item.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def hold_pen(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Take the pen, ask for it, or hand it over; then back to where one was."""
    found = _minutes(meeting_for(request.access, meeting_id))
    act = PEN.get(request.POST.get("act", ""))
    if act is not None:
        act(minutes=found, by=request.user, at=request.at)
    if back := posted_id(request.POST.get("item", "")):
        return redirect("minutes_item", meeting_id, back)
    return redirect("minutes_edit", meeting_id)


@require_http_methods(["GET", "POST"])
def circulate(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """What will go out to whom; a post sends it."""
    meeting = meeting_for(request.access, meeting_id)
    found = _minutes(meeting)
    if found.circulated_at is not None:
        return redirect("minutes", meeting.pk)
    form = Circulate(request.POST or None)
    if form.is_valid():
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _circulate(request, found, form)))
        except acts.CannotCirculate as refusal:
            form.add_error("comments_until", " ".join(refusal.reasons))
    page = circulate_page(meeting, found, local_date(request.at))
    return render(request, "meetings/minutes_circulate.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _minutes(meeting: Meeting) -> Minutes:
    found = minutes_to_write(meeting)
    if found is None:
        raise Http404
    return found


def _page(request: SignedRequest, meeting_id: int, item_id: int) -> EditPage:
    meeting = meeting_for(request.access, meeting_id)
    return edit_page(meeting, _minutes(meeting), request.user, request.at, item_id)


def _text(page: EditPage) -> str:
    return page.chosen.text.text if page.chosen and page.chosen.text else ""


def _saved(request: SignedRequest, page: EditPage, form: ItemText) -> HttpResponse:
    assert page.chosen is not None  # noqa: S101  the page has its item
    acts.save_text(minutes=page.minutes, item=page.chosen.item, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, f"บันทึกวาระที่ {page.chosen.item.number} แล้ว")
    onward = page.next_item if request.POST.get("go") == "next" and page.next_item else page.chosen.item
    return redirect("minutes_item", page.meeting.pk, onward.pk)


def _conflict(request: SignedRequest, page: EditPage, refusal: acts.TextNotKept) -> HttpResponse:
    found = _minutes(page.meeting)
    version = refusal.theirs.version if refusal.theirs else 0
    form = ItemText(initial={"text": refusal.mine, "version": version})
    holder = pen_of(found, request.user, request.at)
    shown = {"page": page, "refusal": refusal, "form": form, "pen": holder, "adopted": found.adopted_at is not None}
    return render(request, "meetings/minutes_conflict.html", shown, status=409)


def _circulate(request: SignedRequest, found: Minutes, form: Circulate) -> str:
    address = reverse("minutes", args=[found.meeting_id])
    until = form.cleaned_data["comments_until"]
    link = request.build_absolute_uri(address)
    post = acts.circulate(minutes=found, comments_until=until, by=request.user, at=request.at, address=link)
    messages.success(request, f"แจ้งเวียนแล้ว ส่งอีเมลถึงผู้มาประชุมที่มีบัญชี {post.addressed} คน")
    return address
