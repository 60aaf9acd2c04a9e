"""Issuers of letters at work in processes that may be killed, and what stands in the registers afterwards.

python -m tests.faults.issuers make            an office and drafts for all issuers; prints the office
python -m tests.faults.issuers work 0 32 FILE  issuers 0 to 31, each a thread; every acknowledged letter is a line in FILE
python -m tests.faults.issuers look            what stands, as JSON          (PHROM_DATA and PHROM_DB say where)
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

ISSUERS, LETTERS = 64, 20
MIDNIGHT = datetime(2024, 12, 31, 17, 0, tzinfo=UTC)  # the first moment of 2568 in Thailand
KINDS = ("external", "memo", "order", "announcement", "external")  # the last one a circular, in a book of its own
ABORTED = 10  # every tenth letter is rolled back once, after its number was taken


def moment(issuer: int, number: int) -> datetime:
    """Half of each issuer's letters before midnight, half after; those around it in any order."""
    luck = random.Random(issuer * 1_000 + number)
    return MIDNIGHT + timedelta(seconds=number - LETTERS / 2 + luck.uniform(-1.5, 1.5))


def make() -> None:
    """One office, one clerk, and the drafts: letter n of issuer m has the subject "m/n"."""
    from django.core.management import call_command

    from phrom.letters.models import Letter, Recipient, Via
    from tests.factories.letters import make_clerk, make_draft, make_office

    call_command("migrate", verbosity=0)
    office = make_office()
    by = make_clerk(office)
    pattern, drafts = make_draft(office, by=by), []
    for issuer in range(ISSUERS):
        for number in range(LETTERS):
            circular = number % len(KINDS) == len(KINDS) - 1
            draft = Letter(**{field.attname: getattr(pattern, field.attname) for field in Letter._meta.concrete_fields})
            draft.pk, draft.subject, draft.is_circular = None, f"{issuer}/{number}", circular
            draft.kind = KINDS[number % len(KINDS)]
            drafts.append(draft)
    made = Letter.objects.bulk_create(drafts)
    Recipient.objects.bulk_create(
        [Recipient(letter=draft, via=Via.HAND, name="อำเภอแม่ริม", address="ลงรับที่งานสารบรรณ") for draft in made]
    )
    pattern.delete()
    print(json.dumps({"by": by.pk}))


class Aborted(Exception):
    """What goes wrong after the number was taken."""


def issue_all(issuer: int, by: Any, told: int) -> None:
    """Issue this issuer's letters one after another; what was not acknowledged is sent again with the same key."""
    from django.db import DatabaseError, connection

    from phrom.letters.models import Letter

    letters = {each.subject: each for each in Letter.objects.filter(subject__startswith=f"{issuer}/")}
    for number in range(LETTERS):
        letter, aborts = letters[f"{issuer}/{number}"], (issuer + number) % ABORTED == 0
        while True:
            try:
                outcome = issue(letter, by, moment(issuer, number), aborts=aborts)
            except Aborted:
                aborts = False
                continue
            except DatabaseError as busy:
                os.write(told, f"! {type(busy).__name__} {busy}\n".encode())
                connection.close()
                continue
            break
        os.write(told, f"{outcome}\n".encode())
        if (issuer + number) % 7 == 0:  # the reply was lost: the browser sends the same form again
            assert issue(letter, by, moment(issuer, number), aborts=False) == outcome


def issue(letter: Any, by: Any, at: datetime, *, aborts: bool) -> str:
    """As the page does: a one-time key, and everything else inside it."""
    from phrom.letters.actions.issuing import issue_letter
    from phrom.shared.journal.once import once

    def work() -> str:
        issued = issue_letter(letter=letter, by=by, at=at)
        if aborts:
            raise Aborted
        assert issued.entry is not None
        return f"{issued.pk} {issued.entry.pk} {issued.entry.number}"

    return once(f"issue-letter-{letter.pk:08}", at, work, sent=str(letter.pk))


def work(first: int, last: int, file: str) -> None:
    """All issuers from the first to before the last, at the same time."""
    from django.db import connection

    from phrom.agencies.models import Person

    by = Person.objects.get()
    connection.close()
    told = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    threads = [threading.Thread(target=issue_all, args=(issuer, by, told)) for issuer in range(first, last)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def look() -> None:
    """Every register with its numbers, every letter with its number and its year, and what the proof says."""
    from phrom.letters.models import Letter, Register
    from phrom.letters.proof import verify_registers
    from phrom.shared.journal.models import AuditEvent
    from phrom.shared.thai.calendar import ERA

    registers = {
        f"{each.book} {each.year}": {
            "counter": each.last_number,
            "numbers": sorted(each.entries.values_list("number", flat=True)),
        }
        for each in Register.objects.all()
    }
    columns = (
        "pk",
        "subject",
        "entry_id",
        "entry__number",
        "entry__register__year",
        "dated",
        "issued_at",
        "entry__register__book",
    )
    letters = [
        {
            "pk": pk,
            "entry": entry,
            "number": number,
            "year": year,
            "dated": dated.year + ERA if dated else None,
            "of": (moment(*map(int, subject.split("/"))) + timedelta(hours=7)).year + ERA,
            "issued": issued is not None,
            "book": book,
        }
        for pk, subject, entry, number, year, dated, issued, book in Letter.objects.values_list(*columns)
    ]
    bare = sum(each.entries.filter(letter=None).count() for each in Register.objects.all())
    found = {"registers": registers, "letters": letters, "without_letter": bare}
    found |= {"damages": [each.en for each in verify_registers().damages]}
    found |= {"told": AuditEvent.objects.filter(event="letter.issued").count()}
    print(json.dumps(found))


def main(arguments: list[str]) -> None:
    """One of the three."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phrom.config.settings")
    django.setup()
    if arguments[0] == "work":
        work(int(arguments[1]), int(arguments[2]), arguments[3])
    else:
        {"make": make, "look": look}[arguments[0]]()


if __name__ == "__main__":
    main(sys.argv[1:])
