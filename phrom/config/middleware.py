"""Nobody gets in by oversight: a route without a rule is refused; a refusal becomes a clear answer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from phrom.agencies.access import Access, access_of
from phrom.agencies.requests import SignedRequest
from phrom.config.access_table import PUBLIC, RULES, SIGNED_IN
from phrom.shared.thai import clock
from phrom.shared.ui.refusals import CannotSaveNow, Refusal

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)


class deny_by_default:
    """Every request passes the access table before its view; `request.access` and `request.at` are set here."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedRequest) -> HttpResponse:
        request.at = clock.now()
        request.access = Access(None)
        return self.get_response(request)

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
        request.access = access_of(request.user, clock.local_date(request.at))
        if rule != SIGNED_IN and not request.access.anywhere(rule):
            raise Http404
        return None


class refusals_become_answers:
    """A `Refusal` raised by an action is shown as a page, or as JSON where JSON was asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer refusals; leave everything else to Django."""
        if isinstance(exception, (OperationalError, InterfaceError)):
            log.error("the database cannot answer now: %s %s", request.method, request.path, exc_info=exception)
            exception = CannotSaveNow()
        if not isinstance(exception, Refusal):
            return None
        return refused(request, exception)


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
    """Send a person to the sign-in page; tell a program 401."""
    if wants_json(request):
        answer = {"error": "SignIn", "th": "กรุณาลงชื่อเข้าใช้ แล้วลองใหม่", "en": "Please sign in and try again", "where": ""}
        return JsonResponse(answer, status=401)
    return redirect_to_login(request.get_full_path())


def wants_json(request: HttpRequest) -> bool:
    """True for the API and for our own scripts."""
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")
