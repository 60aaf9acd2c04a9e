"""Four officials, signed in, each with a question of their own; prints them as JSON.

python -m tests.faults.province      (PHROM_DATA and PHROM_DB say where)
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT

PEOPLE = 4


@dataclass(frozen=True)
class Official:
    """A session and the text question (P1.3) and yes/no question (P1.1) that only this official answers."""

    session: str
    text: int
    yes_no: int


def make_province(data: Path, db: str = "") -> list[Official]:
    """Fill a database in a process of its own and return the officials."""
    environment = {**os.environ, "PHROM_DATA": str(data), "PHROM_DB": db}
    command = [sys.executable, "-m", "tests.faults.province"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return [Official(**row) for row in json.loads(result.stdout)]


def main() -> None:
    """Make the tables and the officials."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phrom.config.settings")
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from tests.factories.agencies import make_agency, make_member
    from tests.factories.survey import make_ask, make_round

    call_command("migrate", verbosity=0)
    round, officials = make_round(), []
    for _ in range(PEOPLE):
        agency = make_agency(round.body)
        person = make_member(agency)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "phrom.agencies.signin.backend.PersonBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        asks = {code: make_ask(round, agency, code).pk for code in ("P1.1", "P1.3")}
        officials.append({"session": session.session_key, "text": asks["P1.3"], "yes_no": asks["P1.1"]})
    print(json.dumps(officials))


if __name__ == "__main__":
    main()
