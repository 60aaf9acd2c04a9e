"""The library of evidence: the list, one piece, its versions, sharing it, putting it under a row."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.shared.files.download import answer
from phrom.shared.journal.once import once_for
from phrom.shared.ui.typed import posted_id
from phrom.survey.actions import library as actions
from phrom.survey.forms.evidence import read_about, read_ask, read_name, read_spot, read_version
from phrom.survey.models import Ask, Evidence
from phrom.survey.models.scopes import asks_within, evidence_links_within, evidence_within
from phrom.survey.pages.library import library_page
from phrom.survey.pages.library_item import evidence_page, item_page, newest_for
from phrom.survey.pages.saved import section_address


@require_GET
def library(request: SignedRequest) -> HttpResponse:
    """The list; with `ask` it is for choosing a piece for that row."""
    ask = None
    if wanted := request.GET.get("ask", ""):
        ask = get_object_or_404(asks_within(request.access, "evidence.add"), pk=posted_id(wanted))
    return render(request, "survey/library.html", {"page": library_page(request.access, request.GET, ask)})


@require_GET
def library_item(request: SignedRequest, evidence_id: int) -> HttpResponse:
    """One piece."""
    return render(request, "survey/library_item.html", {"page": item_page(request.access, evidence_id)})


@require_GET
def library_file(request: SignedRequest, evidence_id: int) -> HttpResponseBase:
    """Hand out its file, checked against its hash."""
    evidence = get_object_or_404(evidence_within(request.access, "evidence.view"), pk=evidence_id)
    if evidence.file is None:
        raise Http404
    return answer(evidence.file, name=evidence.name, inline="inline" in request.GET)


@require_POST
def library_say(request: SignedRequest, evidence_id: int) -> HttpResponse:
    """Write down its days and its letter."""
    evidence = _own(request, evidence_id)
    about, name = read_about(request.POST), read_name(request.POST)
    actions.describe(evidence=evidence, about=about, name=name, by=request.user, at=request.at)
    return _told(request, f"บันทึกข้อมูลของ “{evidence.name}” แล้ว", reverse("library_item", args=[evidence.pk]))


@require_POST
def library_version(request: SignedRequest, evidence_id: int) -> HttpResponse:
    """Add the next version."""
    evidence = _own(request, evidence_id)

    def make() -> str:
        upload, url = read_version(request)
        about = read_about(request.POST)
        new = actions.replace(evidence=evidence, upload=upload, url=url, about=about, by=request.user, at=request.at)
        messages.success(request, f"เพิ่มฉบับที่ {new.version} แล้ว ข้อที่ใช้ฉบับเดิมยังใช้ฉบับเดิม จนกว่าจะกดใช้ฉบับใหม่ในข้อนั้น")
        return reverse("library_item", args=[new.pk])

    return HttpResponseRedirect(once_for(request, request.at, make))


@require_POST
def library_share(request: SignedRequest, evidence_id: int) -> HttpResponse:
    """Let the other agencies of the body use it, or end that."""
    evidence, shared = _own(request, evidence_id), request.POST.get("shared") == "1"
    actions.share(evidence=evidence, shared=shared, by=request.user, at=request.at)
    words = "หน่วยงานอื่นในจังหวัดเห็นและใช้หลักฐานนี้ได้แล้ว" if shared else "เลิกให้หน่วยงานอื่นใช้แล้ว ข้อที่ใช้อยู่ก่อนยังใช้ได้"
    return _told(request, words, reverse("library_item", args=[evidence.pk]))


@require_POST
def library_use(request: SignedRequest, evidence_id: int) -> HttpResponse:
    """Put it under a row of the same body."""
    evidence = get_object_or_404(evidence_within(request.access, "evidence.view"), pk=evidence_id)
    asks = asks_within(request.access, "evidence.add").filter(round__body=evidence.agency.own_body_id)
    ask = get_object_or_404(asks, pk=read_ask(request.POST))
    actions.use(ask=ask, evidence=evidence, spot=read_spot(request.POST), by=request.user, at=request.at)
    return _told(
        request, f"ใช้ “{evidence.name}” เป็นหลักฐานข้อ {ask.code} แล้ว", _back(request.POST.get("back", ""), ask, evidence)
    )


@require_GET
def evidence(request: SignedRequest, link_id: int) -> HttpResponse:
    """A piece under a row, seen beside what is said of it."""
    return render(request, "survey/evidence.html", {"page": evidence_page(request.access, link_id)})


@require_POST
def evidence_say(request: SignedRequest, link_id: int) -> HttpResponse:
    """Write down where it stands under its row and, when it is my agency's, its days and its letter."""
    link = get_object_or_404(evidence_links_within(request.access, "evidence.add"), pk=link_id, removed_at=None)
    mine = request.access.can("evidence.add", link.evidence.agency) and "issued_on" in request.POST
    about, name = (read_about(request.POST), read_name(request.POST)) if mine else (None, "")
    spot = read_spot(request.POST)
    actions.describe_under(link=link, spot=spot, about=about, name=name, by=request.user, at=request.at)
    return _told(request, f"บันทึกข้อมูลของหลักฐานในข้อ {link.ask.code} แล้ว", reverse("evidence", args=[link.pk]))


@require_POST
def evidence_newest(request: SignedRequest, link_id: int) -> HttpResponse:
    """Use the newest version under this row."""
    link = get_object_or_404(evidence_links_within(request.access, "evidence.add"), pk=link_id, removed_at=None)
    newest = newest_for(request.access, link) or link.evidence
    placed = actions.use_newest(link=link, newest=newest, by=request.user, at=request.at)
    words = f"ข้อ {link.ask.code} ใช้ฉบับที่ {placed.evidence.version} แล้ว"
    return _told(request, words, reverse("evidence", args=[placed.pk]))


def _own(request: SignedRequest, evidence_id: int) -> Evidence:
    return get_object_or_404(evidence_within(request.access, "evidence.add"), pk=evidence_id)


def _back(word: str, ask: Ask, evidence: Evidence) -> str:
    if word == "bulk":
        return reverse("bulk", args=[ask.round_id, ask.agency_id])
    return section_address(ask) if word == "row" else reverse("library_item", args=[evidence.pk])


def _told(request: SignedRequest, words: str, address: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(address)
