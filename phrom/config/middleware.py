"""Nobody gets in by oversight: a route without a rule is refused; a refusal becomes a clear answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from phrom.agencies.access import Access, access_of
from phrom.agencies.requests import SignedRequest
from phrom.config.access_table import PUBLIC, RULES, SIGNED_IN
from phrom.config.typed_text import typed_text
from phrom.shared.journal.crossing import begin_again, crossed
from phrom.shared.thai import clock
from phrom.shared.ui.refusals import CannotSaveNow, Refusal

ASKED_BY_ITSELF = {"pack_progress"}  # pages that ask while nobody sits before them
Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)


class WrongMethod(Refusal):
    """An address that takes forms was opened, or a page was sent something."""

    status = 405

    def __init__(self) -> None:
        super().__init__(
            "ที่อยู่นี้รับเฉพาะแบบฟอร์ม เปิดโดยตรงไม่ได้ ยังไม่มีอะไรถูกบันทึก กรุณากลับไปหน้าที่มีแบบฟอร์มแล้วทำอีกครั้ง",
            "This address takes forms only or no forms at all. Nothing was saved. Please go back to the page with the form.",
        )


class SignIn(Refusal):
    """Nobody is signed in in this browser, or no longer: signed out, left alone too long, or a whole day."""

    status = 401

    def __init__(self, *, saving: bool) -> None:
        super().__init__(
            f"{_NOT_SAVED_TH if saving else ''}กรุณาลงชื่อเข้าใช้ในแท็บใหม่ แล้วลองใหม่",
            f"{_NOT_SAVED_EN if saving else ''}Please sign in in a new tab and try again.",
        )


_NOT_SAVED_TH = "ยังไม่ได้บันทึก เพราะหมดเวลาใช้งานหรือออกจากระบบไปแล้ว "
_NOT_SAVED_EN = "Not saved: you were signed out. "


class AnotherPerson(Refusal):
    """Somebody else signed in in this browser after the page was opened: what stands on it is not theirs to save."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            "ยังไม่ได้บันทึก เพราะมีผู้อื่นลงชื่อเข้าใช้ในเบราว์เซอร์นี้หลังจากเปิดหน้านี้ ถ้าเป็นข้อความของท่าน กรุณาลงชื่อเข้าใช้ด้วยบัญชีของท่านในแท็บใหม่",
            "Not saved: somebody else signed in here since the page was opened. Please sign in yourself in a new tab.",
        )


class deny_by_default:
    """Every request passes the access table before its view; `request.access` and `request.at` are set here."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedRequest) -> HttpResponse:
        request.at = clock.now()
        request.access = Access(None)
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):  # office computers are shared: nothing to go back to after signing out
            response["Cache-Control"] = "private, no-store"
        return response

    def process_view(self, request: SignedRequest, *_: object) -> HttpResponse | None:
        """Apply the rule of the route; a route that is not in the table does not exist."""
        match = request.resolver_match
        rule = RULES.get(match.view_name if match else "")
        if rule is None:
            raise Http404
        if rule == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if _typed_by_another(request):
            return refused(request, AnotherPerson())
        if match and match.view_name not in ASKED_BY_ITSELF:
            request.session.stay()
        request.access = access_of(request.user, clock.local_date(request.at))
        if rule != SIGNED_IN and not request.access.anywhere(rule):
            raise Http404
        return None


class refusals_become_answers:
    """A `Refusal` raised by an action is shown as a page, or as JSON where JSON was asked for; so is a wrong method."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != WrongMethod.status:
            return response
        told = refused(request, WrongMethod())
        told["Allow"] = response["Allow"]
        return told

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer refusals; begin again what crossed another act (ADR 12); leave everything else to Django."""
        if crossed(exception):
            try:
                return begin_again(lambda: _from_the_start(request))
            except (Refusal, OperationalError, InterfaceError) as problem:
                exception = problem
        if isinstance(exception, (OperationalError, InterfaceError)):
            log.error("the database cannot answer now: %s %s", request.method, request.path, exc_info=exception)
            exception = CannotSaveNow(tried_again=wants_json(request))
        if not isinstance(exception, Refusal):
            return None
        return refused(request, exception)


def _from_the_start(request: HttpRequest) -> HttpResponse:
    """The view once more, with the same form and the same files."""
    match = request.resolver_match
    assert match is not None  # noqa: S101  its view raised
    for _, files in request.FILES.lists():
        for file in files:
            file.seek(0)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as JSON or as a page; "not now" (503) says when to come back."""
    response: HttpResponse
    if wants_json(request):
        response = JsonResponse(refusal.as_json(), status=refusal.status)
    else:
        response = render(request, "config/refusal.html", {"refusal": refusal}, status=refusal.status)
    if refusal.status == 503:
        response["Retry-After"] = "10"
    return response


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a person to the sign-in page, unless something was typed: that is shown. Tell a program 401."""
    if wants_json(request):
        return refused(request, SignIn(saving=request.method not in ("GET", "HEAD")))
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    if typed := typed_text(request):
        told = {"refusal": SignIn(saving=True), "typed": typed, "page": _page_before(request)}
        return render(request, "config/signed_out.html", told, status=SignIn.status)
    messages.warning(request, "ยังไม่ได้บันทึก เพราะออกจากระบบไปแล้ว กรุณาลงชื่อเข้าใช้แล้วทำอีกครั้ง (Not saved: you were signed out.)")
    return redirect_to_login(_page_before(request))


def _typed_by_another(request: HttpRequest) -> bool:
    """Our scripts say for whom their page was drawn."""
    return request.headers.get("X-Person", str(request.user.pk)) != str(request.user.pk)


def _page_before(request: HttpRequest) -> str:
    """The page of ours on which the form stood: where it was sent to cannot be opened."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    if page.netloc != request.get_host():
        return "/"
    return f"{page.path}?{page.query}" if page.query else page.path or "/"


def wants_json(request: HttpRequest) -> bool:
    """True for the API and for our own scripts."""
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")
