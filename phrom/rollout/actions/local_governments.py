"""A list of local governments becomes agencies of the province: all of it or nothing, and again and again the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from phrom.agencies.actions.offices import register_agency
from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.rollout.models import LocalGovernment
from phrom.rollout.table_file import LocalRow
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal

AFTER_THE_OTHERS = 1000  # where they stand among the agencies of the province


class ImportRefused(Refusal):
    """The list cannot become local governments of this province."""

    status = 409


@dataclass(frozen=True)
class Change:
    """A row that says something else than the system; `words` names what, old and new."""

    row: LocalRow
    words: str


@dataclass(frozen=True)
class Comparison:
    """What a list would do. `missing` are in the system and not in the list: they stay as they are."""

    new: tuple[LocalRow, ...]
    changed: tuple[Change, ...]
    same: int
    missing: tuple[LocalGovernment, ...]


def compare(body: Agency, rows: Sequence[LocalRow]) -> Comparison:
    """Look at a list beside what is there: one query. Refuses ImportRefused for a code that another province uses."""
    known = {
        each.dla_code: each
        for each in LocalGovernment.objects.select_related("agency").filter(dla_code__in=[row.dla_code for row in rows])
        | LocalGovernment.objects.select_related("agency").of_bodies([body.pk])
    }
    for row in rows:
        found = known.get(row.dla_code)
        if found is not None and found.agency.body_id != body.pk:
            raise ImportRefused(
                f"แถวที่ {row.row}: รหัส {row.dla_code} เป็นขององค์กรปกครองส่วนท้องถิ่นในจังหวัดอื่นในระบบนี้ ไม่มีอะไรเปลี่ยน กรุณาตรวจรหัส",
                f"Row {row.row}: the code {row.dla_code} belongs to another province here. Nothing was changed. Please check.",
                where="file",
            )
    changed = [Change(row, words) for row in rows if row.dla_code in known and (words := _difference(known[row.dla_code], row))]
    new = tuple(row for row in rows if row.dla_code not in known)
    listed = {row.dla_code for row in rows}
    missing = tuple(each for code, each in known.items() if code not in listed)
    return Comparison(new, tuple(changed), len(rows) - len(new) - len(changed), missing)


@transaction.atomic
def import_local_governments(*, body: Agency, rows: Sequence[LocalRow], by: Person | None, at: datetime) -> Comparison:
    """Register what is new, change what is changed, leave what is missing; returns what was done. Refuses ImportRefused.

    `by` None is the installation itself (`phrom seed`).
    """
    Agency.objects.select_for_update(of=("self",)).get(pk=body.pk)
    done = compare(body, rows)
    for row in done.new:
        agency = register_agency(
            code=f"lgo-{row.dla_code.lower()}",
            name=row.full_name,
            short_name=row.short_name if row.short_name != row.full_name else "",
            kind=AgencyKind.LOCAL_GOVERNMENT,
            body=body,
            position=AFTER_THE_OTHERS,
            answers_survey=False,
            by=by,
            at=at,
        )
        LocalGovernment.objects.create(agency=agency, dla_code=row.dla_code, **row.listed)
    known = {each.dla_code: each for each in LocalGovernment.objects.select_related("agency").of_bodies([body.pk])}
    for change in done.changed:
        _change(known[change.row.dla_code], change.row)
    details: dict[str, object] = {
        "new": len(done.new),
        "changed": [f"{change.row.dla_code}: {change.words}" for change in done.changed],
        "same": done.same,
        "missing": [each.dla_code for each in done.missing],
    }
    journal.record("rollout.offices_imported", by=by, about=f"agency:{body.pk}", at=at, chain=body.code, details=details)
    return done


def _difference(known: LocalGovernment, row: LocalRow) -> str:
    before = {"name": known.agency.name, **{name: getattr(known, name) for name in row.listed}}
    after = {"name": row.full_name, **row.listed}
    return ", ".join(f"{before[name] or '–'} → {after[name] or '–'}" for name in after if before[name] != after[name])


def _change(known: LocalGovernment, row: LocalRow) -> None:
    known.agency.name = row.full_name
    known.agency.short_name = row.short_name if row.short_name != row.full_name else ""
    known.agency.save(update_fields=["name", "short_name"])
    for name, value in row.listed.items():
        setattr(known, name, value)
    known.save(update_fields=list(row.listed))
