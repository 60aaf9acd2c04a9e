"""A paper of a body as the file that a browser takes away."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse

from phrom.agencies.models import Agency
from phrom.agencies.paperwork import docx_for, pdf_for
from phrom.shared.documents.content import Document
from phrom.shared.files.download import just_made
from phrom.shared.files.kinds import CONTENT_TYPES

PRINTERS: dict[str, Callable[[Agency, Document], bytes]] = {"pdf": pdf_for, "docx": docx_for}


def paper_file(body: Agency, document: Document, name: str, extension: str) -> HttpResponse:
    """The paper, printed now; 404 for an extension that no paper has."""
    if extension not in PRINTERS:
        raise Http404
    made = PRINTERS[extension](body, document)
    return just_made(made, name=f"{name}.{extension}", content_type=CONTENT_TYPES[extension])
