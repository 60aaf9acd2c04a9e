"""Loading a seed: everything or nothing, through the same actions that people use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from phrom.agencies.actions.memberships import appoint
from phrom.agencies.actions.offices import make_post, register_agency
from phrom.agencies.actions.papers import change_letterhead
from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.config.seeding.committees import Cast, load_committees
from phrom.config.seeding.letters import load_letters
from phrom.config.seeding.rollout import load_drives, load_local_governments
from phrom.config.seeding.shape import Seed, SeedAnswer, SeedBody, SeedPerson, SeedRound, SeedThing
from phrom.meetings.models import Resolution
from phrom.results.actions.scores import freeze
from phrom.rules.instrument.load import load_edition
from phrom.shared.journal.record import record
from phrom.survey.actions.answering import save_answer
from phrom.survey.actions.evidence import Posted, Upload, attach
from phrom.survey.actions.filing import About, Spot
from phrom.survey.actions.library import share
from phrom.survey.actions.listing import Thing, add_items
from phrom.survey.actions.proposing import approve_set, lay_set
from phrom.survey.actions.reviewing import accept_many, return_to_agency, seen_marks, seen_of
from phrom.survey.actions.rounds import open_round
from phrom.survey.actions.submitting import NothingToSubmit, submit_answers
from phrom.survey.models import Ask, AskState, Round
from phrom.survey.set_document import fingerprint_of, set_content


@transaction.atomic
def load_seed(seed: Seed, *, at: datetime) -> dict[str, object]:
    """Make everything that the seed names and return users, ids and start addresses, ready to be printed as JSON."""
    bodies = {body.code: _body(body, at) for body in seed.bodies}
    load_local_governments(seed, bodies, at)
    # Hashing takes long on purpose; a seed's people often share one password, which stands in the file anyway.
    hashes = {password: make_password(password) for password in {person.password for person in seed.people}}
    people = {person.email: _person(person, hashes[person.password], at) for person in seed.people}
    by = next(iter(people.values()), None)
    if by is not None:
        _letterheads(seed, bodies, by, at)
        load_committees(seed, Cast(bodies, people, by), at)
    rounds = [_round(one, bodies, people, is_demo=seed.demo) for one in seed.rounds]
    load_letters(seed, people)
    load_drives(seed, bodies, people)
    record("seed.loaded", by=None, about="installation", at=at, details={"about": seed.about, "demo": seed.demo})
    return {
        "bodies": {code: body.pk for code, body in bodies.items()},
        "agencies": dict(Agency.objects.exclude(body=None).values_list("code", "pk")),
        "people": [
            {"email": one.email, "id": people[one.email].pk, "password": one.password, "note": one.note} for one in seed.people
        ],
        "rounds": [{"body": one.body.code, "id": one.pk, "start": f"/rounds/{one.pk}/"} for one in rounds],
    }


def _body(seed: SeedBody, at: datetime) -> Agency:
    body = register_agency(code=seed.code, name=seed.name, kind=seed.kind, body=None, by=None, at=at)
    for position, one in enumerate(seed.agencies, start=1):
        agency = register_agency(
            code=one.code,
            name=one.name,
            kind=one.kind,
            body=body,
            short_name=one.short_name,
            parent_department=one.parent_department,
            position=position,
            answers_survey=one.kind != AgencyKind.LOCAL_GOVERNMENT,
            by=None,
            at=at,
        )
        for post in one.posts:
            make_post(agency=agency, title=post.title, is_head=post.is_head, by=None, at=at)
    return body


def _letterheads(seed: Seed, bodies: dict[str, Agency], by: Person, at: datetime) -> None:
    for one in seed.bodies:
        if one.letterhead is not None:
            change_letterhead(body=bodies[one.code], **one.letterhead.model_dump(), by=by, at=at)


def _person(seed: SeedPerson, password: str, at: datetime) -> Person:
    person = Person(email=seed.email.lower(), name=seed.name, password=password)
    person.save(force_insert=True)
    record("person.registered", by=None, about=f"person:{person.pk}", at=at, details={"name": seed.name})
    for one in seed.memberships:
        agency = Agency.objects.select_related("body").get(code=one.agency)
        appoint(person=person, agency=agency, role=one.role, starts_on=one.since, ends_on=one.until, by=None, at=at)
    return person


def _round(seed: SeedRound, bodies: dict[str, Agency], people: dict[str, Person], *, is_demo: bool) -> Round:
    body, by = bodies[seed.body], people[seed.opened_by]
    opened = open_round(
        body=body,
        edition=load_edition(settings.PHROM_EDITIONS / seed.edition),
        internal_deadline=seed.internal_deadline,
        mandate=_mandate(seed, body),
        by=by,
        at=seed.opened_at,
        is_demo=is_demo,
    )
    asks = _asks(opened)
    for answers in _by_agency(seed.answers):
        _agency_answers(answers, asks, people, by)
    for thing in seed.lists:
        _list(thing, opened, asks, people[thing.by])
    if seed.frozen_at:
        _accept_what_waits(opened, by, seed.frozen_at)
        laid = lay_set(round=opened, seen=fingerprint_of(set_content(opened)), resolution=None, by=by, at=seed.frozen_at)
        approve_set(round=opened, proposal_id=laid.pk, by=people[seed.approved_by], at=seed.frozen_at)
        freeze(round=opened, by=by, at=seed.frozen_at, confirmed=True)
    return opened


def _accept_what_waits(round: Round, by: Person, at: datetime) -> None:
    """Rows that were sent without an answer because they are not asked (off the path) are accepted with the others."""
    waiting: dict[Agency, list[Ask]] = defaultdict(list)
    for ask in Ask.objects.filter(round=round, state=AskState.SUBMITTED).select_related("agency"):
        waiting[ask.agency].append(ask)
    for asks in waiting.values():
        _accept(asks, by, at)


def _accept(asks: Sequence[Ask], by: Person, at: datetime) -> None:
    """Accept what of one agency's rows was sent and has no errors."""
    seen = seen_marks(Ask.objects.filter(pk__in=[ask.pk for ask in asks]))
    accept_many(round=asks[0].round, agency=asks[0].agency, seen=seen, by=by, at=at)


