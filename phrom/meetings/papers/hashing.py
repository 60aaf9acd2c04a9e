"""The hash under which a paper of the agenda was frozen."""

from __future__ import annotations

from phrom.meetings.models import AgendaItem, Paper
from phrom.shared.documents.canonical import sha256_of_json


def paper_sha256(paper: Paper) -> str:
    """SHA-256 over the canonical JSON of all that the paper shows; an attached file counts by the hash of its bytes."""
    shown = {
        "kind": paper.kind,
        "title": paper.title,
        "text": paper.text,
        "source": paper.source,
        "content": paper.content,
        "file": paper.file.sha256 if paper.file else "",
        "file_name": paper.file_name,
        "position": paper.position,
    }
    return sha256_of_json(shown)


def line_of(item: AgendaItem) -> str:
    """How the journal names an item that was frozen: its number, its title and who presents it."""
    return " · ".join(part for part in (item.number, item.title, item.presenter) if part)
