"""A message to the bytes of its XML, as the standard has it: names, namespaces and order as given, nothing left to guess."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from phrom.letters.ecms import messages as m
from phrom.letters.ecms import names
from phrom.letters.ecms.problems import EcmsUnreadable

_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for _prefix, _space in names.PREFIXES.items():
    register_namespace(_prefix, _space)


def write_message(message: m.Message) -> bytes:
    """The message as UTF-8. Refuses EcmsUnreadable for what the standard, or XML, cannot carry."""
    envelope = Element(f"{{{names.SOAP}}}Envelope")
    header = SubElement(envelope, f"{{{names.SOAP}}}Header")
    for name, words in (("MessageID", message.message_id), ("To", message.to), ("RelatesTo", message.relates_to)):
        if words:
            _put(header, names.WSA, name, words, names.SUBJECT)
    _WRITERS[type(message.body)](SubElement(envelope, f"{{{names.SOAP}}}Body"), message.body)
    made: bytes = tostring(envelope, encoding="utf-8", xml_declaration=True)
    return made


def _put(parent: Element, space: str, name: str, words: str, longest: int, *, required: bool = False) -> None:
    """A part with its text; one that is required must have some."""
    if required and not words.strip():
        raise EcmsUnreadable("missing", name)
    if len(words) > longest:
        raise EcmsUnreadable("too-long", name, shown=words)
    if _NOT_XML.search(words):
        raise EcmsUnreadable("not-text", name)
    SubElement(parent, f"{{{space}}}{name}").text = words


def _ram(parent: Element, name: str, words: str, longest: int, *, required: bool = False) -> None:
    _put(parent, names.RAM, name, words, longest, required=required)


def _inside(parent: Element, name: str, space: str = names.RAM) -> Element:
    return SubElement(parent, f"{{{space}}}{name}")


def _dates(parent: Element, name: str, day: date | None) -> None:
    if day is not None:
        _inside(parent, name).text = day.isoformat()


def _party(parent: Element, name: str, party: m.Party) -> None:
    made = _inside(parent, name)
    for part, words, longest in (
        ("GivenName", party.given_name, names.NAME),
        ("FamilyName", party.family_name, names.NAME),
        ("JobTitle", party.job_title, names.TITLE),
    ):
        _ram(made, part, words, longest)
    _ram(_inside(made, "MinistryOrganization"), "ID", party.ministry, names.CODE)
    _ram(_inside(made, "DepartmentOrganization"), "ID", party.department, names.CODE, required=True)


def _binaries(parent: Element, name: str, files: Iterable[m.Binary]) -> None:
    for one in files:
        made = _inside(parent, name)
        if _NOT_XML.search(one.mime) or len(one.mime) > names.NAME:
            raise EcmsUnreadable("not-text", f"{name}@mimeCode")
        made.set("mimeCode", one.mime)
        made.text = base64.b64encode(one.content).decode("ascii")


def _letter(parent: Element, letter: m.CorrespondenceLetter) -> None:
    if letter.secret not in names.SECRETS or letter.speed not in names.SPEEDS:
        raise EcmsUnreadable("not-code", "SecretCode, SpeedCode", shown=f"{letter.secret}, {letter.speed}")
    if len(letter.attachments) > names.MOST_FILES or len(letter.references) > names.MOST_FILES:
        raise EcmsUnreadable("too-many", "AttachmentBinaryObject")
    made = _inside(parent, "CorrespondenceLetter")
    made.set("ID", "Letter")
    _ram(made, "ID", letter.id, names.ID, required=True)
    _dates(made, "CorrespondenceDate", letter.dated)
    _ram(made, "Subject", letter.subject, names.SUBJECT, required=True)
    _ram(made, "SecretCode", letter.secret, names.CODE)
    _ram(made, "SpeedCode", letter.speed, names.CODE)
    _party(made, "SenderParty", letter.sender)
    _party(made, "ReceiverParty", letter.receiver)
    for one in letter.references:
        reference = _inside(made, "ReferenceCorrespondence")
        _ram(reference, "ID", one.id, names.SUBJECT)
        _dates(reference, "CorrespondenceDate", one.dated)
        _ram(reference, "Subject", one.subject, names.SUBJECT)
    _ram(made, "Attachment", letter.attachment, names.TEXT)
    _dates(made, "SendDate", letter.send_date)
    _ram(made, "Description", letter.description, names.TEXT)
    _binaries(made, "MainLetterBinaryObject", [] if letter.main is None else [letter.main])
    _binaries(made, "AttachmentBinaryObject", letter.attachments)


def _document(parent: Element, document: m.GovernmentDocument) -> None:
    made = _inside(parent, "GovernmentDocument", names.RSM)
    _letter(made, document.letter)
    if document.signature is not None:
        signature, signer = _inside(made, "GovernmentSignature"), document.signature.signer
        _ram(signature, "TypeCode", document.signature.type_code, names.CODE)
        party = _inside(signature, "SignerParty")
        for name, words in (("GivenName", signer.given_name), ("FamilyName", signer.family_name), ("Title", signer.title)):
            _ram(party, name, words, names.NAME)
        for name, words in (("MinistryCode", signer.ministry), ("DepartmentCode", signer.department)):
            _ram(party, name, words, names.CODE)
    if document.xml_signature is not None:
        _xml_signature(made, document.xml_signature)


def _xml_signature(parent: Element, signature: m.XmlSignature) -> None:
    made = _inside(parent, "Signature", names.DS)
    reference = _inside(_inside(made, "SignedInfo", names.DS), "Reference", names.DS)
    reference.set("URI", signature.reference)
    _put(reference, names.DS, "DigestValue", signature.digest, names.TEXT)
    _put(made, names.DS, "SignatureValue", signature.value, names.TEXT)
    data = _inside(_inside(made, "KeyInfo", names.DS), "X509Data", names.DS)
    _put(data, names.DS, "X509SubjectName", signature.subject, names.SUBJECT)
    _put(data, names.DS, "X509Certificate", signature.certificate, 20_000)


def _notifier(parent: Element, told: m.Notifier) -> None:
    made = _inside(parent, told.kind, names.RSM)
    _ram(made, "LetterID", told.letter_id, names.ID, required=True)
    if told.kind in m.NUMBERED:
        _ram(made, "AcceptID", told.accept_id, names.ID, required=True)
    _dates(made, "CorrespondenceDate", told.dated)
    _ram(made, "Subject", told.subject, names.SUBJECT)


def _item(parent: Element, item: m.Item) -> None:
    if isinstance(item, m.Notifier):
        _notifier(parent, item)
    else:
        _document(parent, item)


def _plain(name: str) -> Callable[[Element, Any], object]:
    """A message without parts."""
    return lambda body, message: _inside(body, name, names.RSM)


def _outbound(body: Element, message: m.OutboundRequest) -> None:
    _item(_inside(body, "CorrespondenceLetterOutboundRequest", names.RSM), message.item)


def _processed(name: str) -> Callable[[Element, Any], Element]:
    """A message with a process id and, where it is an answer, its time."""

    def write(body: Element, message: Any) -> Element:
        made = _inside(body, name, names.RSM)
        empty = isinstance(message, m.InboundResponse) and message.item is None
        _ram(made, "ProcessID", message.process_id, names.ID, required=not empty)
        if hasattr(message, "process_time"):
            _ram(made, "ProcessTime", message.process_time, names.ID)
        return made

    return write


def _inbound(body: Element, message: m.InboundResponse) -> None:
    made = _processed("CorrespondenceLetterInboundResponse")(body, message)
    if message.item is not None:
        _item(made, message.item)


def _which(made: Element, asked: m.DeleteGovernmentDocumentRequest | m.InboundSpecialRequest) -> None:
    _ram(made, "LetterID", asked.letter_id, names.ID, required=True)
    _dates(made, "CorrespondenceDate", asked.dated)
    for name, code in (("SenderDepartment", asked.sender_department), ("AcceptDepartment", asked.accept_department)):
        _ram(_inside(made, name), "Code", code, names.CODE, required=True)


def _delete(body: Element, message: m.DeleteGovernmentDocumentRequest) -> None:
    _which(_inside(body, "CorrespondenceDeleteGovernmentDocumentRequest", names.RSM), message)


def _special(body: Element, message: m.InboundSpecialRequest) -> None:
    made = _inside(body, "CorrespondenceLetterInboundSpecialRequest", names.RSM)
    _which(_inside(made, message.item, names.RSM), message)


def _statuses(body: Element, message: m.OutboundStatusResponse) -> None:
    made = _inside(body, "OutboundStatusResponse", names.RSM)
    for one in message.items:
        item = _inside(made, "Outbound")
        _ram(item, "ProcessID", one.process_id, names.ID, required=True)
        _ram(item, "LetterID", one.letter_id, names.ID)
        _ram(item, "ProcessStatus", one.process_status, names.NAME)


_WRITERS: dict[type, Callable[[Element, Any], object]] = {
    m.OutboundRequest: _outbound,
    m.OutboundResponse: _processed("CorrespondenceLetterOutboundResponse"),
    m.InboundRequest: _plain("CorrespondenceLetterInboundRequest"),
    m.InboundResponse: _inbound,
    m.DeleteGovernmentDocumentRequest: _delete,
    m.LetterDeleteRequest: _processed("CorrespondenceLetterDeleteRequest"),
    m.LetterDeleteResponse: _processed("CorrespondenceLetterDeleteResponse"),
    m.InboundSpecialRequest: _special,
    m.MasterDataRequest: lambda body, message: _inside(body, message.wanted, names.RSM),
    m.OutboundStatusRequest: _plain("OutboundStatusRequest"),
    m.OutboundStatusResponse: _statuses,
    m.TimeCheckRequest: _plain("TimeCheckRequest"),
}
