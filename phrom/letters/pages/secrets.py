"""The pages about who reads a secret letter: its named readers, and opening one in an emergency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, Membership
from phrom.letters.models import Incoming, Letter, SecretReader
from phrom.letters.scopes import BREAK_GLASS, SECRETS, incoming_within, letters_within
from phrom.shared.thai.clock import local_date

INCOMING, LETTER = "in", "out"


@dataclass(frozen=True)
class Notes:
    """What the page of a secret letter says above all: who broke the glass, and whether the reader names readers."""

    glasses: tuple[SecretReader, ...] = ()
    may_name: bool = False


@dataclass(frozen=True)
class ReaderRow:
    """One right to read, and whether it holds now."""

    reader: SecretReader
    holds: bool


@dataclass(frozen=True)
class ReadersPage:
    """Who reads one secret letter besides the registrars of its office; `members` may be named."""

    about: Letter | Incoming
    way: str
    rows: tuple[ReaderRow, ...]
    members: tuple[Membership, ...]

    @property
    def route(self) -> str:
        """The route of the letter's own page."""
        return "incoming" if self.way == INCOMING else "letter"


def notes_of(access: Access, about: Letter | Incoming) -> Notes:
    """One query for a secret letter, none for others."""
    if not about.is_secret:
        return Notes()
    rows = SecretReader.objects.filter(**{"letter" if isinstance(about, Letter) else "incoming": about}, broke_glass=True)
    return Notes(tuple(rows.select_related("person")), about.office.agency_id in access.agency_ids(SECRETS))


def secret_for(access: Access, at: datetime, way: str, letter_id: int) -> Letter | Incoming:
    """A secret letter of an office whose secret letters the person handles; 404 for everything else."""
    mine = {"pk": letter_id, "office__agency__in": access.agency_ids(SECRETS)}
    if way == INCOMING:
        return get_object_or_404(incoming_within(access, at, SECRETS).exclude(secrecy="001"), **mine)
    if way == LETTER:
        return get_object_or_404(letters_within(access, at, SECRETS).exclude(secrecy="001"), **mine)
    raise Http404


def readers_page(about: Letter | Incoming, way: str, at: datetime) -> ReadersPage:
    """The rights given for one letter, newest first, ended ones too. Two queries."""
    rows = SecretReader.objects.filter(**{"incoming" if way == INCOMING else "letter": about})
    found = rows.select_related("person", "given_by").order_by("-id")
    return ReadersPage(
        about=about,
        way=way,
        rows=tuple(ReaderRow(one, one.until is None or one.until > at) for one in found),
        members=members_of(about, at),
    )


def members_of(about: Letter | Incoming, at: datetime) -> tuple[Membership, ...]:
    """Everybody of the same body, each once, those of the letter's own office first. One query."""
    body = about.office.agency.own_body_id
    rows = Membership.objects.in_force(local_date(at)).filter(Q(agency=body) | Q(agency__body=body), person__is_active=True)
    found = rows.select_related("person", "agency").order_by("person__name", "id")
    in_order = sorted(found, key=lambda one: one.agency_id != about.office.agency_id)
    return tuple({one.person_id: one for one in reversed(in_order)}.values())[::-1]


def reader_for(access: Access, at: datetime, reader_id: int) -> tuple[SecretReader, str]:
    """A right to read a letter whose readers the person names, with the way of the letter; 404 else."""
    reader = get_object_or_404(SecretReader, pk=reader_id)
    way = INCOMING if reader.incoming_id else LETTER
    secret_for(access, at, way, reader.incoming_id or reader.letter_id or 0)
    return reader, way


def agencies_of_glass(access: Access) -> tuple[Agency, ...]:
    """The agencies whose secret letters the person may open in an emergency. One query."""
    bodies = access.body_ids(BREAK_GLASS)
    return tuple(Agency.objects.filter(Q(pk__in=bodies) | Q(body__in=bodies)).select_related("body"))
