"""Sealing: the envelope of a letter is written once, before its first try, and never changes; so every try is the same."""

from __future__ import annotations

from uuid import UUID

from phrom.letters.actions.outgoing_words import address_of, one_line
from phrom.letters.actions.printing import ensure_pdf
from phrom.letters.exchange.envelope import Address, Envelope, File, LetterData, Person, Reference, digest_of, written
from phrom.letters.models import Letter, Outgoing, Purpose, Recipient
from phrom.shared.files.models import StoredFile


def seal_envelope(outgoing: Outgoing) -> Outgoing:
    """Make the letter's PDF and write the envelope, unless that was done. Two at once: the first one counts for both."""
    if outgoing.envelope:
        return outgoing
    assert outgoing.recipient is not None  # noqa: S101  only letters wait unsealed
    text = written(_envelope(outgoing, outgoing.recipient))
    Outgoing.objects.filter(pk=outgoing.pk, envelope="").update(envelope=text, digest=digest_of(text))
    outgoing.refresh_from_db(fields=["envelope", "digest"])
    return outgoing


def files_of(outgoing: Outgoing) -> list[StoredFile]:
    """The stored files that its envelope names."""
    named = [file.sha256 for file in Envelope.model_validate_json(outgoing.envelope).files]
    return list(StoredFile.objects.filter(sha256__in=named))


def _envelope(outgoing: Outgoing, recipient: Recipient) -> Envelope:
    letter = recipient.letter
    return Envelope(
        delivery_id=outgoing.delivery_id,
        purpose="letter",
        made_at=outgoing.made_at,
        expires=outgoing.expires_at,
        sender=_sender(letter),
        receiver=_receiver(recipient),
        letter=_data(letter),
        answers=_answers(letter, outgoing),
        again=_again(outgoing),
        files=tuple(_files(letter)),
    )


def _sender(letter: Letter) -> Address:
    person = Person(name=one_line(letter.signer_name, 200), position=one_line(letter.signer_position, 500))
    return address_of(letter.office).model_copy(update={"person": person})


def _receiver(recipient: Recipient) -> Address:
    entry = recipient.entry
    assert entry is not None  # noqa: S101  a recipient at a peer
    codes = {"ministry_code": entry.ministry_code, "department_code": entry.department_code}
    return Address(id=entry.office_uuid, name=one_line(entry.name, 300), **codes)


def _data(letter: Letter) -> LetterData:
    return LetterData(
        number=one_line(letter.entry.number_text if letter.entry else "", 80),
        dated=letter.dated,
        subject=one_line(letter.subject, 500),
        kind=letter.kind,
        speed=letter.speed,
        secrecy=letter.secrecy,
        to=one_line(letter.addressed_to, 300),
        due=letter.answer_by,
        references=tuple(Reference(text=one_line(line.text, 500)) for line in letter.references.all() if line.text.strip()),
        content=letter.content,
        content_sha256=letter.sha256,
    )


def _files(letter: Letter) -> list[File]:
    """The letter itself, then what is enclosed; the same content twice goes once."""
    number = letter.entry.number_text if letter.entry else ""
    found = {}
    pdf = ensure_pdf(letter)
    found[pdf.sha256] = _file(pdf, f"{number.replace('/', '-')}.pdf", main=True)
    for line in letter.attachments.select_related("file"):
        if line.file is not None and line.file.sha256 not in found:
            found[line.file.sha256] = _file(line.file, line.name, main=False)
    return list(found.values())


def _file(stored: StoredFile, name: str, *, main: bool) -> File:
    named = {"name": one_line(name, 255) or "letter.pdf", "type": stored.content_type}
    return File(size=stored.size, sha256=stored.sha256, main=main, **named)


def _answers(letter: Letter, outgoing: Outgoing) -> UUID | None:
    """Under which delivery id the letter came that this one answers, where it came from this very peer."""
    if letter.answer_to is None:
        return None
    arrival = letter.answer_to.arrivals.filter(peer=outgoing.peer, purpose=Purpose.LETTER).last()
    return UUID(arrival.delivery_id) if arrival else None


def _again(outgoing: Outgoing) -> tuple[UUID, ...]:
    earlier = Outgoing.objects.filter(recipient=outgoing.recipient, purpose=Purpose.LETTER, pk__lt=outgoing.pk)
    return tuple(earlier.order_by("-pk").values_list("delivery_id", flat=True)[:50])
