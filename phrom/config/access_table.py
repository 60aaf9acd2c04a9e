"""Every route and who may use it. A route that is missing here answers 404 and fails the build (tests/house).

A rule is PUBLIC, SIGNED_IN, or a permission that the person must hold somewhere; the view begins at what they may see.
"""

PUBLIC = "public"
SIGNED_IN = "signed_in"

RULES: dict[str, str] = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "invitation": PUBLIC,
    "sessions": SIGNED_IN,
    "sessions_end": SIGNED_IN,
    "session_end": SIGNED_IN,
    "digits": SIGNED_IN,
    "people": "people.manage",
    "invite": "people.manage",
    "invitation_resend": "people.manage",
    "invitation_withdraw": "people.manage",
    "membership_end": "people.manage",
    "membership_hand_over": "people.manage",
    "account_close": "people.manage",
    "account_reopen": "people.manage",
    "orders": "committee.view",
    "meetings": "committee.view",
    "meeting": "committee.view",
    "desk": SIGNED_IN,
    "journal": "journal.view",
    "my_asks": "answer.view",
    "answering": "answer.view",
    "answering_section": "answer.view",
    "section_save": "answer.edit",
    "answer_save": "answer.edit",
    "submit": "answer.submit",
    "evidence_add": "evidence.add",
    "evidence_remove": "evidence.add",
    "evidence_file": "evidence.view",
    "dashboard": "results.view",
    "dashboard_pillar": "results.view",
    "snapshot_take": "results.record",
    "freeze": "round.freeze",
    "packs": "pack.make",
    "pack_progress": "pack.make",
    "pack_download": "pack.make",
}
