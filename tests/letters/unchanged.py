"""The whole database in one value, so that a test can say: nothing at all was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps


def everything() -> dict[str, str]:
    """Every table of ours with the number of its rows and a hash over all of them."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("phrom."):
            rows = [repr(row) for row in model._base_manager.order_by("pk").values_list()]
            found[model._meta.label] = f"{len(rows)} rows, {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()}"
    return found


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Whatever happens inside, the database is the same afterwards; the tables that differ are named."""
    before = everything()
    yield
    after = everything()
    assert [name for name in before if before[name] != after[name]] == []