def _mandate(seed: SeedRound, body: Agency) -> Resolution | None:
    if seed.mandate is None:
        return None
    number = {"item__meeting__number": seed.mandate.meeting.number, "item__meeting__year": seed.mandate.meeting.year}
    return Resolution.objects.filter(item__meeting__body=body, item__number=seed.mandate.item, **number).first()


def _asks(round: Round) -> dict[tuple[str, str], Ask]:
    asks = Ask.objects.filter(round=round).select_related("agency", "round__survey", "round__body")
    return {(ask.agency.code, ask.code): ask for ask in asks}


def _by_agency(answers: Iterable[SeedAnswer]) -> Iterable[list[SeedAnswer]]:
    gathered: dict[str, list[SeedAnswer]] = defaultdict(list)
    for answer in answers:
        gathered[answer.agency].append(answer)
    return gathered.values()


def _agency_answers(
    answers: Sequence[SeedAnswer], asks: dict[tuple[str, str], Ask], people: dict[str, Person], reviewer: Person
) -> None:
    """What is to be sent is answered first and sent; then decided; then what stays open is answered."""
    sent = [answer for answer in answers if answer.state != AskState.OPEN]
    for answer in sent:
        _answer(answer, asks[answer.agency, answer.code], people[answer.by])
    if sent:
        _send(sent[0], asks, people)
    accepted = [asks[answer.agency, answer.code] for answer in sent if answer.state == AskState.ACCEPTED]
    if accepted:
        _accept(accepted, reviewer, sent[-1].at)
    for answer in sent:
        if answer.state == AskState.RETURNED:
            _return(answer, asks[answer.agency, answer.code], reviewer)
    for answer in answers:
        if answer.state == AskState.OPEN:
            _answer(answer, asks[answer.agency, answer.code], people[answer.by])


def _answer(seed: SeedAnswer, ask: Ask, by: Person) -> None:
    save_answer(ask=ask, content=seed.content, version=0, by=by, at=seed.at)
    for one in seed.evidence:
        about = About(one.issued_on, one.starts_on, one.ends_on, one.letter)
        posted = Posted((Upload(one.name, [one.text.encode()]),), "", about, Spot(one.slot, one.page, one.quotation))
        outcome = attach(ask=ask, posted=posted, by=by, at=seed.at)
        for _, refusal in outcome.refused:
            raise refusal
        for link in outcome.attached if one.shared else ():
            share(evidence=link.evidence, shared=True, by=by, at=seed.at)


def _list(seed: SeedThing, round: Round, asks: dict[tuple[str, str], Ask], by: Person) -> None:
    """One thing into its agency's list, as if it had been typed; the agency's answers follow."""
    agency = next(ask.agency for (code, _), ask in asks.items() if code == seed.agency)
    thing = Thing(seed.name, seed.provider, seed.is_digital, url=seed.url, content=seed.content)
    add_items(round=round, agency=agency, kind=seed.kind, things=[thing], by=by, at=seed.at)


def _send(seed: SeedAnswer, asks: dict[tuple[str, str], Ask], people: dict[str, Person]) -> None:
    ask = asks[seed.agency, seed.code]
    try:
        submit_answers(round=ask.round, agency=ask.agency, by=people[seed.by], at=seed.at)
    except NothingToSubmit:
        return  # what is not ready simply stays with the agency


def _return(seed: SeedAnswer, ask: Ask, by: Person) -> None:
    ask.refresh_from_db(fields=["state"])
    if ask.state == AskState.SUBMITTED:
        return_to_agency(ask=ask, reason=seed.reason, seen=seen_of(ask), by=by, at=seed.at)
