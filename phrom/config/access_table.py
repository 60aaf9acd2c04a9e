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
    "sessions": SIGNED_IN,
    "desk": SIGNED_IN,
    "journal": "journal.view",
}
