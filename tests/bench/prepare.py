"""Fills a data folder for a measurement and prints, as JSON, the sessions and asks to use.

    python -m tests.bench.prepare DATA BODIES

One province with 22 agencies is asked everything; BODIES more bodies with one agency each have answered everything.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

PEOPLE = 64
AT = datetime(2024, 6, 12, 3, 0, tzinfo=UTC)


def main(data: Path, bodies: int) -> None:
    """Fill the folder."""
    os.environ["PHROM_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "phrom.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        found = fill(bodies)
    print(json.dumps(found))


def fill(bodies: int) -> dict[str, object]:
    """The province, its officials with sessions, and the other bodies."""
    from django.conf import settings

    from phrom.agencies.models import Agency, AgencyKind, Membership, Person
    from phrom.rules.instrument.load import load_edition
    from phrom.survey.actions.rounds import pin
    from phrom.survey.models import Ask, Round

    edition = load_edition(settings.PHROM_EDITIONS / "dga-province-2567")
    survey = pin(edition)
    with_text = {row.code for row in edition.asked_rows if row.kind == "yes_no" and row.detail and row.detail.kind == "text"}
    body = Agency.objects.create(code="bench", name="จังหวัดวัดความเร็ว", kind=AgencyKind.PROVINCE)
    offices = Agency.objects.bulk_create(
        Agency(code=f"office-{n}", name=f"สำนักงานที่ {n}", kind=AgencyKind.REGIONAL, body=body) for n in range(22)
    )
    people = [Person(email=f"p{n}@bench.example", name=f"ผู้ตอบ {n}") for n in range(PEOPLE)]
    Person.objects.bulk_create(people)
    since = date(2024, 1, 1)
    Membership.objects.bulk_create(
        Membership(person=person, agency=offices[n % 22], role="official", starts_on=since) for n, person in enumerate(people)
    )
    round = Round.objects.create(
        body=body, survey=survey, internal_deadline=date(2024, 6, 21), opened_by=people[0], opened_at=AT
    )
    Ask.objects.bulk_create([ask for office in offices for ask in _asks(round, office, edition)], batch_size=2000)
    _other_bodies(bodies, survey, edition, people[0])
    return {
        "round": round.pk,
        "people": [_signed_in(person, round, offices[n % 22], n // 22, with_text) for n, person in enumerate(people)],
    }


def _asks(round, agency, edition):  # noqa: ANN001, ANN202
    from phrom.survey.models import Ask

    rows = enumerate(edition.asked_rows)
    return [Ask(round=round, agency=agency, code=row.code, pillar=row.pillar, position=n) for n, row in rows]


def _other_bodies(count: int, survey, edition, by) -> None:  # noqa: ANN001
    """Bodies that have answered every row, as the nation's 378 or 7,850 would have."""
    from phrom.agencies.models import Agency, AgencyKind
    from phrom.survey.models import Answer, AnswerVersion, Ask, AskState, Round

    content = {"value": True, "detail": None, "provider": "own", "cannot": ""}
    for start in range(0, count, 500):
        numbers = range(start, min(start + 500, count))
        bodies = Agency.objects.bulk_create(
            Agency(code=f"body-{n}", name=f"หน่วยที่ {n}", kind=AgencyKind.PROVINCE) for n in numbers
        )
        offices = Agency.objects.bulk_create(
            Agency(code=f"body-{n}-office", name=f"สำนักงานของหน่วยที่ {n}", kind=AgencyKind.PROVINCIAL_OFFICE, body=body)
            for n, body in zip(numbers, bodies, strict=True)
        )
        day = date(2024, 6, 21)
        rounds = Round.objects.bulk_create(
            Round(body=body, survey=survey, internal_deadline=day, opened_by=by, opened_at=AT) for body in bodies
        )
        asks = [ask for round, office in zip(rounds, offices, strict=True) for ask in _asks(round, office, edition)]
        for ask in asks:
            ask.state = AskState.ACCEPTED
        Ask.objects.bulk_create(asks, batch_size=2000)
        Answer.objects.bulk_create([Answer(ask=ask, content=content, by=by, at=AT) for ask in asks], batch_size=2000)
        versions = [AnswerVersion(ask=ask, version=1, content=content, by=by, at=AT) for ask in asks]
        AnswerVersion.objects.bulk_create(versions, batch_size=2000)


def _signed_in(person, round, agency, place: int, with_text: set[str]) -> dict[str, object]:  # noqa: ANN001
    """A session of this person, made as sign-in makes it, and the ask that is theirs alone."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from phrom.survey.models import Ask

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "phrom.agencies.signin.backend.PersonBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    asks = list(Ask.objects.filter(round=round, agency=agency).values_list("pk", "code"))
    texts = [pk for pk, code in asks if code in with_text]
    return {"session": session.session_key, "ask": texts[place], "agency": agency.pk, "person": person.pk}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
