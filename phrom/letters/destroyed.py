"""Are the letters that were destroyed by the rules really gone, and only those? For `phrom verify`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from phrom.letters.chain import DESTROYED
from phrom.letters.models import RegisterEntry, RegisterLine


@dataclass(frozen=True)
class Destroyed:
    """How many numbers say that their letter was destroyed, and which of them something is wrong with."""

    count: int
    wrong: tuple[str, ...]


def look_at_destroyed(using: str = "default") -> Destroyed:
    """A destroyed letter has its line in the register's chain and neither content nor files; nobody else has such a line."""
    line = RegisterLine.objects.filter(register=OuterRef("register"), number=OuterRef("number"), act=DESTROYED)
    gone = RegisterEntry.objects.using(using).filter(destroyed_at__isnull=False)
    standing = (
        Q(letter__content__isnull=False)
        | Q(letter__pdf__isnull=False)
        | Q(letter__attachments__file__isnull=False)
        | Q(incoming__content__isnull=False)
        | Q(incoming__files__isnull=False)
    )
    wrong = {*gone.filter(standing | ~Q(Exists(line))).values_list("pk", flat=True)}
    wrong |= {*RegisterEntry.objects.using(using).filter(Exists(line), destroyed_at=None).values_list("pk", flat=True)}
    named = RegisterEntry.objects.using(using).filter(pk__in=wrong).select_related("register__office__agency")
    words = tuple(f"{each.register.office.agency.name} · {each.register} · เลข {each.number}" for each in named)
    return Destroyed(gone.count(), words)
