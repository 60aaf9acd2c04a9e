"""The drive's pages for the province: the dashboard, what the coordinator keeps, the districts, the list from a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phrom.agencies.models import Agency
from phrom.agencies.requests import SignedRequest
from phrom.rollout.actions import programmes as actions
from phrom.rollout.actions.local_governments import import_local_governments
from phrom.rollout.forms.programmes import ListFile, PartyForm, ProgrammeForm, TargetForm, as_described
from phrom.rollout.models import Programme
from phrom.rollout.pages import managing
from phrom.rollout.pages.dashboard import dashboard_page, programmes_page
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal
from phrom.shared.ui.typed import posted_id


@require_GET
def rollout(request: SignedRequest) -> HttpResponse:
    """The province's programmes; where there is one, that one."""
    programmes, may_make = programmes_page(request.access)
    if len(programmes) == 1:
        return redirect("programme", programmes[0].pk)
    return render(request, "rollout/programmes.html", {"programmes": programmes, "may_make": may_make})


@require_GET
def programme(request: SignedRequest, programme_id: int) -> HttpResponse:
    """The dashboard."""
    page = dashboard_page(request.access, programme_id, request.at)
    return render(request, "rollout/dashboard.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: SignedRequest) -> HttpResponse:
    """A new programme."""
    body = managing.body_for(request.access, request.POST.get("body") or request.GET.get("body", ""))
    form = ProgrammeForm(request.POST or None, resolutions=managing.resolutions_of(body))
    if form.is_valid():
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _create(request, body, form)))
        except actions.ProgrammeRefused as refusal:
            form.add_error(refusal.where or None, refusal.th)
    return render(request, "rollout/programme_new.html", {"form": form, "body": body}, status=_status(form))


@require_http_methods(["GET", "POST"])
def settings(request: SignedRequest, programme_id: int) -> HttpResponse:
    """Its words and days; parties and targets below."""
    page = managing.settings_page(request.access, programme_id)
    found = page.programme
    form = ProgrammeForm(request.POST or None, initial=as_described(found), resolutions=managing.resolutions_of(found.body))
    if form.is_valid():
        try:
            actions.change_programme(programme=found, described=form.described, by=request.user, at=request.at)
            messages.success(request, "บันทึกโครงการแล้ว")
            return redirect("programme", found.pk)
        except actions.ProgrammeRefused as refusal:
            form.add_error(refusal.where or None, refusal.th)
    return _settings(request, page, form=form)


@require_POST
def party(request: SignedRequest, programme_id: int) -> HttpResponse:
    """Add a party, or take one away."""
    page = managing.settings_page(request.access, programme_id)
    if "remove" in request.POST:
        party_id = posted_id(request.POST["remove"])
        actions.remove_party(programme=page.programme, party_id=party_id, by=request.user, at=request.at)
        messages.success(request, "นำหน่วยงานออกแล้ว")
        return redirect("programme_settings", programme_id)
    form = PartyForm(request.POST)
    if not form.is_valid():
        return _settings(request, page, party=form)
    actions.add_party(programme=page.programme, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, "เพิ่มหน่วยงานแล้ว")
    return redirect("programme_settings", programme_id)


@require_POST
def target(request: SignedRequest, programme_id: int) -> HttpResponse:
    """Set a target, or take it away with 0."""
    page = managing.settings_page(request.access, programme_id)
    form = TargetForm(request.POST)
    if not form.is_valid():
        return _settings(request, page, target=form)
    actions.set_target(programme=page.programme, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, "บันทึกเป้าหมายแล้ว")
    return redirect("programme_settings", programme_id)


@require_http_methods(["GET", "POST"])
def districts(request: SignedRequest, programme_id: int) -> HttpResponse:
    """Share the districts out."""
    page = managing.districts_page(request.access, programme_id, request.at)
    if request.method == "POST":
        officers = managing.shared_out(page, request.POST)
        changed = actions.share_out(programme=page.programme, officers=officers, by=request.user, at=request.at)
        messages.success(request, f"บันทึกผู้ดูแลแล้ว เปลี่ยน {changed} อำเภอ" if changed else "ไม่มีอำเภอใดเปลี่ยนผู้ดูแล")
        return redirect("programme", page.programme.pk)
    return render(request, "rollout/districts.html", {"page": page})


@require_POST
def enrol(request: SignedRequest, programme_id: int) -> HttpResponse:
    """Invite those that are not enrolled: the chosen ones, or all."""
    found = managing.programme_for(request.access, programme_id)
    offices = managing.outside_of(found, request.POST.getlist("office"))
    count = actions.enrol(programme=found, offices=offices, by=request.user, at=request.at)
    messages.success(request, f"เชิญเข้าโครงการแล้ว {count} แห่ง")
    return redirect("local_offices", found.pk)


@require_http_methods(["GET", "POST"])
def bring_list(request: SignedRequest, programme_id: int) -> HttpResponse:
    """Choose a file, look at what it would do, then do just that."""
    page = managing.import_page(request.access, programme_id)
    if "rows" in request.POST:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _import(request, page)))
    form = ListFile(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            given = form.cleaned_data["file"]
            page = managing.preview(page, given.read(), given.name)
        except Refusal as refusal:
            form.add_error("file", refusal.th)
    wrong = form.errors or (page.read and page.read.problems)
    return render(request, "rollout/import.html", {"page": page, "form": form}, status=422 if wrong else 200)


def _create(request: SignedRequest, body: Agency, form: ProgrammeForm) -> str:
    made = actions.create_programme(body=body, described=form.described, by=request.user, at=request.at)
    messages.success(request, "สร้างโครงการแล้ว ต่อไปนำรายชื่อองค์กรปกครองส่วนท้องถิ่นเข้า")
    return reverse("programme", args=[made.pk])


def _import(request: SignedRequest, page: managing.ImportPage) -> str:
    rows, found = managing.rows_of(page, request.POST["rows"]), page.programme
    done = import_local_governments(body=found.body, rows=rows, by=request.user, at=request.at)
    words = f"ใหม่ {len(done.new)} แห่ง เปลี่ยน {len(done.changed)} แห่ง เหมือนเดิม {done.same} แห่ง"
    messages.success(request, f"นำรายชื่อเข้าแล้ว {words}")
    return reverse("local_offices", args=[found.pk])


def _settings(request: SignedRequest, page: managing.SettingsPage, **given: object) -> HttpResponse:
    found: Programme = page.programme
    blank = ProgrammeForm(initial=as_described(found), resolutions=managing.resolutions_of(found.body))
    forms = {"form": blank, "party": PartyForm(), "target": TargetForm()} | given
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "rollout/settings.html", {"page": page, **forms}, status=422 if wrong else 200)


def _status(form: ProgrammeForm) -> int:
    return 422 if form.errors else 200
