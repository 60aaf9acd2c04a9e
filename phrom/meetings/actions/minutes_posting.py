"""Mail to those who attended, when the minutes go out; after the commit, each alone."""

from __future__ import annotations

import logging

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string

from phrom.agencies.models import Person
from phrom.meetings.actions.posting import Post
from phrom.meetings.attendees import attendees
from phrom.meetings.models import Minutes

log = logging.getLogger(__name__)


def post_minutes(minutes: Minutes, *, address: str) -> Post:
    """Tell everybody who attended and has an account, once the transaction is through. `address` is the reading page.

    A mail server that is away undoes nothing: the outcome says so.
    """
    people = {
        row.person.pk: row.person for row in attendees(minutes.meeting) if row.person is not None and row.person.is_active
    }
    outcome = Post(addressed=len(people))
    messages = [_message(minutes, person, address) for person in people.values()]
    transaction.on_commit(lambda: _send(messages, outcome))
    return outcome


def _message(minutes: Minutes, person: Person, address: str) -> EmailMessage:
    context = {"minutes": minutes, "meeting": minutes.meeting, "person": person, "address": address}
    subject = f"ขอให้ตรวจรายงานการประชุมครั้งที่ {minutes.meeting}"
    return EmailMessage(subject, render_to_string("meetings/mail/minutes.txt", context), to=[person.email])


def _send(messages: list[EmailMessage], outcome: Post) -> None:
    try:
        get_connection().send_messages(messages)
    except OSError:  # smtplib's own errors are OSErrors too
        log.exception("the mail about minutes was not sent")
        outcome.failed = True
