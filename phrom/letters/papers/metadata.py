"""What a letter is, as data inside its PDF: for registers and archives that read the file without a person."""

from __future__ import annotations

import json
from typing import Any

from phrom.letters.models import Letter
from phrom.shared.documents.pdf import Attached

NAME, MIME = "letter.json", "application/json"
FORMAT = "phrom-letter/1"


def letter_metadata(letter: Letter) -> dict[str, Any]:
    """An issued letter: number, date, codes, sender, recipients, what it refers to, and the hash of its content."""
    office, entry = letter.office, letter.entry
    return {
        "format": FORMAT,
        "number": entry.number_text if entry else "",
        "date": letter.dated.isoformat() if letter.dated else "",
        "kind": letter.kind,
        "subject": letter.subject,
        "speed": letter.speed,
        "secrecy": letter.secrecy,
        "sender": {
            "office": office.agency.name,
            "uuid": str(office.uuid),
            "ministry_code": office.ministry_code,
            "department_code": office.department_code,
            "signer": letter.signer_name,
            "position": letter.signer_position,
            "acting_for": letter.acting_for,
        },
        "addressed_to": letter.addressed_to,
        "recipients": [one.name for one in letter.recipients.all()],
        "references": [one.text for one in letter.references.all()],
        "attachments": [{"described": one.described, "name": one.name} for one in letter.attachments.all()],
        "answer_by": letter.answer_by.isoformat() if letter.answer_by else None,
        "content_sha256": letter.sha256,
    }


def attached_metadata(letter: Letter) -> Attached:
    """The same as the file that lies inside the PDF."""
    text = json.dumps(letter_metadata(letter), ensure_ascii=False, indent=1)
    return Attached(NAME, text, MIME, "ข้อมูลของหนังสือ (JSON)")
