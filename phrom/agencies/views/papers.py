"""Settings of a body's papers: letterhead, emblem and templates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phrom.agencies.actions import papers as actions
from phrom.agencies.forms import LetterheadForm, TemplateForm
from phrom.agencies.handing_out import paper_file
from phrom.agencies.models import Agency
from phrom.agencies.pages import papers as pages
from phrom.agencies.papers import specimen
from phrom.agencies.paperwork import letterhead_of
from phrom.agencies.requests import SignedRequest
from phrom.shared.documents.docx_templates import default_template
from phrom.shared.documents.placeholders import known_form
from phrom.shared.documents.template_check import TemplateBroken
from phrom.shared.files.download import answer, just_made
from phrom.shared.files.kinds import CONTENT_TYPES
from phrom.shared.ui.refusals import Refusal


@require_http_methods(["GET", "POST"])
def paper_settings(request: SignedRequest) -> HttpResponse:
    """The letterhead and the list of templates; a post changes the letterhead."""
    page = pages.settings_page(request.access, request.GET.get("body", ""))
    said = {name: getattr(page.letterhead, name) for name in ("office", "address", "phone", "letter_code")}
    form = LetterheadForm(request.POST or None, request.FILES or None, initial=said)
    if request.method == "POST" and form.is_valid() and _changed(request, page.body, form):
        messages.success(request, "บันทึกหัวกระดาษแล้ว")
        return redirect(f"{reverse('paper_settings')}?body={page.body.pk}")
    return render(request, "agencies/papers.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _changed(request: SignedRequest, body: Agency, form: LetterheadForm) -> bool:
    """True when everything was taken; what was refused is said at its field."""
    said: dict[str, Any] = dict(form.cleaned_data)
    picture: UploadedFile | None = said.pop("emblem")
    try:
        if picture is not None:
            actions.put_emblem(body=body, name=picture.name or "", chunks=picture.chunks(), by=request.user, at=request.at)
        actions.change_letterhead(body=body, **said, by=request.user, at=request.at)
    except Refusal as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else "emblem", refusal.th)
        return False
    return True


@require_safe
def emblem(request: SignedRequest, body_id: int) -> HttpResponseBase:
    """The picture itself."""
    stored = letterhead_of(pages.body_kept(request.access, body_id)).emblem
    if stored is None:
        raise Http404
    return answer(stored, name=f"emblem.{stored.content_type.rpartition('/')[2]}", inline=True)


@require_POST
def emblem_remove(request: SignedRequest, body_id: int) -> HttpResponse:
    """Take the emblem away."""
    body = pages.body_kept(request.access, body_id)
    actions.remove_emblem(body=body, by=request.user, at=request.at)
    messages.success(request, "นำตราสัญลักษณ์ออกแล้ว เอกสารจะแสดงกรอบว่างแทน")
    return redirect(f"{reverse('paper_settings')}?body={body.pk}")


@require_http_methods(["GET", "POST"])
def template(request: SignedRequest, body_id: int, form: str) -> HttpResponse:
    """One form's template; a post uses the uploaded one, or says all that is wrong with it."""
    page = pages.template_page(request.access, body_id, form)
    posted = TemplateForm(request.POST or None, request.FILES or None) if request.method == "POST" else TemplateForm()
    problems = []
    if posted.is_valid():
        given, body = posted.cleaned_data["file"], page.body
        try:
            actions.put_template(body=body, form=form, name=given.name, chunks=given.chunks(), by=request.user, at=request.at)
        except TemplateBroken as broken:
            problems = broken.problems
            posted.add_error("file", f"แม่แบบนี้ยังใช้ไม่ได้ พบ {len(problems)} ข้อ แม่แบบเดิมยังใช้อยู่ แก้ตามรายการแล้วส่งใหม่")
        except Refusal as refusal:
            posted.add_error("file", refusal.th)
        else:
            messages.success(request, f"ใช้แม่แบบ {given.name} แล้ว")
            return redirect(page.address)
    shown = {"page": page, "form": posted, "problems": problems}
    return render(request, "agencies/paper_template.html", shown, status=422 if posted.errors else 200)


@require_POST
def withdraw(request: SignedRequest, body_id: int, form: str) -> HttpResponse:
    """Go back to the default template."""
    page = pages.template_page(request.access, body_id, form)
    actions.withdraw_template(body=page.body, form=form, by=request.user, at=request.at)
    messages.success(request, f"{page.line.form.label}กลับไปใช้แม่แบบตั้งต้นแล้ว")
    return redirect(page.address)


@require_safe
def template_file(request: SignedRequest, body_id: int, form: str) -> HttpResponseBase:
    """The template in use: the body's own, or the default."""
    own = pages.template_page(request.access, body_id, form).line.own
    if own is None:
        return template_default(request, body_id, form)
    return answer(own.file, name=own.file_name)


@require_safe
def template_default(request: SignedRequest, body_id: int, form: str) -> HttpResponse:
    """The default template, for a fresh start."""
    label = pages.template_page(request.access, body_id, form).line.form.label
    return just_made(default_template(known_form(form)), name=f"แม่แบบ {label}.docx", content_type=CONTENT_TYPES["docx"])


@require_safe
def preview_pdf(request: SignedRequest, body_id: int, form: str) -> HttpResponse:
    """A made-up paper of the form under the body's letterhead."""
    return _preview(request, body_id, form, "pdf")


@require_safe
def preview_docx(request: SignedRequest, body_id: int, form: str) -> HttpResponse:
    """The same in the Word template that is in use."""
    return _preview(request, body_id, form, "docx")


def _preview(request: SignedRequest, body_id: int, form: str, extension: str) -> HttpResponse:
    page = pages.template_page(request.access, body_id, form)
    made_up = specimen(letterhead_of(page.body), known_form(form))
    return paper_file(page.body, made_up, f"ตัวอย่าง {page.line.form.label}", extension)
