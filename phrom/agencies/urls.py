"""Routes of the room. Of allauth's pages only those that we serve, under its own names."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, path, re_path

from phrom.agencies.forms import AskReset, ResetPassword, SignIn
from phrom.agencies.views import accounts, head_step, papers, people

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/login/", allauth.LoginView.as_view(form_class=SignIn), name="account_login"),
    path("account/logout/", allauth.LogoutView.as_view(), name="account_logout"),
    path("account/password/", accounts.ChangePasswordPage.as_view(), name="account_change_password"),
    path("account/reset/", allauth.PasswordResetView.as_view(form_class=AskReset), name="account_reset_password"),
    path("account/reset/sent/", allauth.PasswordResetDoneView.as_view(), name="account_reset_password_done"),
    path("account/reset/done/", allauth.PasswordResetFromKeyDoneView.as_view(), name="account_reset_password_from_key_done"),
    re_path(
        r"^account/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        allauth.PasswordResetFromKeyView.as_view(form_class=ResetPassword),
        name="account_reset_password_from_key",
    ),
    path("invitation/<str:token>/", accounts.invitation, name="invitation"),
    path("sessions/", accounts.sessions, name="sessions"),
    path("sessions/end/", accounts.sessions_end, name="sessions_end"),
    path("sessions/<int:session_id>/end/", accounts.session_end, name="session_end"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitations/<int:invitation_id>/resend/", people.invitation_resend, name="invitation_resend"),
    path("people/invitations/<int:invitation_id>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("people/memberships/<int:membership_id>/end/", people.membership_end, name="membership_end"),
    path("people/memberships/<int:membership_id>/hand-over/", people.membership_hand_over, name="membership_hand_over"),
    path("people/accounts/<int:person_id>/close/", people.account_close, name="account_close"),
    path("people/accounts/<int:person_id>/reopen/", people.account_reopen, name="account_reopen"),
    path("people/agencies/<int:agency_id>/head-step/", head_step.head_step, name="head_step"),
    path("settings/papers/", papers.paper_settings, name="paper_settings"),
    path("settings/papers/<int:body_id>/emblem/", papers.emblem, name="paper_emblem"),
    path("settings/papers/<int:body_id>/emblem/remove/", papers.emblem_remove, name="paper_emblem_remove"),
    path("settings/papers/<int:body_id>/<slug:form>/", papers.template, name="paper_template"),
    path("settings/papers/<int:body_id>/<slug:form>/file/", papers.template_file, name="paper_template_file"),
    path("settings/papers/<int:body_id>/<slug:form>/default/", papers.template_default, name="paper_template_default"),
    path("settings/papers/<int:body_id>/<slug:form>/preview.pdf", papers.preview_pdf, name="paper_preview_pdf"),
    path("settings/papers/<int:body_id>/<slug:form>/preview.docx", papers.preview_docx, name="paper_preview_docx"),
    path("settings/papers/<int:body_id>/<slug:form>/withdraw/", papers.withdraw, name="paper_template_withdraw"),
]
