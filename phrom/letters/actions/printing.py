"""The PDF of an issued letter: made from the content that was frozen, after the commit, and again whenever it is missing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks import task

from phrom.letters.models import Letter
from phrom.letters.papers.rendering import letter_pdf
from phrom.shared.files.kinds import PDF
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import keep_made

GIVEN_TIME = timedelta(minutes=5)  # the job of the issue itself comes first


def ensure_pdf(letter: Letter) -> StoredFile:
    """The letter's PDF, made now where nobody made it yet. A crash before loses nothing: the content stands in the row.

    Refuses LetterDestroyed, and what `letter_pdf` refuses.
    """
    if letter.pdf is not None:
        return letter.pdf
    if letter.issued_at is None:
        raise ValueError("a draft has no PDF to keep")
    made = keep_made([letter_pdf(letter)], content_type=PDF, at=letter.issued_at)
    Letter.objects.filter(pk=letter.pk, pdf=None).update(pdf=made)
    letter.pdf = Letter.objects.select_related("pdf").get(pk=letter.pk).pdf
    return letter.pdf or made


@task()
def make_pdf(letter_id: int) -> None:
    """Make the PDF of a letter that was just issued."""
    ensure_pdf(Letter.objects.select_related("office__agency__body", "entry", "pdf").get(pk=letter_id))


def make_missing_pdfs(*, at: datetime, limit: int = 20) -> int:
    """The PDFs of letters whose job was lost between the commit and the end; returns how many were made."""
    waiting = Letter.objects.filter(pdf=None, content__isnull=False, issued_at__lte=at - GIVEN_TIME)  # not destroyed ones
    rows = waiting.select_related("office__agency__body", "entry", "pdf")
    return len([ensure_pdf(letter) for letter in rows.order_by("issued_at")[:limit]])
