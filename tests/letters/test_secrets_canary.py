"""Secret letters leave no trace for others: every route as every role, before and after they exist, answers the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Agency, Membership
from phrom.config.digest import send_digests, send_urgent
from phrom.letters.actions.dealing import instruct
from phrom.letters.actions.delivering import alarm_late, expire_due
from phrom.letters.actions.drafting import Drafted, Enclosed, To, draft_letter
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.receiving import accept, record_by_hand
from phrom.letters.arrived import Arrived, ArrivedFile
from phrom.letters.models import DirectoryEntry, Incoming, Letter, LetterKind, Office, Secrecy, Speed, Via
from phrom.shared.files.store import keep_made
from tests.factories.committee import RECORDED
from tests.factories.exchange import Other, make_peer
from tests.factories.letters import make_office
from tests.house.cast import Cast, cast
from tests.house.test_access import ROUTES

pytestmark = pytest.mark.django_db
CANARY = "นกขมิ้นเหลืองอ่อน"
LATIN = "CANARY7731"
ROLES = ("nobody", "official", "head", "clerk", "coordinator", "auditor", "administrator", "neighbour", "supporter", "stranger")
# What is made anew for each answer, whatever the letters: tokens, keys of forms, moments, and the address of a fresh job.
_FRESH = (
    re.compile(rb'name="(csrfmiddlewaretoken|once)" value="[^"]*"'),
    re.compile(rb"/D:\d{14}|CreationDate[^\n]*|ModDate[^\n]*|xmp:[^\n]*|/ID *\[[^\]]*\]"),
)
PATHS = ("?show=all", "?show=closed", "?show=open", f"?q={CANARY}", f"?q={LATIN}", "?q=1", "?q=ลับ")
SEARCHED = ("in_tray", "out_tray", "letter_search", "registers", "journal", "desk")


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast()
        transaction.set_rollback(True)


def make_far_office(agency: Agency) -> DirectoryEntry:
    """An office at another installation with which secret letters may be exchanged."""
    administrator = Membership.objects.filter(agency=agency.own_body, role="administrator")[0].person
    peer = make_peer(Other(), by=administrator, at=RECORDED, takes_secrets=True)
    return DirectoryEntry.objects.get(peer=peer)


def make_secrets(agency: Agency, far: DirectoryEntry) -> tuple[Letter, Incoming, Incoming]:
    """One sent to another office of ours, to one far away and by hand, one that came on paper, of the highest urgency, and the
    mails and alarms of the days after; canaries in subject, text, names, files and their content.
    """
    office, other = make_office(agency), Office.objects.exclude(agency=agency).filter(agency__body=agency.own_body)[0]
    registrar = Membership.objects.get(agency=agency, role="secret_registrar").person
    file = keep_made([f"%PDF-1.7 {LATIN} {CANARY}".encode()], content_type="application/pdf", at=RECORDED)
    drafted = Drafted(
        kind=LetterKind.EXTERNAL,
        subject=f"เรื่อง {CANARY} {LATIN}",
        text=f"ด้วย {CANARY} {LATIN}",
        opening="เรียน",
        closing="ขอแสดงความนับถือ",
        addressed_to=f"ผู้รับ {CANARY}",
        recipients=(To(office=other), To(name=f"{CANARY} {LATIN}", via=Via.HAND), To(entry=far)),
        attachments=(Enclosed(f"แผนที่ {CANARY}", file, f"{CANARY}-{LATIN}.pdf"),),
        secrecy=Secrecy.SECRET,
        speed=Speed.MOST_URGENT,
        signer_name="นายผู้ลงนาม",
        signer_position="ผู้อำนวยการ",
    )
    at = RECORDED + timedelta(days=1)
    letter = draft_letter(office=office, drafted=drafted, by=registrar, at=at)
    letter = issue_letter(letter=letter, by=registrar, at=at)
    draft_letter(office=office, drafted=drafted, by=registrar, at=at)
    came = Arrived(via=Via.HAND, from_name=f"หน่วย {CANARY}", subject=f"{LATIN} {CANARY}", secrecy=Secrecy.VERY_SECRET)
    main = ArrivedFile(file, f"{LATIN}.pdf", is_main=True)
    came = replace(came, files=(main,), note=CANARY, speed=Speed.MOST_URGENT)
    incoming = record_by_hand(office=office, arrived=came, by=registrar, at=at)
    accepted = accept(incoming=incoming, by=registrar, at=at)
    instruct(incoming=accepted, text=f"มอบ {CANARY}", by=registrar, at=at)
    waiting = record_by_hand(office=office, arrived=came, by=registrar, at=at)
    alarm_late(at=at + timedelta(hours=1))
    expire_due(at=at + timedelta(days=4))
    for hours in range(1, 80, 24):  # three days, one of them a working day
        send_urgent(at=at + timedelta(hours=hours))
        send_digests(at=at + timedelta(hours=hours))
    return letter, accepted, waiting


def plain(content: bytes) -> bytes:
    for fresh in _FRESH:
        content = fresh.sub(b"", content)
    return content


def body_of(client: Client, address: str) -> tuple[int, bytes]:
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return answer.status_code, plain(content)


def sings(content: bytes) -> bool:
    """True when a canary is heard."""
    return CANARY.encode() in content or LATIN.encode() in content


def addresses(values: dict[str, object]) -> list[str]:
    found = [route.address(values) for route in ROUTES]
    return found + [reverse(name) + query for name in SEARCHED for query in PATHS]


def others(company: Cast) -> dict[str, Client]:
    return {role: company.clients[role] for role in ROLES}


MADE_ANEW = ("paper", "pdf", "docx", "pack", "export", "preview", "calendar", "template")


def compared(address: str) -> bool:
    """The pages about letters, and those that list or count for all rooms. A file is made anew each time, its bytes differ."""
    about_letters = (
        "/letters/" in address
        or "/exchange/" in address
        or any(address.startswith(reverse(name)) for name in ("journal", "people"))
    )
    return (about_letters or address == "/") and not any(word in address for word in MADE_ANEW)


def test_the_lists_and_counts_of_others_do_not_change(company: Cast) -> None:
    agency = Agency.objects.get(pk=company.own["agency_id"])
    far = make_far_office(agency)
    asked = [address for address in addresses(company.own) if compared(address)]
    for one in others(company).values():
        one.get(reverse("letter_new"))  # whoever writes for an office that has no row yet makes it, with or without secrets
    before = {(role, address): body_of(one, address) for role, one in others(company).items() for address in asked}
    make_secrets(agency, far)
    changed = [f"{role} {address}" for (role, address), was in before.items() if body_of(company.clients[role], address) != was]
    assert "\n".join(changed) == ""


def test_no_route_sings_for_any_other_role_or_opens(company: Cast) -> None:
    agency = Agency.objects.get(pk=company.own["agency_id"])
    letter, incoming, waiting = make_secrets(agency, make_far_office(agency))
    secret_ids: dict[str, object] = {"letter_id": letter.pk, "incoming_id": incoming.pk, "secret_id": waiting.pk}
    secret_ids |= {"recipient_id": letter.recipients.first().pk, "attachment_id": letter.attachments.get().pk}  # type: ignore[union-attr]
    secret_ids |= {"file_id": incoming.files.get().pk, "entry_id": letter.entry_id, "register_id": letter.entry.register_id}  # type: ignore[union-attr]
    about = {route.address({**company.own, **secret_ids}) for route in ROUTES if set(route.arguments) & set(secret_ids)}
    sung, opened = [], []
    for role, client in others(company).items():
        for address in {*addresses(company.own), *about}:
            status, content = body_of(client, address)
            if sings(content) and "q=" not in address:  # what was typed into the search stands in its box again
                sung.append(f"{role} {address}")
            if address in about and status not in (302, 401, 404, 405):
                opened.append(f"{role} {address} {status}")
    assert (sung, opened) == ([], [])
    assert not any(sings(f"{message.subject} {message.body}".encode()) for message in mail.outbox)


def test_the_registrar_sees_all_of_it(company: Cast) -> None:
    agency = Agency.objects.get(pk=company.own["agency_id"])
    make_secrets(agency, make_far_office(agency))
    client = company.clients["secret_registrar"]
    for name, query in (("in_tray", "?show=all"), ("out_tray", ""), ("letter_search", f"?q={CANARY}")):
        assert CANARY.encode() in body_of(client, reverse(name) + query)[1]
