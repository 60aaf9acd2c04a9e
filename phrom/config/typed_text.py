"""What somebody typed into a form that could not be taken: shown again, so that no sentence has to be thought of twice."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import HttpRequest

_SECRET = re.compile(r"password|^(once|again|key|token|csrfmiddlewaretoken)$")
_CHOSEN = re.compile(r"[\x21-\x7e]*")  # codes of choices, figures, dates: quickly chosen again, and no words
_MOST = 50


def typed_text(request: HttpRequest) -> list[str]:
    """The words in a posted form, each text once, in their order; never a password, and nothing of a form from elsewhere."""
    if request.method != "POST" or not _is_ours(request):
        return []
    fields = [(name, value.strip()) for name, values in request.POST.lists() for value in values]
    words = [value for name, value in fields if not _SECRET.search(name) and not _CHOSEN.fullmatch(value)]
    return list(dict.fromkeys(words))[:_MOST]


def _is_ours(request: HttpRequest) -> bool:
    sent_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(sent_from).netloc == request.get_host()
    except ValueError:
        return False
