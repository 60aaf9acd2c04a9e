"""A seed's meetings through every step that people take: created, agenda, invited, replied to, frozen, held, minuted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phrom.agencies.models import Agency, Person
from phrom.committee.models import Seat
from phrom.config.seeding.shape import (
    SeedAgendaItem,
    SeedCalledMeeting,
    SeedHeld,
    SeedInvitation,
    SeedMinutes,
    SeedPaper,
    SeedReply,
    SeedResolution,
)
from phrom.meetings.actions.agenda import add_item
from phrom.meetings.actions.attendance import Mark, add_participant, mark_attendance
from phrom.meetings.actions.bringing_back import begin_agenda
from phrom.meetings.actions.calling import Announced, create_meeting, issue_invitation
from phrom.meetings.actions.follow_ups import open_follow_ups
from phrom.meetings.actions.freezing import freeze_agenda
from phrom.meetings.actions.holding import close_meeting, open_meeting
from phrom.meetings.actions.minutes import Signers, circulate, draft_minutes, name_signers, save_text
from phrom.meetings.actions.papers import put_generated, put_text
from phrom.meetings.actions.recording import record_resolution
from phrom.meetings.actions.replies import Answer, reply
from phrom.meetings.models import AgendaItem, Meeting
from phrom.results.papers.sources import SOURCES

Items = list[tuple[SeedAgendaItem, AgendaItem]]


def load_called(seed: SeedCalledMeeting, body: Agency, by: Person) -> None:
    """Take the meeting as far as the seed goes."""
    announced = Announced(seed.held_at, seed.venue, seed.online_link)
    meeting = create_meeting(body=body, announced=announced, by=by, at=seed.created_at)
    heads = begin_agenda(meeting=meeting, template=seed.template, by=by, at=seed.created_at)
    early = [one for one in seed.agenda if not one.late_because]
    items = _agenda(early, meeting, heads, by, seed.created_at)
    if seed.invitation:
        _invite(seed.invitation, meeting, by)
    for one in seed.replies:
        _reply(one, meeting, by)
    if seed.agenda_frozen_at:
        freeze_agenda(meeting=meeting, by=by, at=seed.agenda_frozen_at)
        late = [one for one in seed.agenda if one.late_because]
        items += _agenda(late, meeting, heads, by, seed.agenda_frozen_at)
    if seed.held:
        _hold(seed.held, meeting, items, by)
    if seed.minutes:
        _minute(seed.minutes, meeting, items, by)


def _agenda(seeds: Sequence[SeedAgendaItem], meeting: Meeting, heads: Sequence[AgendaItem], by: Person, at: datetime) -> Items:
    return [(seed, _item(seed, meeting, heads[seed.head - 1], by, at)) for seed in seeds]


def _item(seed: SeedAgendaItem, meeting: Meeting, head: AgendaItem, by: Person, at: datetime) -> AgendaItem:
    item = head
    if seed.title:
        item = add_item(
            meeting=meeting,
            head=head,
            title=seed.title,
            presenter=seed.presenter,
            resolves=seed.resolves,
            reason=seed.late_because,
            by=by,
            at=at,
        )
    for paper in seed.papers:
        _paper(paper, item, by, at)
    return item


def _paper(seed: SeedPaper, item: AgendaItem, by: Person, at: datetime) -> None:
    if seed.source:
        blocks = SOURCES[seed.source].make(item.meeting, at)
        put_generated(item=item, source=seed.source, title=seed.title, blocks=blocks, by=by, at=at)
    else:
        put_text(item=item, text=seed.text, title=seed.title, by=by, at=at)


def _invite(seed: SeedInvitation, meeting: Meeting, by: Person) -> None:
    issue_invitation(meeting=meeting, letter_number=seed.letter_number, letter_date=seed.letter_date, by=by, at=seed.at)


def _reply(seed: SeedReply, meeting: Meeting, by: Person) -> None:
    answer = Answer(seed.kind, seed.name, seed.position, note=seed.note)
    reply(meeting=meeting, seat=_seat(meeting, seed.seat), answer=answer, by=by, at=seed.at)


def _seat(meeting: Meeting, place: int) -> Seat:
    return Seat.objects.get(order=meeting.order, precedence=place)


def _hold(seed: SeedHeld, meeting: Meeting, items: Items, by: Person) -> None:
    marks = [Mark(_seat(meeting, one.seat).pk, one.kind, one.name, one.position, one.note) for one in seed.attendance]
    for refusal in mark_attendance(meeting=meeting, marks=marks, by=by, at=seed.opened_at).refused.values():
        raise refusal
    for guest in seed.participants:
        add_participant(meeting=meeting, name=guest.name, position=guest.position, by=by, at=seed.opened_at)
    open_meeting(meeting=meeting, opened_at=seed.opened_at, by=by, at=seed.opened_at)
    for one, item in items:
        for resolution in one.resolutions:
            resolve(resolution, item, by=by, at=seed.closed_at)
    close_meeting(meeting=meeting, closed_at=seed.closed_at, by=by, at=seed.closed_at)


def resolve(seed: SeedResolution, item: AgendaItem, *, by: Person, at: datetime) -> None:
    """Record a resolution, and what offices are to do because of it."""
    given = seed.model_dump(exclude={"follow_up"})
    resolution = record_resolution(item=item, **given, by=by, at=at)
    if seed.follow_up and seed.due_on:
        offices = Agency.objects.filter(body=item.meeting.body_id, answers_survey=True)
        if seed.follow_up.agencies:
            offices = offices.filter(code__in=seed.follow_up.agencies)
        open_follow_ups(
            resolution=resolution, agencies=list(offices), due_on=seed.due_on, task=seed.follow_up.task, by=by, at=at
        )


def _minute(seed: SeedMinutes, meeting: Meeting, items: Items, by: Person) -> None:
    minutes = draft_minutes(meeting=meeting, by=by, at=seed.drafted_at)
    signers = Signers(seed.taker, seed.taker_position, seed.checker, seed.checker_position)
    name_signers(minutes=minutes, signers=signers, by=by, at=seed.drafted_at)
    for one, item in items:
        if one.minutes:
            save_text(minutes=minutes, item=item, text=one.minutes, version=1, by=by, at=seed.drafted_at)
    if seed.circulated_at and seed.comments_until:
        circulate(minutes=minutes, comments_until=seed.comments_until, by=by, at=seed.circulated_at, address="")
