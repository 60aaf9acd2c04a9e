"""What people do with agencies, memberships and accounts; a verb a function."""

from phrom.agencies.actions.accounts import close_account, end_session, end_sessions, reopen_account
from phrom.agencies.actions.invitations import (
    AlreadyMember,
    accept_invitation,
    invite,
    join,
    resend_invitation,
    withdraw_invitation,
)
from phrom.agencies.actions.memberships import appoint, end_membership, hand_over
from phrom.agencies.actions.offices import make_post, register_agency

__all__ = [
    "AlreadyMember",
    "accept_invitation",
    "appoint",
    "close_account",
    "end_membership",
    "end_session",
    "end_sessions",
    "hand_over",
    "invite",
    "join",
    "make_post",
    "register_agency",
    "reopen_account",
    "resend_invitation",
    "withdraw_invitation",
]
