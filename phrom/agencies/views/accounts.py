"""One's own account: the invitation that starts it, its password, its browsers."""

from __future__ import annotations

from allauth.account.views import PasswordChangeView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from phrom.agencies import actions
from phrom.agencies.forms import AcceptForm, ChangePassword
from phrom.agencies.models import Person
from phrom.agencies.pages import people as pages
from phrom.agencies.requests import SignedRequest


@never_cache
@sensitive_post_parameters("password", "again")
def invitation(request: SignedRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation: set a password, or take it up with the account one has."""
    found = pages.invitation_by_token(token, request.at)
    if found is None:
        return render(request, "agencies/invitation_unusable.html", status=404)
    if account := pages.account_of(found):
        return _with_account(request, token, account, {"invitation": found, "account": account})
    form = AcceptForm(request.POST if request.method == "POST" else None, person=Person(email=found.email, name=found.name))
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(token=token, password=form.cleaned_data["password"], at=request.at)
        messages.success(request, "ตั้งรหัสผ่านแล้ว กรุณาลงชื่อเข้าใช้ด้วยอีเมลและรหัสผ่านใหม่")
        return redirect("account_login")
    context = {"form": form, "invitation": found}
    return render(request, "agencies/invitation.html", context, status=422 if form.errors else 200)


def _with_account(request: SignedRequest, token: str, account: Person, context: dict[str, object]) -> HttpResponse:
    mine = request.user.is_authenticated and request.user.pk == account.pk
    if request.method == "POST" and mine:
        actions.join(token=token, person=request.user, at=request.at)
        messages.success(request, "รับคำเชิญแล้ว")
        return redirect("desk")
    return render(request, "agencies/invitation_join.html", {**context, "mine": mine})


@require_safe
def sessions(request: SignedRequest) -> HttpResponse:
    """The account: who I am, my password, where I am signed in."""
    rows = pages.sessions_of(request.user, current=request.session.session_key or "", at=request.at)
    return render(request, "agencies/sessions.html", {"sessions": rows, "memberships": request.access.memberships})


@require_POST
def session_end(request: SignedRequest, session_id: int) -> HttpResponse:
    """Sign out of one other browser."""
    actions.end_session(session=pages.session_of(request.user, session_id), by=request.user, at=request.at)
    messages.success(request, "ออกจากเครื่องนั้นแล้ว")
    return redirect("sessions")


@require_POST
def sessions_end(request: SignedRequest) -> HttpResponse:
    """Sign out of all other browsers."""
    actions.end_sessions(but=request.session.session_key or "", by=request.user, at=request.at)
    messages.success(request, "ออกจากเครื่องอื่นทั้งหมดแล้ว เหลือเครื่องนี้เครื่องเดียว")
    return redirect("sessions")


class ChangePasswordPage(PasswordChangeView):  # type: ignore[misc]
    """The old password once, the new one twice; then back to the account."""

    form_class = ChangePassword
    success_url = reverse_lazy("sessions")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Somebody without a password (never accepted an invitation) is sent to ask for one by mail."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer
