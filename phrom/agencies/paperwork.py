"""The door of every official paper: a document printed for a body, with its letterhead, its emblem, its own Word templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phrom.agencies.models import Agency, Letterhead, PaperTemplate
from phrom.shared.documents.content import Document
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.pdf import Attached, render_pdf
from phrom.shared.files import store


def pdf_for(
    body: Agency, document: Document, *, archived_at: datetime | None = None, attached: Sequence[Attached] = ()
) -> bytes:
    """The paper as PDF with the body's emblem; with `archived_at` as PDF/A, which refuses CannotPrint. Refuses DamagedFile.

    What is `attached` to a paper for the archive lies inside it, as PDF/A-3 allows.
    """
    return render_pdf(document, archived_at is not None, at=archived_at, emblem=emblem_of(body), attached=attached)


def docx_for(body: Agency, document: Document) -> bytes:
    """The paper as a Word file, in the body's own template of its form where it has one. Refuses DamagedFile."""
    return render_docx(document, template_of(body, document.form), emblem=emblem_of(body))


def letterhead_of(body: Agency) -> Letterhead:
    """The body's letterhead; where none was set, one with its name alone (not saved)."""
    set_up = Letterhead.objects.filter(body=body).select_related("emblem").first()
    return set_up or Letterhead(body=body, office=body.name)


def emblem_of(body: Agency) -> bytes | None:
    """The emblem as the renderers take it; None where none was uploaded. Refuses DamagedFile."""
    emblem = letterhead_of(body).emblem
    return None if emblem is None else b"".join(store.read(emblem))


def template_of(body: Agency, form: str) -> bytes | None:
    """The body's own Word template for the form; None where the default holds. Refuses DamagedFile."""
    used = template_in_use(body, form)
    return None if used is None else b"".join(store.read(used.file))


def template_in_use(body: Agency, form: str) -> PaperTemplate | None:
    """The row of the body's own template for the form."""
    return PaperTemplate.objects.filter(body=body, form=form, withdrawn_at=None).select_related("file", "uploaded_by").first()
