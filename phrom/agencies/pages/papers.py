"""The settings of a body's papers: letterhead, emblem, and one template for each form."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, Letterhead, PaperForm, PaperTemplate
from phrom.agencies.paperwork import letterhead_of, template_in_use
from phrom.shared.documents.placeholders import PLACEHOLDERS, Placeholder, known_form


@dataclass(frozen=True)
class FormLine:
    """A form of paper and the template it is made with; `own` is None where the default holds."""

    form: PaperForm
    own: PaperTemplate | None


@dataclass(frozen=True)
class PaperSettings:
    """What the settings page shows: of one body; `others` are further bodies that the person keeps."""

    body: Agency
    letterhead: Letterhead
    lines: tuple[FormLine, ...]
    others: tuple[Agency, ...]


@dataclass(frozen=True)
class TemplatePage:
    """One form's template: what is in use, and what may be written in it."""

    body: Agency
    line: FormLine
    placeholders: tuple[Placeholder, ...]

    @property
    def address(self) -> str:
        """Where this page is."""
        return reverse("paper_template", args=[self.body.pk, self.line.form.value])


def settings_page(access: Access, wanted: str) -> PaperSettings:
    """The page of the body that is asked for by its id, else of the first one. 404 beyond the person's bodies."""
    bodies = list(Agency.objects.filter(pk__in=access.body_ids("committee.manage")))
    chosen = [one for one in bodies if not wanted or str(one.pk) == wanted]
    if not chosen:
        raise Http404
    body = chosen[0]
    rows = PaperTemplate.objects.filter(body=body, withdrawn_at=None).select_related("file", "uploaded_by")
    own = {row.form: row for row in rows}
    lines = tuple(FormLine(form, own.get(form.value)) for form in PaperForm)
    return PaperSettings(body, letterhead_of(body), lines, tuple(one for one in bodies if one != body))


def body_kept(access: Access, body_id: int) -> Agency:
    """A body whose papers the person keeps, else 404."""
    return get_object_or_404(Agency, pk=body_id, pk__in=access.body_ids("committee.manage"))


def template_page(access: Access, body_id: int, form: str) -> TemplatePage:
    """The page of one form's template. 404 beyond the person's bodies and for a form that is none."""
    body = body_kept(access, body_id)
    if form not in PaperForm.values:
        raise Http404
    return TemplatePage(body, FormLine(PaperForm(form), template_in_use(body, form)), PLACEHOLDERS[known_form(form)])
