"""What every page's frame shows: who I am, for which office, which round, what I may open."""

from __future__ import annotations

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, object]:
    """Context for the base template; costs no query."""
    access = getattr(request, "access", None)
    return {"access": access}
