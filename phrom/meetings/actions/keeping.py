"""Keeping a paper of a meeting as it was handed out: content, hash and PDF. The PDF is made before any row is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.models import Agency, Person
from phrom.agencies.paperwork import pdf_for
from phrom.meetings.models import KeptPaper, Meeting, PaperForm
from phrom.shared.documents.canonical import sha256_of, to_json
from phrom.shared.documents.content import Document
from phrom.shared.files.kinds import PDF
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import keep_made


@dataclass(frozen=True)
class Made:
    """A document with its PDF in the store."""

    document: Document
    sha256: str
    pdf: StoredFile


def make(document: Document, body: Agency, at: datetime) -> Made:
    """Print the document for the body and keep its PDF/A; call it before the transaction."""
    return Made(document, sha256_of(document), keep_made([pdf_for(body, document, archived_at=at)], content_type=PDF, at=at))


def keep_paper(made: Made, *, meeting: Meeting, form: PaperForm, by: Person, at: datetime) -> KeptPaper:
    """The row that tells what was handed out; it never changes."""
    content = to_json(made.document)
    return KeptPaper.objects.create(
        meeting=meeting, form=form, content=content, sha256=made.sha256, pdf=made.pdf, made_by=by, made_at=at
    )


def in_journal(*papers: Made | KeptPaper) -> list[str]:
    """What the journal keeps of papers that were handed out: the hash of each, and of its PDF."""
    return [f"{paper.sha256} {paper.pdf.sha256}" for paper in papers]
