"""The PDF of an issued letter: made from the content that was frozen, after the commit, and again whenever it is missing."""

from __future__ import annotations

from django_tasks import task

from phrom.letters.models import Letter
from phrom.letters.papers.rendering import letter_pdf
from phrom.shared.files.kinds import PDF
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import keep_made


def ensure_pdf(letter: Letter) -> StoredFile:
    """The letter's PDF, made now where nobody made it yet. A crash before loses nothing: the content stands in the row."""
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
