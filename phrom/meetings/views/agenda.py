"""Making the agenda: items under heads, their order, what is withdrawn, and freezing it all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import agenda as acts
from phrom.meetings.actions.bringing_back import begin_agenda, refresh_open_matters
from phrom.meetings.actions.freezing import freeze_agenda
from phrom.meetings.forms.agenda import EditItem, NewFile, NewItem, NewText
from phrom.meetings.forms.calling import Reason
from phrom.meetings.models import AgendaItem, Meeting
from phrom.meetings.pages.agenda import ItemPage, agenda_page, item_page
from phrom.meetings.pages.calling import freeze_page, meeting_for
from phrom.meetings.scopes import items_managed
from phrom.shared.journal.once import once_for
from phrom.shared.ui.typed import posted_id


@require_http_methods(["GET", "POST"])
def agenda(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """The agenda on the desk; a post begins it with a template, or adds an item under a head."""
    meeting = meeting_for(request.access, meeting_id)
    form = NewItem(request.POST or None, late=meeting.invited_at is not None)
    if "template" in request.POST:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _begin(request, meeting)))
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _add(request, meeting, form)))
    page = agenda_page(request.access, meeting_id)
    shown = {"page": page, "form": form, "under": request.POST.get("head", "")}
    return render(request, "meetings/agenda.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def item(request: SignedRequest, item_id: int) -> HttpResponse:
    """One item with its papers; a post changes its title."""
    page = item_page(request.access, item_id)
    found = page.line.item
    given = {"title": found.title, "presenter": found.presenter, "resolves": found.resolves}
    form = EditItem(request.POST or None, initial=given)
    if form.is_valid():
        acts.edit_item(item=found, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "บันทึกเรื่องแล้ว")
        return redirect("agenda_item", found.pk)
    return shown_item(request, page, {"form": form})


@require_POST
def item_move(request: SignedRequest, item_id: int) -> HttpResponse:
    """One place up or down."""
    found = _item(request, item_id)
    moved = acts.move_item(item=found, up=request.POST.get("to") == "up", by=request.user, at=request.at)
    return redirect(reverse("agenda", args=[found.meeting_id]) + f"#item-{moved.pk}")


@require_POST
def item_remove(request: SignedRequest, item_id: int) -> HttpResponse:
    """Off the agenda, before the invitation."""
    found = _item(request, item_id)
    acts.remove_item(item=found, by=request.user, at=request.at)
    messages.success(request, f"นำ “{found.title}” ออกจากระเบียบวาระแล้ว")
    return redirect("agenda", found.meeting_id)


@require_POST
def item_withdraw(request: SignedRequest, item_id: int) -> HttpResponse:
    """Out of the agenda after the invitation, with a reason."""
    page = item_page(request.access, item_id)
    form = Reason(request.POST)
    if not form.is_valid():
        return shown_item(request, page, {"reason": form})
    acts.withdraw_item(item=page.line.item, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
    messages.success(request, f"ถอนระเบียบวาระที่ {page.line.item.number} แล้ว เลขของเรื่องอื่นไม่เปลี่ยน")
    return redirect("agenda", page.meeting.pk)


@require_http_methods(["GET", "POST"])
def freeze(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """What will be frozen; a post freezes it. A second click finds nothing left and leads to the meeting."""
    meeting = meeting_for(request.access, meeting_id)
    page = freeze_page(meeting)
    if page.supplement and not page.items:
        return redirect("meeting", meeting.pk)
    if request.method == "POST":
        refresh_open_matters(meeting=meeting, by=request.user, at=request.at)
        freeze_agenda(meeting=meeting, by=request.user, at=request.at)
        messages.success(request, f"ตรึงระเบียบวาระแล้ว {len(page.items)} เรื่อง เอกสาร {page.papers} ฉบับ")
        return redirect("meeting", meeting.pk)
    return render(request, "meetings/agenda_freeze.html", {"page": page})


def shown_item(request: SignedRequest, page: ItemPage, forms: dict[str, object]) -> HttpResponse:
    """The item's page with what was typed; the other forms are fresh."""
    found = page.line.item
    given = {"title": found.title, "presenter": found.presenter, "resolves": found.resolves}
    fresh: dict[str, object] = {
        "form": EditItem(initial=given),
        "reason": Reason(auto_id="withdraw_%s"),
        "text": NewText(auto_id="text_%s"),
        "file": NewFile(auto_id="file_%s"),
    }
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "meetings/agenda_item.html", {"page": page, **fresh, **forms}, status=422 if wrong else 200)


def _item(request: SignedRequest, item_id: int) -> AgendaItem:
    return get_object_or_404(items_managed(request.access), pk=item_id)


def _begin(request: SignedRequest, meeting: Meeting) -> str:
    begin_agenda(meeting=meeting, template=request.POST["template"], by=request.user, at=request.at)
    return reverse("agenda", args=[meeting.pk])


def _add(request: SignedRequest, meeting: Meeting, form: NewItem) -> str:
    head = get_object_or_404(meeting.items.filter(parent=None), pk=posted_id(request.POST.get("head", "")))
    added = acts.add_item(meeting=meeting, head=head, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, f"เพิ่มระเบียบวาระที่ {added.number} แล้ว ต่อไปใส่ข้อความหรือเอกสาร")
    return reverse("agenda_item", args=[added.pk])
