"""What is done with kept files by itself. Queued in the same database, so a job exists exactly when its act was committed."""

from __future__ import annotations

from django_tasks import task

from phrom.shared.files.words import read_one
from phrom.shared.thai import clock


@task()
def read_file_text(text_id: int) -> None:
    """Read the words of one file."""
    read_one(text_id=text_id, at=clock.now())
