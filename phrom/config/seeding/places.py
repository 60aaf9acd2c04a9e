"""Where in a seed file something is wrong: "drives.0.stages.3", as the shape's own problems name it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError

from phrom.shared.ui.refusals import Refusal


class SeedProblem(ValueError):
    """What was refused, or is named and not there, with its place in the file."""


@contextmanager
def at_place(place: str) -> Iterator[None]:
    """Whatever is wrong inside is told with this place; an inner place, which is nearer, stands."""
    try:
        yield
    except KeyError as missing:
        raise SeedProblem(f"{place}: {missing} ไม่มีในไฟล์ / is not in the file") from missing
    except (Refusal, ObjectDoesNotExist, IntegrityError) as problem:
        raise SeedProblem(f"{place}: {problem}") from problem
