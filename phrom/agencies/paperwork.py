"""What a body's papers are made with: its letterhead, its emblem and its own Word templates, for whoever makes papers."""

from __future__ import annotations

from phrom.agencies.models import Agency, Letterhead, PaperTemplate
from phrom.shared.files import store


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
