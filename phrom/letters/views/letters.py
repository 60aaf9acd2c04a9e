"""The out-tray, a letter's page, its papers and files, and what is done with a letter as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions import approving
from phrom.letters.actions.drafting import give_up_draft
from phrom.letters.actions.issuing import issue_letter, void_letter
from phrom.letters.actions.printing import ensure_pdf
from phrom.letters.actions.readiness import NotReady
from phrom.letters.actions.recalling import recall
from phrom.letters.actions.secrets import note_reading
from phrom.letters.forms.letters import Because, IssueLetter
from phrom.letters.models import Letter
from phrom.letters.pages.editor import reserved_for
from phrom.letters.pages.letters import attachment_for, letter_for, letter_page
from phrom.letters.pages.out_tray import out_tray
from phrom.letters.pages.secrets import notes_of
from phrom.letters.papers.rendering import letter_docx, letter_pdf, refuse_unprintable
from phrom.letters.scopes import APPROVE, DRAFT, ISSUE
from phrom.shared.documents.pdf import CannotPrint
from phrom.shared.files.download import answer, just_made
from phrom.shared.files.kinds import CONTENT_TYPES
from phrom.shared.journal.once import once_for
from phrom.shared.ui.typed import posted_id


@require_GET
def tray(request: SignedRequest) -> HttpResponse:
    """What the office writes and has sent."""
    asked = {name: request.GET.get(name, "") for name in ("office", "show")}
    words, number = request.GET.get("q", "")[:100], request.GET.get("page", "")
    page = out_tray(request.access, request.at, **asked, words=words, number=number)
    return render(request, "letters/out_tray.html", {"page": page})


@require_GET
def letter(request: SignedRequest, letter_id: int) -> HttpResponse:
    """One letter: draft or issued."""
    found = letter_for(request.access, request.at, letter_id)
    note_reading(about=found, by=request.user, at=request.at)
    return _shown(request, found)


@require_POST
def submit(request: SignedRequest, letter_id: int) -> HttpResponse:
    """Send it to the head. What is missing is named on the letter's page."""
    found = letter_for(request.access, request.at, letter_id, DRAFT)
    try:
        approving.submit(letter=found, by=request.user, at=request.at)
        messages.success(request, "เสนอหัวหน้าหน่วยงานแล้ว")
    except NotReady as refusal:
        messages.error(request, refusal.th)
    return redirect("letter", letter_id)


@require_POST
def approve(request: SignedRequest, letter_id: int) -> HttpResponse:
    """The head approves what was read: the version that stood on the page."""
    found = letter_for(request.access, request.at, letter_id, APPROVE)
    version = posted_id(request.POST.get("version", ""))
    approving.approve(letter=found, version=version, by=request.user, at=request.at)
    messages.success(request, "เห็นชอบหนังสือแล้ว เจ้าหน้าที่สารบรรณออกเลขได้")
    return redirect("letter", letter_id)


@require_http_methods(["GET", "POST"])
def send_back(request: SignedRequest, letter_id: int) -> HttpResponse:
    """The head gives the draft back with what is to be changed."""
    found = letter_for(request.access, request.at, letter_id, APPROVE)
    form = Because(request.POST or None)
    if form.is_valid():
        approving.return_to_drafter(letter=found, because=form.cleaned_data["because"], by=request.user, at=request.at)
        messages.success(request, "ส่งกลับให้ผู้ร่างแก้ไขแล้ว")
        return redirect("letter", letter_id)
    words = ("ส่งกลับแก้ไข", "ผู้ร่างจะเห็นสิ่งที่ต้องแก้ และเสนอใหม่ได้", "ส่งกลับแก้ไข")
    return _asked(request, found, form, words)


