"""The people of a body: who is in which role where, inviting, ending, handing over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phrom.agencies import actions
from phrom.agencies.forms import EndForm, HandOverForm, InviteForm
from phrom.agencies.pages import people as pages
from phrom.agencies.requests import SignedRequest
from phrom.shared.thai import clock
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal


@require_safe
def people(request: SignedRequest) -> HttpResponse:
    """Everybody in the bodies that the person manages."""
    page = pages.people_page(
        request.access,
        show=request.GET.get("show", ""),
        search=request.GET.get("q", "").strip(),
        at=request.at,
        today=clock.local_date(request.at),
    )
    return render(request, "agencies/people.html", {"page": page})


def invite(request: SignedRequest) -> HttpResponse:
    """Invite somebody by mail."""
    form = InviteForm(
        _posted(request),
        initial={"agency": request.GET.get("agency"), "role": "official"},
        agencies=pages.agencies_managed(request.access),
        roles=pages.roles_grantable(request.access),
    )
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.invite(**form.cleaned_data, by=request.user, at=request.at, address_of=_address_of(request))
        except actions.AlreadyMember as refusal:
            form.add_error("email", refusal.th)
        else:
            messages.success(request, f"ส่งคำเชิญถึง {sent.email} แล้ว ใช้ได้ถึง {thai_date(sent.expires_at)}")
            return redirect("people")
    return render(request, "agencies/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def invitation_resend(request: SignedRequest, invitation_id: int) -> HttpResponse:
    """Send an invitation again; the earlier link dies."""
    invitation = pages.invitation_managed(request.access, invitation_id)
    actions.resend_invitation(invitation=invitation, by=request.user, at=request.at, address_of=_address_of(request))
    messages.success(request, f"ส่งคำเชิญถึง {invitation.email} อีกครั้งแล้ว ลิงก์เดิมใช้ไม่ได้แล้ว")
    return redirect("people")


@require_POST
def invitation_withdraw(request: SignedRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = pages.invitation_managed(request.access, invitation_id)
    actions.withdraw_invitation(invitation=invitation, by=request.user, at=request.at)
    messages.success(request, f"ถอนคำเชิญถึง {invitation.email} แล้ว")
    return redirect("people")


def membership_end(request: SignedRequest, membership_id: int) -> HttpResponse:
    """Say until when somebody is in a role."""
    membership = pages.membership_managed(request.access, membership_id)
    form = EndForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_membership(membership=membership, **form.cleaned_data, by=request.user, at=request.at)
        except Refusal as refusal:
            form.add_error(None, refusal.th)
        else:
            messages.success(request, f"{membership.person.name} มีบทบาทนี้ถึง {thai_date(form.cleaned_data['ends_on'])}")
            return redirect("people")
    context = {"form": form, "membership": membership}
    return render(request, "agencies/membership_end.html", context, status=422 if form.errors else 200)


def membership_hand_over(request: SignedRequest, membership_id: int) -> HttpResponse:
    """Give a role to a successor."""
    membership = pages.membership_managed(request.access, membership_id)
    form = HandOverForm(_posted(request), people=pages.successors(membership))
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(membership=membership, **form.cleaned_data, by=request.user, at=request.at)
        except Refusal as refusal:
            form.add_error(None, refusal.th)
        else:
            messages.success(request, f"ส่งมอบให้ {form.cleaned_data['to'].name} แล้ว")
            return redirect("people")
    context = {"form": form, "membership": membership}
    return render(request, "agencies/membership_hand_over.html", context, status=422 if form.errors else 200)


@require_POST
def account_close(request: SignedRequest, person_id: int) -> HttpResponse:
    """Close somebody's account at once."""
    person = pages.person_managed(request.access, person_id)
    actions.close_account(person=person, by=request.user, at=request.at)
    messages.success(request, f"ปิดบัญชีของ {person.name} แล้ว ออกจากระบบทุกเครื่องแล้ว")
    return redirect("people")


@require_POST
def account_reopen(request: SignedRequest, person_id: int) -> HttpResponse:
    """Open a closed account again."""
    person = pages.person_managed(request.access, person_id)
    actions.reopen_account(person=person, by=request.user, at=request.at)
    messages.success(request, f"เปิดบัญชีของ {person.name} อีกครั้งแล้ว")
    return redirect("people")


def _posted(request: SignedRequest) -> QueryDict | None:
    """What a form is bound to: an empty post is bound too, so that it is told what is missing."""
    return request.POST if request.method == "POST" else None


class _address_of:
    """Makes the link of a token on this site."""

    def __init__(self, request: SignedRequest) -> None:
        self.request = request

    def __call__(self, token: str) -> str:
        return self.request.build_absolute_uri(reverse("invitation", args=[token]))
