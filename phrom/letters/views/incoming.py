"""One letter that came: its page, its files, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions import dealing, recall_requests, receiving
from phrom.letters.actions.answering import start_answer
from phrom.letters.actions.incoming_standing import root_of
from phrom.letters.actions.offices import office_of
from phrom.letters.actions.printing import ensure_pdf
from phrom.letters.actions.secrets import note_reading
from phrom.letters.forms.incoming import Assign, Because, Instruct, Note, ToOffice
from phrom.letters.models import Incoming
from phrom.letters.pages.incoming import IncomingPage, file_for, incoming_for, incoming_page
from phrom.letters.pages.incoming_acts import allowed
from phrom.letters.papers.rendering import received_pdf
from phrom.shared.files.download import answer as handed_out
from phrom.shared.files.download import just_made
from phrom.shared.files.kinds import PDF
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal


@dataclass(frozen=True)
class Act:
    """One act on the page: its form, which of `May` allows it, what it does with what was typed, and what is said after."""

    form: type[forms.Form]
    allowed: str
    run: Callable[..., object]
    said: str


def _to_agency(act: Callable[..., object]) -> Callable[..., object]:
    return lambda *, to_agency, **given: act(to=office_of(to_agency), **given)


def _to_person(*, to_person: object, **given: Any) -> object:
    return dealing.assign(to=to_person, **given)  # type: ignore[arg-type]


ACTS: dict[str, Act] = {
    "instruct": Act(Instruct, "instruct", dealing.instruct, "บันทึกข้อความเกษียนแล้ว"),
    "assign": Act(Assign, "assign", _to_person, "มอบหมายแล้ว"),
    "pass-on": Act(ToOffice, "pass_on", _to_agency(dealing.pass_on), "ส่งต่อแล้ว เรื่องนี้ปิดที่หน่วยงานของท่าน"),
    "copy": Act(ToOffice, "copy", _to_agency(dealing.copy), "ส่งสำเนาแล้ว"),
    "note": Act(Note, "note", dealing.note, "บันทึกแล้ว"),
    "close": Act(Because, "close", dealing.close, "ปิดเรื่องแล้ว"),
    "reopen": Act(Because, "reopen", dealing.reopen, "เปิดเรื่องอีกครั้งแล้ว"),
    "reject": Act(Because, "accept", receiving.reject, "คืนผู้ส่งแล้ว พร้อมเหตุผล"),
    "invalid": Act(Because, "accept", receiving.declare_invalid, "คืนผู้ส่งแล้วว่าหนังสือผิด พร้อมเหตุผล"),
    "give-back": Act(forms.Form, "decide_recall", recall_requests.give_back, "คืนผู้ส่งแล้ว เลขรับยังอยู่ในทะเบียน"),
    "keep": Act(forms.Form, "decide_recall", recall_requests.keep, "เก็บไว้ดำเนินการต่อ"),
    "tell-number": Act(forms.Form, "tell_number", recall_requests.tell_number_again, "แจ้งเลขรับอีกครั้งแล้ว"),
}


@require_GET
def incoming(request: SignedRequest, incoming_id: int) -> HttpResponse:
    """The letter, its stamp, its history, and what comes next."""
    found = incoming_for(request.access, request.at, incoming_id)
    page = incoming_page(request.access, request.at, found)
    note_reading(about=found, by=request.user, at=request.at)
    return _shown(request, page)


@require_POST
def act(request: SignedRequest, incoming_id: int, act: str) -> HttpResponse:
    """Do one thing with it. 404 for what the person may never do here, whatever the state."""
    found = incoming_for(request.access, request.at, incoming_id)
    chosen = ACTS.get(act)
    if chosen is None or chosen.allowed not in allowed(request.access, found):
        raise Http404
    page = incoming_page(request.access, request.at, found)
    form = forms_of(page, request.POST)[act]
    if not form.is_valid():
        return _shown(request, page, {act: form})
    try:
        return HttpResponseRedirect(once_for(request, request.at, lambda: _done(request, found, chosen, form)))
    except Refusal as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
        return _shown(request, page, {act: form}, status=refusal.status)


@require_POST
def answer(request: SignedRequest, incoming_id: int) -> HttpResponse:
    """Begin the letter that answers it, or go to the one that was begun."""
    found = incoming_for(request.access, request.at, incoming_id)
    if "answer" not in allowed(request.access, found):
        raise Http404
    letter = start_answer(incoming=found, by=request.user, at=request.at)
    return redirect("letter_edit", letter.pk)


@require_GET
def file(request: SignedRequest, incoming_id: int, file_id: int) -> HttpResponseBase:
    """A file that came with it."""
    found = file_for(request.access, request.at, incoming_id, file_id)
    note_reading(about=incoming_for(request.access, request.at, incoming_id), by=request.user, at=request.at)
    return handed_out(found.file, name=found.name, inline=found.is_main)


@require_GET
def paper(request: SignedRequest, incoming_id: int) -> HttpResponseBase:
    """The letter as its sender in this installation issued it, as PDF."""
    found = incoming_for(request.access, request.at, incoming_id)
    recipient = root_of(found).recipient
    if recipient is None:
        raise Http404
    note_reading(about=found, by=request.user, at=request.at)
    letter, name = recipient.letter, f"หนังสือ {found.their_number}.pdf".replace("/", "-")
    if found.is_destroyed or letter.is_destroyed:
        return just_made(received_pdf(found, letter), name=name, content_type=PDF)
    return handed_out(ensure_pdf(letter), name=name, inline=True)


def forms_of(page: IncomingPage, posted: Mapping[str, Any] | None = None) -> dict[str, forms.Form]:
    """The forms of the page; their inputs have ids of their own, since several stand on one page."""
    choices: dict[type[forms.Form], dict[str, Any]] = {Assign: {"people": page.people}, ToOffice: {"agencies": page.agencies}}
    return {name: act.form(posted, auto_id=f"{name}-%s", **choices.get(act.form, {})) for name, act in ACTS.items()}


def _done(request: SignedRequest, found: Incoming, chosen: Act, form: forms.Form) -> str:
    chosen.run(incoming=found, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, chosen.said)
    return reverse("incoming", args=[found.pk])


def _shown(
    request: SignedRequest, page: IncomingPage, wrong: dict[str, forms.Form] | None = None, status: int = 422
) -> HttpResponse:
    shown = {name.replace("-", "_"): form for name, form in {**forms_of(page), **(wrong or {})}.items()}
    opened = next(iter(wrong), "").replace("-", "_") if wrong else ""
    context = {"page": page, "forms": shown, "opened": opened, "wrong": shown.get(opened)}
    return render(request, "letters/incoming.html", context, status=status if wrong else 200)
