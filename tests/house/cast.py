"""One province and its stranger, with everybody and everything that a route may name.

A new route with a new argument: add the argument to `things`, once for any body. The matrix does the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.test import Client

from phrom.agencies.actions.invitations import hash_of
from phrom.agencies.models import Agency, Invitation, Letterhead, Person
from phrom.letters.actions.printing import ensure_pdf
from phrom.letters.models import Attachment, Letter, Office, Secrecy, SecretReader, Via
from phrom.meetings.models import FollowUpNote, Resolution
from phrom.results.models import AnswerPack
from phrom.rollout.models import LocalGovernment
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import keep_made
from phrom.survey.models import Ask, Evidence, Round
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import RECORDED, make_holder, make_order, make_seat, make_substitution
from tests.factories.destruction import make_item as make_listed
from tests.factories.destruction import make_source
from tests.factories.exchange import Other, make_alarm, make_hosting, make_message, make_peer
from tests.factories.follow_ups import make_follow_up, make_note
from tests.factories.letters import (
    make_accepted,
    make_draft,
    make_entry,
    make_incoming,
    make_issued,
    make_office,
    make_recipient,
    make_secret,
)
from tests.factories.meetings import make_item, make_kept_paper, make_meeting, make_minutes, make_paper, make_resolution
from tests.factories.rollout import make_case, make_enrolment, make_programme
from tests.factories.survey import (
    listing_edition,
    make_answer,
    make_evidence,
    make_inquiry,
    make_round,
    make_sheet,
)
from tests.factories.survey import make_item as make_list_item
from tests.shared.documents.pictures import png

BACKEND = "phrom.agencies.signin.backend.PersonBackend"
AT_BODY = ("coordinator", "member", "chair", "auditor", "administrator", "supporter")
AT_OFFICE = ("official", "head", "clerk", "secret_registrar", "local_clerk", "local_head")


@dataclass
class Cast:
    """`people` by role; `own` and `foreign` hold a value for every argument of every route, `secret` for those of letters."""

    people: dict[str, Person | None]
    own: dict[str, object]
    foreign: dict[str, object]
    neighbour: dict[str, object]
    secret: dict[str, object]
    clients: dict[str, Client] = field(default_factory=dict)


def cast() -> Cast:
    """Two provinces alike; in the first, two offices alike."""
    body, other = make_body(), make_body(name="จังหวัดลำพูน")
    office, next_door, abroad = make_agency(body), make_agency(body), make_agency(other)
    people: dict[str, Person | None] = {"nobody": None}
    people |= {role: make_member(body, role) for role in AT_BODY}
    people |= {role: make_member(office, role) for role in AT_OFFICE}
    people["neighbour"] = make_member(next_door, "official")
    people["stranger"] = make_member(other, "coordinator")
    people["deactivated"] = make_member(body, "coordinator")
    own = things(body, office, people["coordinator"])
    named = Resolution.objects.get(pk=own["resolution_id"])
    neighbour = {**own, **office_things(Round.objects.get(pk=own["round_id"]), next_door), **office_matters(named, next_door)}
    neighbour |= letter_things(next_door) | {"own_case_id": rollout_things(body, next_door)["own_case_id"]}
    ready = Cast(people, own, things(other, abroad, people["stranger"]), neighbour, secret_things(office))
    ready.clients = {role: _client(person) for role, person in people.items()}
    Person.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    return ready


def things(body: Agency, office: Agency, keeper: Person | None) -> dict[str, object]:
    """A value for every argument that a route may take, all within one body; those of an office belong to `office`."""
    assert keeper is not None
    round = make_round(body, listing_edition())
    meeting = make_meeting(body)
    item = make_item(meeting)
    resolution = make_resolution(item)
    make_minutes(meeting, keeper)
    staff = make_member(office, "official")
    return {
        "body_id": make_letterhead(body, keeper).body_id,
        "form": "letter",
        "round_id": round.pk,
        "meeting_id": meeting.pk,
        "item_id": item.pk,
        "paper_id": make_paper(item, "generated", file=make_file(), file_name="ระเบียบวาระ.pdf").pk,
        "seat_id": make_seat(meeting.order).pk,
        "order_id": make_order(body, 4000, amends=meeting.order, file=make_file()).pk,
        "holder_id": make_holder(make_seat(meeting.order)).pk,
        "substitution_id": make_substitution(make_seat(meeting.order)).pk,
        "kept_id": make_kept_paper(meeting, make_file()).pk,
        "which": "agenda",
        "file_format": "pdf",
        "resolution_id": resolution.pk,
        "pack_id": make_pack(round, keeper).pk,
        "person_id": staff.pk,
        "membership_id": staff.memberships.get().pk,
        "invitation_id": make_invitation(office, keeper).pk,
        "session_id": make_session(keeper).pk,
        "token": "no-such-token",
        "uidb36": "1",
        "key": "set-password",
        "code": "P1.1",
        "edition_key": "dga-province-2567",
        "sha256": "0" * 64,
        "pillar": "P1",
        **office_things(round, office),
        **office_matters(resolution, office),
        **letter_things(office),
        **rollout_things(body, office),
        **exchange_things(office),
    }


def exchange_things(agency: Agency) -> dict[str, object]:
    """A peer (it leads nowhere), what waits for it, an alarm, an office that letters are received for."""
    peer, office = make_peer(Other(url="https://127.0.0.1:9")), make_office(agency)
    named = {"peer_id": peer.pk, "message_id": make_message(peer, office).pk, "alarm_id": make_alarm(peer).pk}
    return {**named, "hosting_id": make_hosting(office).pk, "sha256": "0" * 64}


def letter_things(agency: Agency) -> dict[str, object]:
    """What belongs to an agency as a correspondent: only people at the agency itself reach it (letters/scopes.py)."""
    entry = make_entry(make_office(agency))
    return {
        "correspondent_id": agency.pk,
        "register_id": entry.register_id,
        "entry_id": entry.pk,
        **out_things(agency),
        **in_things(agency),
    } | old_things(entry.register.office)


def old_things(office: Office) -> dict[str, object]:
    """Old letters of an office: a file of an old register, a list of what is to be destroyed."""
    item = make_listed(office)
    named = {"destruction_id": item.list_id, "listed_item_id": item.pk, "import_id": make_source(office).pk}
    return {**named, "month": 0, "year": 2567, "step": "report"}


def out_things(agency: Agency) -> dict[str, object]:
    """A letter that the agency issued, to somebody by hand, with a file."""
    letter = make_issued(make_draft(make_office(agency)))
    ensure_pdf(letter)  # as the job after its issue does; else the first reader's request would
    attachment = Attachment.objects.create(letter=letter, file=make_file(), name="บัญชี.pdf", described="บัญชี จำนวน 1 ฉบับ")
    return {
        "letter_id": letter.pk,
        "recipient_id": make_recipient(letter).pk,
        "attachment_id": attachment.pk,
        "part": "references",
    }


def in_things(agency: Agency) -> dict[str, object]:
    """A letter that another office of the body sent here, with a file, and a secret one with a named reader."""
    office, sender = make_office(agency), make_office(make_agency(agency.own_body))
    letter = make_issued(make_draft(sender))
    Letter.objects.filter(pk=letter.pk).update(pdf=make_file())
    incoming = make_accepted(make_incoming(office, recipient=make_recipient(letter, office), via=Via.HERE))
    secret = make_incoming(office, secrecy=Secrecy.SECRET)
    words = {"person": letter.drafted_by, "given_by": letter.drafted_by, "given_at": RECORDED}
    return {
        "incoming_id": incoming.pk,
        "file_id": incoming.files.create(file=make_file(), name="บัญชี.pdf").pk,
        "act": "note",
        "way": "in",
        "secret_id": secret.pk,
        "reader_id": SecretReader.objects.create(incoming=secret, **words).pk,
    }


def secret_things(agency: Agency) -> dict[str, object]:
    """What of the office only its registrar of secrets reaches: a letter that went out, one that came, their books."""
    office = make_office(agency)
    letter, incoming = make_secret(office), make_accepted(make_incoming(office, secrecy=Secrecy.SECRET))
    assert letter.entry is not None
    ensure_pdf(letter)
    return {
        "letter_id": letter.pk,
        "recipient_id": make_recipient(letter).pk,
        "attachment_id": Attachment.objects.create(letter=letter, file=make_file(), name="ลับ.pdf", described="ลับ").pk,
        "entry_id": letter.entry.pk,
        "register_id": letter.entry.register_id,
        "incoming_id": incoming.pk,
        "file_id": incoming.files.create(file=make_file(), name="ลับ.pdf").pk,
    }


def rollout_things(body: Agency, office: Agency) -> dict[str, object]:
    """A drive of the body in which the office takes part as a local government, with a case."""
    local = LocalGovernment.objects.create(agency=office, dla_code=f"9{office.pk}", kind="sao", district="แม่ริม")
    enrolment = make_enrolment(make_programme(body, name=f"โครงการที่ {office.pk}"), local)
    case = make_case(enrolment)
    return {
        "programme_id": enrolment.programme_id,
        "enrolment_id": enrolment.pk,
        "case_id": case.pk,
        "own_case_id": case.pk,
    }


def office_things(round: Round, office: Agency) -> dict[str, object]:
    """What belongs to one office only."""
    asks: dict[str, Ask] = make_sheet(round, office)
    ask = asks["P1.1"]
    make_answer(ask)
    link = make_evidence(ask)
    Evidence.objects.filter(pk=link.evidence_id).update(file=make_file(), url="")
    return {
        "thing_id": make_list_item(round, office).pk,
        "kind": "services",
        "agency_id": office.pk,
        "ask_id": ask.pk,
        "link_id": link.pk,
        "inquiry_id": make_inquiry(ask).pk,
        "evidence_id": link.evidence_id,
        "slug": "p1-1",
    }


def office_matters(resolution: Resolution, office: Agency) -> dict[str, object]:
    """What an office is to do because of a resolution, with a report that carries a file."""
    follow_up = make_follow_up(resolution, office)
    note = make_note(follow_up)
    FollowUpNote.objects.filter(pk=note.pk).update(file=make_file(), file_name="รายงาน.pdf")
    return {"follow_up_id": follow_up.pk, "note_id": note.pk}


def make_invitation(agency: Agency, by: Person, token: str = "") -> Invitation:
    """An invitation that stays open for the whole of the test."""
    at = datetime.now(UTC)
    return Invitation.objects.create(
        email="new@example.org",
        name="นายใหม่ เพิ่งมา",
        agency=agency,
        role="official",
        token_hash=hash_of(token or f"{agency.pk}-{by.pk}"),
        invited_by=by,
        invited_at=at,
        expires_at=at + timedelta(days=7),
    )


def make_letterhead(body: Agency, keeper: Person) -> Letterhead:
    """A letterhead with an emblem."""
    emblem = keep_made([png(120, 120)], content_type="image/png", at=RECORDED)
    return Letterhead.objects.create(body=body, office=body.name, emblem=emblem, changed_by=keeper, changed_at=RECORDED)


def make_file() -> StoredFile:
    """A file with its bytes."""
    return keep_made([b"%PDF-1.7 canary"], content_type="application/pdf", at=RECORDED)


def make_pack(round: Round, keeper: Person) -> AnswerPack:
    """A finished pack."""
    return AnswerPack.objects.create(
        round=round, state="done", file=make_file(), requested_by=keeper, requested_at=RECORDED, finished_at=RECORDED
    )


def make_session(person: Person) -> UserSession:
    """A browser in which the person is signed in."""
    return UserSession.objects.create(
        user=person, ip="127.0.0.1", session_key=f"key-{person.pk}", user_agent="Firefox/1 Windows"
    )


def _client(person: Person | None) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend=BACKEND)
    return client
