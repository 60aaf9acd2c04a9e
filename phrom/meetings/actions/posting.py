"""Mail about a meeting to everybody who is asked, with the calendar file, after the change has been committed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from email.encoders import encode_base64
from email.mime.base import MIMEBase

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string

from phrom.meetings.calendar import Method, calendar_file, summary_of
from phrom.meetings.models import Meeting
from phrom.meetings.recipients import Recipient, recipients, roster_of

log = logging.getLogger(__name__)
SUBJECTS = {"invitation": "ขอเชิญ", "changed": "เปลี่ยนแปลงการ", "cancelled": "ยกเลิกการ"}


@dataclass
class Post:
    """What became of the mail: to how many it goes, and whether the server took it. Known after the commit."""

    addressed: int = 0
    failed: bool = False


def post(meeting: Meeting, news: str, *, address: str, at: datetime) -> Post:
    """Send the news (`invitation`, `changed`, `cancelled`) once the transaction is through. `address` is the meeting's page.

    A mail server that is away does not undo what was decided: the outcome says so and the paper still goes out by hand.
    """
    outcome = Post()
    to = recipients(meeting, roster_of(meeting))
    outcome.addressed = len(to)
    messages = [_message(meeting, news, each, address, at) for each in to]
    transaction.on_commit(lambda: _send(messages, outcome))
    return outcome


def _send(messages: list[EmailMessage], outcome: Post) -> None:
    try:
        get_connection().send_messages(messages)
    except OSError:  # smtplib's own errors are OSErrors too
        log.exception("the mail about a meeting was not sent")
        outcome.failed = True


def _message(meeting: Meeting, news: str, to: Recipient, address: str, at: datetime) -> EmailMessage:
    context = {"meeting": meeting, "to": to, "address": address, "summary": summary_of(meeting)}
    text = render_to_string(f"meetings/mail/{news}.txt", context)
    subject = " ".join(f"{SUBJECTS[news]}{summary_of(meeting)}".split())  # a line break would keep all mail from going out
    mail = EmailMessage(subject, text, to=[to.person.email])
    method = Method.CANCEL if meeting.is_cancelled else Method.REQUEST
    mail.attach(_attachment(calendar_file(meeting, method=method, address=address, at=at, to=to.person), method))
    return mail


def _attachment(content: bytes, method: Method) -> MIMEBase:
    part = MIMEBase("text", "calendar", method=method.value, charset="utf-8", name="meeting.ics")
    part.set_payload(content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename="meeting.ics")
    return part
