"""A letter as eCMS has it, without its files: what goes to the node, and what lies inside the PDF beside our own data."""

from __future__ import annotations

from phrom.letters.ecms import messages as m
from phrom.letters.ecms import names
from phrom.letters.ecms.writing import write_message
from phrom.letters.ecms_codes import NoCode, codes_of, codes_of_office
from phrom.letters.models import Letter, Recipient
from phrom.shared.documents.pdf import Attached

NAME, MIME = "ecms.xml", "application/xml"


def ecms_document(recipient: Recipient) -> m.GovernmentDocument:
    """The issued letter to this recipient. Refuses NoCode."""
    letter = recipient.letter
    assert letter.entry is not None and letter.dated is not None  # noqa: S101  issued
    given, _, family = letter.signer_name.rpartition(" ")
    ministry, department = codes_of_office(letter.office)
    position = " ".join(f"{letter.signer_position} {letter.acting_for}".split())
    addressed = (letter.addressed_to or recipient.name)[: names.TITLE]
    told = m.CorrespondenceLetter(
        id=letter.entry.number_text,
        dated=letter.dated,
        subject=letter.subject,
        secret=letter.secrecy,
        speed=letter.speed,
        sender=m.Party(given[: names.NAME], family[: names.NAME], position[: names.TITLE], ministry, department),
        receiver=m.Party("", "", addressed, *codes_of(recipient)),
        references=tuple(m.ReferenceLetter(one.text) for one in letter.references.all()),
        attachment=_described(letter)[: names.TEXT],
    )
    signer = m.SignerParty(given[: names.NAME], family[: names.NAME], position[: names.NAME], ministry, department)
    return m.GovernmentDocument(told, m.GovernmentSignature("", signer))


def attached_ecms(letter: Letter) -> tuple[Attached, ...]:
    """The message for a letter to one recipient whose code is known, as the file inside its PDF; else nothing."""
    recipients = list(letter.recipients.select_related("office__agency", "entry"))
    if len(recipients) != 1:
        return ()
    recipients[0].letter = letter
    try:
        body = m.OutboundRequest(ecms_document(recipients[0]))
    except NoCode:
        return ()
    return (Attached(NAME, write_message(m.Message(body)).decode(), MIME, "ข้อมูลของหนังสือ (TH e-GIF eCMS)"),)


def _described(letter: Letter) -> str:
    return " ".join(f"{number}. {one.described}" for number, one in enumerate(letter.attachments.all(), 1))
