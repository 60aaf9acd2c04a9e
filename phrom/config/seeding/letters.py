"""A seed's letters: every act at its moment, all in the order of time, so that the books run as they would have run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from phrom.agencies.models import Agency, Person
from phrom.config.seeding.letter_shape import (
    SeedElsewhere,
    SeedForResolution,
    SeedHandled,
    SeedIncoming,
    SeedLetter,
    SeedOffice,
    SeedReservation,
    SeedTo,
)
from phrom.config.seeding.places import at_place
from phrom.config.seeding.shape import Seed
from phrom.letters.actions.answering import start_answer
from phrom.letters.actions.approving import approve, submit
from phrom.letters.actions.dealing import assign, close, instruct
from phrom.letters.actions.drafting import Drafted, Refers, To, draft_letter
from phrom.letters.actions.issuing import issue_letter, void_letter
from phrom.letters.actions.numbering import reserve
from phrom.letters.actions.offices import office_of
from phrom.letters.actions.recalling import recall
from phrom.letters.actions.receiving import accept, record_by_hand, reject
from phrom.letters.actions.sending import Dispatch, record_dispatch
from phrom.letters.arrived import Arrived
from phrom.letters.models import DirectoryEntry, Incoming, Letter, Office, Peer, Recipient, Via
from phrom.meetings.models import Resolution
from phrom.meetings.sent import word_for
from phrom.shared.thai.clock import local_date


@dataclass
class Days:
    """What is to be done, in the order of time; what is of one moment in the order in which it was written down.

    `place` is where in the file the acts that are written down now stand.
    """

    people: dict[str, Person]
    place: str = ""
    acts: list[tuple[datetime, int, str, Callable[[], object]]] = field(default_factory=list)

    def then(self, at: datetime, act: Callable[[], object]) -> None:
        """Do this at that moment."""
        self.acts.append((at, len(self.acts), self.place, act))

    def live(self) -> None:
        """Do it all."""
        for _, _, place, act in sorted(self.acts, key=lambda each: each[:2]):
            with at_place(place):
                act()


def load_letters(seed: Seed, people: dict[str, Person]) -> None:
    """Offices first; then letters, incoming ones and reservations as their days come."""
    for place, office in enumerate(seed.offices):
        with at_place(f"offices.{place}"):
            _office(office)
    for place, node in enumerate(seed.elsewhere):
        with at_place(f"elsewhere.{place}"):
            _elsewhere(node, people)
    days = Days(people)
    for place, letter in enumerate(seed.letters):
        days.place = f"letters.{place}"
        with at_place(days.place):
            _letter(letter, days)
    for place, came in enumerate(seed.incoming):
        days.place = f"incoming.{place}"
        with at_place(days.place):
            _came(came, days)
    for place, kept in enumerate(seed.reservations):
        days.place = f"reservations.{place}"
        days.then(kept.at, lambda kept=kept: _reserve(kept, people))  # type: ignore[misc]
    days.live()


def _office(seed: SeedOffice) -> None:
    office = office_of(Agency.objects.get(code=seed.agency))
    Office.objects.filter(pk=office.pk).update(**seed.model_dump(exclude={"agency"}))


def _elsewhere(seed: SeedElsewhere, people: dict[str, Person]) -> None:
    trusted = {"approved_by": people[seed.approved.by], "approved_at": seed.approved.at} if seed.approved else {}
    given = seed.model_dump(include={"node_id", "name", "base_url", "known_at"})
    peer = Peer.objects.create(**given, versions=[1], **trusted)
    for one in seed.offices:
        dates = {"starts_on": one.since, "ends_on": one.until}
        DirectoryEntry.objects.create(office_uuid=one.office_uuid, name=one.name, peer=peer, **dates)


def _reserve(seed: SeedReservation, people: dict[str, Person]) -> None:
    office = office_of(Agency.objects.get(code=seed.agency))
    by = people[seed.by]
    reserve(office=office, book=seed.book, count=seed.count, reserved_for=seed.reserved_for, by=by, at=seed.at)


def _letter(seed: SeedLetter, days: Days) -> None:
    """The draft now, so that its later acts may name it; everything else when its moment comes."""
    people = days.people
    made: list[Letter] = []
    days.then(seed.at, lambda: made.append(_draft(seed, people[seed.by])))
    if done := seed.submitted:
        days.then(done.at, lambda: submit(letter=made[0], by=people[done.by], at=done.at))
    if agreed := seed.approved:
        days.then(agreed.at, lambda: approve(letter=made[0], version=1, by=people[agreed.by], at=agreed.at))
    if out := seed.issued:
        days.then(out.at, lambda: issue_letter(letter=made[0], by=people[out.by], at=out.at))
    for place, to in enumerate(seed.to):
        _received(to, place, made, days)
    if void := seed.voided:
        days.then(void.at, lambda: void_letter(letter=made[0], because=void.because, by=people[void.by], at=void.at))


def _draft(seed: SeedLetter, by: Person) -> Letter:
    same = "kind subject text addressed_to speed secrecy is_circular answer_by signer_name signer_position"
    drafted = Drafted(
        **{name: getattr(seed, name) for name in same.split()},
        recipients=tuple(_to(to) for to in seed.to),
        references=tuple(Refers(text) for text in seed.references),
        sent_for=word_for(_resolution(seed.for_resolution).pk) if seed.for_resolution else "",
    )
    return draft_letter(office=office_of(Agency.objects.get(code=seed.agency)), drafted=drafted, by=by, at=seed.at)


def _to(seed: SeedTo) -> To:
    return To(office=office_of(Agency.objects.get(code=seed.agency))) if seed.agency else To(name=seed.name)


def _resolution(seed: SeedForResolution) -> Resolution:
    meeting = {"item__meeting__number": seed.number, "item__meeting__year": seed.year}
    return Resolution.objects.get(item__meeting__body__code=seed.body, item__number=seed.item, **meeting)


def _received(seed: SeedTo, place: int, made: list[Letter], days: Days) -> None:
    """What became of the letter at one addressee."""
    people = days.people

    def row() -> Recipient:
        return Recipient.objects.select_related("letter").get(letter=made[0], position=place)

    if back := seed.recalled:
        days.then(back.at, lambda: recall(recipient=row(), because=back.because, by=people[back.by], at=back.at))
    if sent := seed.dispatched:
        how = Dispatch(local_date(sent.at), sent.because)
        days.then(sent.at, lambda: record_dispatch(recipient=row(), dispatch=how, by=people[sent.by], at=sent.at))
    _handled(seed, lambda: Incoming.objects.get(recipient=row()), days)


def _came(seed: SeedIncoming, days: Days) -> None:
    """A letter on paper."""
    made: list[Incoming] = []

    def record() -> None:
        same = "from_name subject their_number their_date speed secrecy"
        arrived = Arrived(via=Via.HAND, **{name: getattr(seed, name) for name in same.split()})
        office = office_of(Agency.objects.get(code=seed.agency))
        made.append(record_by_hand(office=office, arrived=arrived, by=days.people[seed.by], at=seed.at))

    days.then(seed.at, record)
    _handled(seed, lambda: made[0], days)


def _handled(seed: SeedHandled, incoming: Callable[[], Incoming], days: Days) -> None:
    """What the office did with it, each at its moment."""
    people = days.people
    if no := seed.rejected:
        days.then(no.at, lambda: reject(incoming=incoming(), because=no.because, by=people[no.by], at=no.at))
    if yes := seed.accepted:
        days.then(yes.at, lambda: accept(incoming=incoming(), by=people[yes.by], at=yes.at))
        if seed.assigned_to:
            to, due = people[seed.assigned_to], seed.due_on
            days.then(yes.at, lambda: assign(incoming=incoming(), to=to, due_on=due, by=people[yes.by], at=yes.at))
    if said := seed.instructed:
        days.then(said.at, lambda: instruct(incoming=incoming(), text=said.because, by=people[said.by], at=said.at))
    if seed.answered:
        days.then(seed.answered.at, lambda: _answer(seed, incoming(), people))
    if over := seed.closed:
        days.then(over.at, lambda: close(incoming=incoming(), because=over.because, by=people[over.by], at=over.at))


def _answer(seed: SeedHandled, incoming: Incoming, people: dict[str, Person]) -> None:
    """The answer as the office drafts it, with the seed's words."""
    said = seed.answered
    assert said is not None  # noqa: S101  the caller looked
    letter = start_answer(incoming=incoming, by=people[said.by], at=said.at)
    Letter.objects.filter(pk=letter.pk).update(text=said.text, signer_name=said.signer_name)
    issue_letter(letter=letter, by=people[said.by], at=said.at)
