"""How allauth behaves in this house: no sign-up, mail off the request, `next` stays inside, the journal is told."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from phrom.agencies.models import Person
from phrom.agencies.requests import SignedRequest
from phrom.agencies.signin.attempts import known_device, remember_browser
from phrom.shared.journal import record as journal

POSTMAN = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postman")


class HouseAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The hooks of allauth that we use."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "อีเมลหรือรหัสผ่านไม่ถูกต้อง กรุณาตรวจแล้วลองใหม่",
        "incorrect_password": "รหัสผ่านไม่ถูกต้อง กรุณาลองใหม่",
        "enter_current_password": "รหัสผ่านปัจจุบันไม่ถูกต้อง รหัสผ่านยังไม่เปลี่ยน กรุณาพิมพ์ใหม่",
        "invalid_password_reset": "ลิงก์ตั้งรหัสผ่านใช้ไม่ได้แล้ว กรุณาขอลิงก์ใหม่",
        "rate_limited": "มีคำขอถี่เกินไป กรุณารอสักครู่แล้วลองใหม่",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers themselves; accounts come from invitations."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """True for addresses of this very host."""
        request: HttpRequest = self.request
        return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> Future[int]:
        """Post a mail from another thread: the answer takes as long for an address that exists as for one that does not."""
        message = self.render_mail(template_prefix, email, {"email": email, "request": self.request, **context})
        posted = POSTMAN.submit(message.send)
        posted.add_done_callback(_complain)
        return posted

    def format_email_subject(self, subject: str) -> str:
        """The subject as written in the template, without a site name before it."""
        return subject.strip()

    def add_message(self, *_: Any, **__: Any) -> None:
        """Say nothing in passing: our own pages tell what happened."""

    @transaction.atomic
    def set_password(self, user: Person, password: str) -> None:
        """Keep a new password; all other sessions of the person end with it, because their key is made of the old one."""
        super().set_password(user, password)
        journal.record("person.password_changed", by=user, about=f"person:{user.pk}", at=self.request.at)

    @transaction.atomic
    def login(self, request: SignedRequest, user: Person) -> None:
        """Open the session under a new key and tell the journal."""
        super().login(request, user)
        journal.record("person.signed_in", by=user, about=f"person:{user.pk}", at=request.at)

    @transaction.atomic
    def logout(self, request: SignedRequest) -> None:
        """End the session and tell the journal."""
        person = request.user
        super().logout(request)
        journal.record("person.signed_out", by=person, about=f"person:{person.pk}", at=request.at)

    def post_login(self, request: SignedRequest, user: Person, **hook: Any) -> HttpResponse:
        """Answer a sign-in that went well, and make this browser a known one."""
        response: HttpResponse = super().post_login(request, user, **hook)
        if not known_device(request, user.email):
            remember_browser(response, user.email)
        return response


def _complain(posted: Future[int]) -> None:
    """A mail that could not be sent is told to whoever keeps the server; the person asks again."""
    if problem := posted.exception():
        logging.getLogger(__name__).error("a mail could not be sent: %s", problem)
