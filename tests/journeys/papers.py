"""Real evidence with Thai names: a PDF, a Word file and a text, made here."""

from __future__ import annotations

import io
from dataclasses import dataclass

from docx import Document as Word

from phrom.shared.documents.content import Document, Paragraph
from phrom.shared.documents.pdf import render_pdf


@dataclass(frozen=True)
class Paper:
    """A file as somebody has it on their computer."""

    name: str
    content: bytes

    @property
    def payload(self) -> dict[str, object]:
        """As Playwright hands it to a file field."""
        return {"name": self.name, "mimeType": "application/octet-stream", "buffer": self.content}


def pdf(name: str, text: str) -> Paper:
    """A PDF of one page."""
    return Paper(name, render_pdf(Document(title=name.removesuffix(".pdf"), blocks=(Paragraph(text),))))


def word(name: str, text: str) -> Paper:
    """A Word file."""
    made, target = Word(), io.BytesIO()
    made.add_paragraph(text)
    made.save(target)
    return Paper(name, target.getvalue())


def text(name: str, words: str) -> Paper:
    """A plain text in UTF-8."""
    return Paper(name, words.encode())
