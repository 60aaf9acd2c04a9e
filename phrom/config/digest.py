"""Mails that the installation sends of its own accord: one a day with what waits, and one at once for the most urgent letters.

A row of `Mailed` stands before every mail, so that nobody gets two, whatever is restarted. Nothing to tell: no mail. Nothing
of a secret letter, not even that there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from socket import gaierror

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from phrom.agencies.access import access_of
from phrom.agencies.models import Membership, Person
from phrom.agencies.roles import ROLES
from phrom.config.models import Mailed
from phrom.desk.pages import tasks_of
from phrom.letters.models import Incoming, Secrecy, Speed
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import bangkok, thai_date

HOUR = 8
SATURDAY = 5
AT_ONCE = 200  # people a minute; a nation's installation takes some minutes
FRESH = timedelta(days=1)
# The server itself does not answer: whoever comes next would wait for nothing.
AWAY = (
    ConnectionError,
    TimeoutError,
    gaierror,
    SMTPServerDisconnected,
    SMTPConnectError,
    SMTPHeloError,
    SMTPAuthenticationError,
)
RECEIVING = tuple(key for key, role in ROLES.items() if "letter.receive" in role.permissions)


class MailsFailed(Exception):
    """Some mails did not go out; the others did. Says whose and why, without an address."""

    def __init__(self, troubles: dict[int, Exception]) -> None:
        told = (f"person {pk}: {type(problem).__name__}" for pk, problem in troubles.items())
        super().__init__(f"{len(troubles)} mails failed, {', '.join(told)}")


def send_digests(*, at: datetime) -> int:
    """From 08.00 on working days: what waits for each person, once a day. Returns how many mails went out."""
    local = bangkok(at)
    if local.hour < HOUR or local.weekday() >= SATURDAY:
        return 0
    today = local.date()
    told = Mailed.objects.filter(about=_digest_of(today)).values("person")
    staffed = Membership.objects.in_force(today).values("person")
    people = Person.objects.filter(is_active=True, pk__in=staffed).exclude(pk__in=told).order_by("pk")
    return _each((person, lambda person=person: _digest(person, today, at)) for person in people[:AT_ONCE])  # type: ignore[misc]


def send_urgent(*, at: datetime) -> int:
    """The most urgent letters (ด่วนที่สุด) that nobody accepted yet, to those who accept letters there. Returns the mails."""
    waiting = Incoming.objects.arrived().filter(speed=Speed.MOST_URGENT, secrecy=Secrecy.NORMAL, arrived_at__gt=at - FRESH)
    letters = {each.pk: each for each in waiting.select_related("office__agency")}
    done = set(Mailed.objects.filter(about__in=map(_urgent_of, letters)).values_list("about", "person"))
    receivers = _receivers({each.office.agency_id for each in letters.values()}, local_date(at))
    waiting_for = (
        (member.person, letter)
        for member in receivers
        for letter in letters.values()
        if letter.office.agency_id == member.agency_id and (_urgent_of(letter.pk), member.person_id) not in done
    )
    return _each((who, lambda who=who, letter=letter: _urgent(who, letter, at)) for who, letter in waiting_for)  # type: ignore[misc]


def _each(mails: Iterable[tuple[Person, Callable[[], int]]]) -> int:
    """Send each in its own try: one address that no server takes keeps no mail of others from going out.

    Raises MailsFailed at the end, and at once what says that the server is away.
    """
    sent, troubles = 0, {}
    for person, send in mails:
        try:
            sent += send()
        except AWAY:
            raise
        except Exception as problem:  # whatever it is, it is this person's mail alone
            troubles[person.pk] = problem
    if troubles:
        raise MailsFailed(troubles) from next(iter(troubles.values()))
    return sent


def _digest(person: Person, today: date, at: datetime) -> int:
    tasks = [task for task in tasks_of(access_of(person, today), at) if not task.secret]
    context = {"person": person, "today": today, "tasks": tasks, "address": address_of(reverse("desk"))}
    subject = f"งานของท่านในระบบพร้อม {thai_date(today)} มี {len(tasks)} เรื่อง"
    mail = EmailMessage(subject, render_to_string("config/mail/digest.txt", context), to=[person.email]) if tasks else None
    return _once(person, _digest_of(today), mail, at)


def _urgent(person: Person, letter: Incoming, at: datetime) -> int:
    address = address_of(reverse("incoming", args=[letter.pk]))
    context = {"person": person, "letter": letter, "address": address}
    subject = " ".join(f"ด่วนที่สุด: {letter.subject}".split())
    mail = EmailMessage(subject, render_to_string("config/mail/urgent.txt", context), to=[person.email])
    return _once(person, _urgent_of(letter.pk), mail, at)


def _once(person: Person, about: str, mail: EmailMessage | None, at: datetime) -> int:
    """Claim the row, then send. A mail that was refused gives the row back: the next minute tries again.

    An address that is gone (5xx) keeps it: it is asked once.
    """
    row, mine = Mailed.objects.get_or_create(person=person, about=about, defaults={"claimed_at": at})
    if not mine or mail is None:
        return 0
    try:
        get_connection().send_messages([mail])
    except OSError as problem:  # smtplib's own errors are OSErrors too
        if not _is_gone(problem):
            row.delete()
        raise
    Mailed.objects.filter(pk=row.pk).update(sent_at=at)
    return 1


def _is_gone(problem: OSError) -> bool:
    return isinstance(problem, SMTPRecipientsRefused) and all(code >= 500 for code, _ in problem.recipients.values())


def _receivers(agencies: Iterable[int], on: date) -> Iterable[Membership]:
    rows = Membership.objects.in_force(on).filter(agency__in=agencies, role__in=RECEIVING, person__is_active=True)
    once = {(each.person_id, each.agency_id): each for each in rows.select_related("person").order_by("pk")}
    return once.values()


def _digest_of(day: date) -> str:
    return f"digest:{day.isoformat()}"


def _urgent_of(pk: int) -> str:
    return f"urgent:{pk}"


def address_of(path: str) -> str:
    """The address under which people open a page, where the installation knows its own; else nothing."""
    return f"{settings.PHROM_URL}{path}" if settings.PHROM_URL else ""