@require_http_methods(["GET", "POST"])
def issue(request: SignedRequest, letter_id: int) -> HttpResponse:
    """What issuing will do; a post does it, once. A second click finds it issued and leads to the letter."""
    found = letter_for(request.access, request.at, letter_id, ISSUE)
    if found.is_issued:
        return redirect("letter", letter_id)
    book, reserved = reserved_for(found, request.at)
    form = IssueLetter(reserved, request.POST or None, initial={"version": found.version})
    if form.is_valid():
        try:
            refuse_unprintable(found, request.at)
            return HttpResponseRedirect(once_for(request, request.at, lambda: _issue(request, found, form)))
        except (NotReady, CannotPrint) as refusal:
            form.add_error(None, refusal.th)
    page = letter_page(request.access, request.at, found)
    shown = {"page": page, "form": form, "book": book}
    return render(request, "letters/letter_issue.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def give_up(request: SignedRequest, letter_id: int) -> HttpResponse:
    """Put a draft away, with a reason."""
    found = letter_for(request.access, request.at, letter_id, DRAFT)
    form = Because(request.POST or None)
    if form.is_valid():
        give_up_draft(letter=found, because=form.cleaned_data["because"], by=request.user, at=request.at)
        messages.success(request, "ยกเลิกร่างแล้ว ร่างยังอ่านได้ในกลุ่ม “ยกเลิก”")
        return redirect("letter", letter_id)
    return _asked(request, found, form, ("ยกเลิกร่าง", "ยังไม่มีเลขใดถูกใช้ ร่างนี้จะแก้ไขต่อไม่ได้", "ยกเลิกร่าง"))


@require_http_methods(["GET", "POST"])
def recall_all(request: SignedRequest, letter_id: int) -> HttpResponse:
    """Call it back from everybody, with a reason that they read."""
    found = letter_for(request.access, request.at, letter_id, ISSUE)
    form = Because(request.POST or None)
    if form.is_valid():
        recall(letter=found, because=form.cleaned_data["because"], by=request.user, at=request.at)
        messages.success(request, "เรียกคืนแล้ว ผู้รับที่ลงรับไปก่อนจะเห็นคำขอเรียกคืน")
        return redirect("letter", letter_id)
    told = "ผู้รับที่ยังไม่ลงรับ หนังสือจะถูกเรียกคืนทันที ผู้ที่ลงรับแล้วจะเห็นคำขอเรียกคืนพร้อมเหตุผลนี้ เลขของหนังสือยังคงอยู่"
    return _asked(request, found, form, ("เรียกคืนจากผู้รับทุกราย", told, "เรียกคืน"))


@require_http_methods(["GET", "POST"])
def void(request: SignedRequest, letter_id: int) -> HttpResponse:
    """Cancel an issued letter; its number stays in the register with the reason."""
    found = letter_for(request.access, request.at, letter_id, ISSUE)
    form = Because(request.POST or None)
    if form.is_valid():
        void_letter(letter=found, because=form.cleaned_data["because"], by=request.user, at=request.at)
        messages.success(request, "ยกเลิกหนังสือแล้ว เลขยังอยู่ในทะเบียนพร้อมเหตุผล")
        return redirect("letter", letter_id)
    told = "เลขจะคงอยู่ในทะเบียนว่ายกเลิกพร้อมเหตุผลนี้ และเรียกคืนจากผู้รับทุกราย การยกเลิกแล้วย้อนกลับไม่ได้"
    return _asked(request, found, form, ("ยกเลิกหนังสือที่ออกเลขแล้ว", told, "ยกเลิกหนังสือ"))


@require_GET
def paper(request: SignedRequest, letter_id: int, file_format: str) -> HttpResponseBase:
    """The letter as PDF or Word file: a draft as it would look, an issued one as it was issued."""
    found = letter_for(request.access, request.at, letter_id)
    note_reading(about=found, by=request.user, at=request.at)
    name = f"{found.entry.number_text if found.entry else 'ร่าง'} {found.subject}"[:120].replace("/", "-")
    if file_format == "pdf" and found.is_issued:
        return answer(ensure_pdf(found), name=f"{name}.pdf", inline="inline" in request.GET)
    makers = {"pdf": letter_pdf, "docx": letter_docx}
    if file_format not in makers:
        raise Http404
    return just_made(makers[file_format](found), name=f"{name}.{file_format}", content_type=CONTENT_TYPES[file_format])


@require_GET
def file(request: SignedRequest, attachment_id: int) -> HttpResponseBase:
    """A file that goes with a letter."""
    found = attachment_for(request.access, request.at, attachment_id)
    if found.file is None:
        raise Http404
    note_reading(about=found.letter, by=request.user, at=request.at)
    return answer(found.file, name=found.name or found.described, inline="inline" in request.GET)


def _issue(request: SignedRequest, found: Letter, form: IssueLetter) -> str:
    issued = issue_letter(
        letter=found, by=request.user, at=request.at, entry=form.entry_chosen, version=form.cleaned_data["version"]
    )
    if issued.entry is not None:
        messages.success(request, f"ออกเลขแล้ว ที่ {issued.entry.number_text}")
    return reverse("letter", args=[found.pk])


def _shown(request: SignedRequest, found: Letter) -> HttpResponse:
    page = letter_page(request.access, request.at, found, request.GET.get("page", ""))
    return render(request, "letters/letter.html", {"page": page, "secret": notes_of(request.access, found)})


def _asked(request: SignedRequest, found: Letter, form: Because, words: tuple[str, str, str]) -> HttpResponse:
    title, told, button = words
    shown = {"letter": found, "form": form, "title": title, "told": told, "button": button}
    return render(request, "letters/letter_because.html", shown, status=422 if form.errors else 200)
