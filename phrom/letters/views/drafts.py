"""Writing a letter: choosing its form, its words, its recipients, what goes with it and what it refers to."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions.drafting import (
    Drafted,
    DraftMovedOn,
    Enclosed,
    Refers,
    change_letter,
    draft_letter,
    drafted_of,
)
from phrom.letters.actions.offices import office_of
from phrom.letters.forms.letters import ByName, EditLetter, NewAttachment, NewLetter, NewReference
from phrom.letters.models import Letter
from phrom.letters.pages.editor import (
    agencies_to_write_for,
    draft_for,
    handles_secrets,
    recipients_page,
    reference_to,
    references_page,
    signers_of,
    with_recipients,
)
from phrom.shared.files.store import keep
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal
from phrom.shared.ui.typed import posted_id

Line = TypeVar("Line")


@require_http_methods(["GET", "POST"])
def new(request: SignedRequest) -> HttpResponse:
    """Choose form, office and subject; sent twice, it makes one draft."""
    form = NewLetter(
        agencies_to_write_for(request.access),
        request.POST or None,
        initial={name: request.GET.get(name, "")[:500] for name in ("office", "subject")},
    )
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _create(request, form)))
    return render(request, "letters/letter_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: SignedRequest, letter_id: int) -> HttpResponse:
    """The words of a draft. Somebody else's save in between is shown beside what was typed."""
    letter = draft_for(request.access, request.at, letter_id)
    if letter.is_issued or letter.voided_at is not None:
        return redirect("letter", letter.pk)
    form = _editor(request, letter)
    if form.is_valid():
        try:
            _save(request, letter, form.cleaned_data["version"], form.applied_to(drafted_of(letter)))
            messages.success(request, "บันทึกร่างแล้ว")
            return redirect("letter_recipients" if "next" in request.POST else "letter", letter.pk)
        except DraftMovedOn as refusal:
            return _both_texts(request, letter, form, refusal)
    shown = {"form": form, "letter": letter}
    return render(request, "letters/letter_edit.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def recipients(request: SignedRequest, letter_id: int) -> HttpResponse:
    """To whom: those chosen, the province's own offices, what a search found, and names by hand."""
    letter = draft_for(request.access, request.at, letter_id)
    if letter.is_issued or letter.voided_at is not None:
        return redirect("letter", letter.pk)
    form = ByName(request.POST or None, initial={"version": letter.version})
    ticked, stale = {name: request.POST.getlist(name) for name in ("keep", "agency", "entry", "group")}, False
    if form.is_valid():
        drafted = with_recipients(drafted_of(letter), letter, ticked, form.cleaned_data["names"])
        if _saved(request, letter, form.cleaned_data["version"], drafted):
            messages.success(request, f"บันทึกผู้รับ {len(drafted.recipients)} ราย")
            return _back(request, letter, "letter_recipients")
        form, stale = ByName(_upon_newest(request, letter)), True
    page = recipients_page(letter, request.GET.get("q", ""), local_date(request.at))
    shown = {"page": page, "form": form, "ticked": ticked, "all_kept": stale or not form.is_bound}
    return render(request, "letters/letter_recipients.html", shown, status=_status(form, stale))


@require_http_methods(["GET", "POST"])
def attachments(request: SignedRequest, letter_id: int) -> HttpResponse:
    """What goes with the letter; a file is kept before any row is held."""
    letter = draft_for(request.access, request.at, letter_id)
    if letter.is_issued or letter.voided_at is not None:
        return redirect("letter", letter.pk)
    form, stale = NewAttachment(request.POST or None, request.FILES or None, initial={"version": letter.version}), False
    if form.is_valid():
        try:
            if _saved(request, letter, form.cleaned_data["version"], _with_attachment(request, letter, form)):
                return redirect("letter_attachments", letter.pk)
            form, stale = NewAttachment(_upon_newest(request, letter)), True
        except Refusal as refusal:
            form.add_error("file", refusal.th)
    shown = {"letter": letter, "form": form, "lines": letter.attachments.select_related("file")}
    return render(request, "letters/letter_attachments.html", shown, status=_status(form, stale))


@require_http_methods(["GET", "POST"])
def references(request: SignedRequest, letter_id: int) -> HttpResponse:
    """What the letter refers to: typed, or found in our books."""
    letter = draft_for(request.access, request.at, letter_id)
    if letter.is_issued or letter.voided_at is not None:
        return redirect("letter", letter.pk)
    drafted = drafted_of(letter)
    chosen = "letter" in request.POST or "incoming" in request.POST
    form, stale = NewReference(request.POST if "text" in request.POST else None, initial={"version": letter.version}), False
    if chosen or form.is_valid():
        line = reference_to(request.access, request.at, request.POST.dict()) if chosen else Refers(form.cleaned_data["text"])
        version = posted_id(request.POST.get("version", ""))
        if _saved(request, letter, version, replace(drafted, references=(*drafted.references, line))) or chosen:
            return redirect("letter_references", letter.pk)
        form, stale = NewReference(_upon_newest(request, letter)), True
    page = references_page(request.access, request.at, letter, drafted, request.GET.get("q", ""))
    shown = {"page": page, "form": form}
    return render(request, "letters/letter_references.html", shown, status=_status(form, stale))


@require_POST
def part_remove(request: SignedRequest, letter_id: int, part: str) -> HttpResponse:
    """Take one line of the attachments or references away, by its place."""
    letter = draft_for(request.access, request.at, letter_id)
    drafted, place = drafted_of(letter), posted_id(request.POST.get("place", ""))
    route = "letter_references" if part == "references" else "letter_attachments"
    changed = (
        replace(drafted, references=_without(drafted.references, place))
        if part == "references"
        else replace(drafted, attachments=_without(drafted.attachments, place))
    )
    _saved(request, letter, posted_id(request.POST.get("version", "")), changed)
    return redirect(route, letter.pk)


def _create(request: SignedRequest, form: NewLetter) -> str:
    agencies = {str(agency.pk): agency for agency in agencies_to_write_for(request.access)}
    typed = form.cleaned_data
    drafted = Drafted(typed["kind"], typed["subject"])
    letter = draft_letter(office=office_of(agencies[typed["office"]]), drafted=drafted, by=request.user, at=request.at)
    return reverse("letter_edit", args=[letter.pk])


def _editor(request: SignedRequest, letter: Letter) -> EditLetter:
    signers = signers_of(letter, local_date(request.at))
    return EditLetter(letter, signers, handles_secrets(request.access, letter), request.POST or None)


def _save(request: SignedRequest, letter: Letter, version: int, drafted: Drafted) -> Letter:
    return change_letter(letter=letter, version=version, drafted=drafted, by=request.user, at=request.at)


def _saved(request: SignedRequest, letter: Letter, version: int, drafted: Drafted) -> bool:
    """Save a part of the draft; False, with the refusal as a message, where somebody saved it meanwhile."""
    try:
        _save(request, letter, version, drafted)
    except DraftMovedOn:
        messages.error(request, "มีผู้อื่นบันทึกร่างนี้ระหว่างที่ท่านแก้ไข รายการของท่านยังไม่ถูกบันทึก ด้านล่างคือฉบับล่าสุด กรุณาทำรายการอีกครั้ง")
        return False
    return True


def _both_texts(request: SignedRequest, letter: Letter, form: EditLetter, refusal: DraftMovedOn) -> HttpResponse:
    """The editor with what was typed, upon the version that is saved now, which stands beside it."""
    typed = request.POST.copy()
    typed["version"] = str(refusal.saved.version)
    again = EditLetter(letter, list(form.signers.values()), "secrecy" in form.fields, typed)
    shown = {"form": again, "letter": letter, "theirs": refusal.saved, "refusal": refusal}
    return render(request, "letters/letter_edit.html", shown, status=409)


def _upon_newest(request: SignedRequest, letter: Letter) -> QueryDict:
    """What was typed upon an older version, to be sent again upon the one that the page shows now."""
    typed = request.POST.copy()
    typed["version"] = str(letter.version)
    return typed


def _status(form: Form, stale: bool) -> int:
    return 409 if stale else 422 if form.errors else 200


def _with_attachment(request: SignedRequest, letter: Letter, form: NewAttachment) -> Drafted:
    drafted, typed = drafted_of(letter), form.cleaned_data
    file = typed["file"]
    kept = keep(file.chunks(), name=file.name, at=request.at) if file else None
    line = Enclosed(typed["described"], kept, file.name if file else "")
    return replace(drafted, attachments=(*drafted.attachments, line))


def _back(request: SignedRequest, letter: Letter, here: str) -> HttpResponse:
    return redirect(here if "stay" in request.POST else "letter", letter.pk)


def _without(lines: tuple[Line, ...], place: int) -> tuple[Line, ...]:
    return tuple(line for number, line in enumerate(lines, 1) if number != place)
