"""A seed's local governments, before the people who work there; and its drives, through the actions that people use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from phrom.agencies.models import Agency, Person
from phrom.config.seeding.places import at_place
from phrom.config.seeding.rollout_shape import SeedCase, SeedDrive, SeedLocal
from phrom.config.seeding.shape import Seed
from phrom.rollout.actions.cases import close_case, open_case, write_note
from phrom.rollout.actions.local_governments import import_local_governments
from phrom.rollout.actions.programmes import Described, add_party, create_programme, enrol, set_target, share_out
from phrom.rollout.actions.recording import hold_back, record_stage, record_visit
from phrom.rollout.models import Enrolment, Programme
from phrom.rollout.scopes import local_governments_of
from phrom.rollout.table_file import LocalRow


def load_local_governments(seed: Seed, bodies: Mapping[str, Agency], at: datetime) -> None:
    """Register them as agencies of their bodies."""
    by_body: dict[str, list[SeedLocal]] = defaultdict(list)
    for one in seed.local_governments:
        by_body[one.body].append(one)
    for code, listed in by_body.items():
        rows = [LocalRow(row=place, **one.model_dump(exclude={"body"})) for place, one in enumerate(listed, 1)]
        with at_place("local_governments"):
            import_local_governments(body=bodies[code], rows=rows, by=None, at=at)


def load_drives(seed: Seed, bodies: Mapping[str, Agency], people: Mapping[str, Person]) -> None:
    """Each drive with everything that was recorded in it."""
    for place, drive in enumerate(seed.drives):
        with at_place(f"drives.{place}"):
            _drive(drive, bodies[drive.body], people, f"drives.{place}")


def _drive(seed: SeedDrive, body: Agency, people: Mapping[str, Person], place: str) -> None:
    by, at = people[seed.by], seed.at
    words = seed.model_dump(include={"name", "mandate", "starts_on", "handled_within_days", "active_within_days"})
    programme = create_programme(body=body, described=Described(**words), by=by, at=at)
    enrol(programme=programme, offices=list(local_governments_of(body)), by=by, at=at)
    with at_place(f"{place}.districts"):
        share_out(programme=programme, officers={name: people[who] for name, who in seed.districts.items()}, by=by, at=at)
    for number, party in enumerate(seed.parties):
        with at_place(f"{place}.parties.{number}"):
            agency = Agency.objects.get(code=party.agency) if party.agency else None
            add_party(programme=programme, name=party.name, role=party.role, agency=agency, by=by, at=at)
    for target in seed.targets:
        set_target(programme=programme, **target.model_dump(), by=by, at=at)
    _records(seed, _enrolments(programme), people, place)


def _records(seed: SeedDrive, offices: Mapping[str, Enrolment], people: Mapping[str, Person], place: str) -> None:
    for number, one in enumerate(seed.stages):
        with at_place(f"{place}.stages.{number}"):
            given = {"stage": one.stage, "evidence": one.evidence, "note": one.note}
            record_stage(enrolment=offices[one.office], happened_on=one.on, **given, by=people[one.by], at=one.at)
    for number, held in enumerate(seed.holdbacks):
        with at_place(f"{place}.holdbacks.{number}"):
            why = held.model_dump(include={"reason", "words", "since"})
            hold_back(enrolment=offices[held.office], **why, by=people[held.by], at=held.at)
    for number, visit in enumerate(seed.visits):
        with at_place(f"{place}.visits.{number}"):
            what = {"kind": visit.kind, "text": visit.text}
            record_visit(enrolment=offices[visit.office], visited_on=visit.on, **what, by=people[visit.by], at=visit.at)
    for number, case in enumerate(seed.cases):
        with at_place(f"{place}.cases.{number}"):
            _case(case, offices[case.office], people)


def _case(seed: SeedCase, enrolment: Enrolment, people: Mapping[str, Person]) -> None:
    first, *later = seed.notes
    words = {"subject": seed.subject, "text": first.text}
    case = open_case(enrolment=enrolment, **words, from_office=first.from_office, by=people[first.by], at=first.at)
    for note in later:
        write_note(case=case, text=note.text, from_office=note.from_office, by=people[note.by], at=note.at)
    if seed.closed_at:
        close_case(case=case, by=people[seed.notes[-1].by], at=seed.closed_at)


def _enrolments(programme: Programme) -> dict[str, Enrolment]:
    rows = programme.enrolments.select_related("programme__body", "local_government__agency")
    return {row.local_government.dla_code: row for row in rows}
