"""A tree of elements to a message. Lenient in names, strict in meaning.

Real nodes differ in namespaces (two spellings of WS-Addressing, rsm and ram exchanged) and in the case of header parts, so
names count and namespaces do not. A part that stands twice, or a text that is too long, is refused: nobody can tell what
is meant.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import date

from phrom.letters.ecms import names
from phrom.letters.ecms.messages import (
    NUMBERED,
    Binary,
    Body,
    CorrespondenceLetter,
    DeleteGovernmentDocumentRequest,
    GovernmentDocument,
    GovernmentSignature,
    InboundRequest,
    InboundResponse,
    InboundSpecialRequest,
    Item,
    LetterDeleteRequest,
    LetterDeleteResponse,
    MasterDataRequest,
    MasterList,
    Message,
    Notifier,
    NotifierKind,
    OutboundRequest,
    OutboundResponse,
    OutboundStatus,
    OutboundStatusRequest,
    OutboundStatusResponse,
    Party,
    ReferenceLetter,
    SignerParty,
    SpecialItem,
    TimeCheckRequest,
    XmlSignature,
)
from phrom.letters.ecms.parsing import Element, parse
from phrom.letters.ecms.problems import EcmsUnreadable

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII)
_ERA = 543


def read_message(content: bytes) -> Message:
    """The message in these bytes. Refuses EcmsUnreadable with code and place; nothing else is ever raised."""
    root = parse(content)
    if root.name.lower() != "envelope":
        return Message(_body(root))
    header, body = _one(root, "Header"), _one(root, "Body")
    if body is None or not body.children:
        raise EcmsUnreadable("missing", f"{root.path}/Body")
    if len(body.children) > 1:
        raise EcmsUnreadable("twice", body.children[1].path)
    told = _body(body.children[0])
    if header is None:
        return Message(told)
    message_id, to, relates = (_text(header, name, names.SUBJECT) for name in ("MessageID", "To", "RelatesTo"))
    return Message(told, message_id, to, relates)


def _body(element: Element) -> Body:
    read = _BODIES.get(element.name.lower())
    if read is None:
        raise EcmsUnreadable("unknown", element.path, shown=element.name)
    return read(element)


def _find(element: Element, name: str) -> list[Element]:
    return [one for one in element.children if one.name.lower() == name.lower()]


def _one(element: Element, name: str) -> Element | None:
    found = _find(element, name)
    if len(found) > 1:
        raise EcmsUnreadable("twice", found[1].path)
    return found[0] if found else None


def _need(element: Element, name: str) -> Element:
    found = _one(element, name)
    if found is None:
        raise EcmsUnreadable("missing", f"{element.path}/{name}")
    return found


def _text(element: Element | None, name: str, longest: int) -> str:
    """The text of a part that may be missing."""
    found = None if element is None else _one(element, name)
    return "" if found is None else _words(found, longest)


def _needed(element: Element, name: str, longest: int) -> str:
    words = _words(found := _need(element, name), longest)
    if not words:
        raise EcmsUnreadable("missing", found.path)
    return words


def _words(element: Element, longest: int) -> str:
    if element.children:
        raise EcmsUnreadable("unknown", element.children[0].path, shown=element.children[0].name)
    words = element.text
    if len(words) > longest:
        raise EcmsUnreadable("too-long", element.path, shown=words)
    if any(_cannot_be_kept(letter) for letter in words):
        raise EcmsUnreadable("not-text", element.path)
    return words


def _cannot_be_kept(letter: str) -> bool:
    return letter not in "\t\n\r" and (ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 or letter in "\ufffe\uffff")


def _date(element: Element, words: str) -> date:
    """A day; a time behind it is dropped, a year of the Buddhist era understood."""
    found = _DAY.fullmatch(words)
    try:
        if found is None:
            raise ValueError(words)
        year, month, day = (int(part) for part in found.groups())
        return date(year - _ERA if year > 2400 else year, month, day)
    except ValueError as wrong:
        raise EcmsUnreadable("not-date", element.path, shown=words) from wrong


def _day(element: Element, name: str) -> date:
    return _date(_need(element, name), _needed(element, name, names.ID))


def _day_or_none(element: Element, name: str) -> date | None:
    words = _text(element, name, names.ID)
    return _date(_need(element, name), words) if words else None


def _code(element: Element, name: str, known: frozenset[str]) -> str:
    """A code of a table; where it is left out, the first one: normal."""
    words = _text(element, name, names.CODE)
    if not words:
        return "001"
    if words.zfill(3) not in known:
        raise EcmsUnreadable("not-code", f"{element.path}/{name}", shown=words)
    return words.zfill(3)


def _binary(element: Element) -> Binary:
    if element.children:
        raise EcmsUnreadable("unknown", element.children[0].path, shown=element.children[0].name)
    try:
        content = base64.b64decode("".join(element.text.split()), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise EcmsUnreadable("not-base64", element.path) from wrong
    mime = element.attributes.get("mimecode", "")
    if len(mime) > names.NAME:
        raise EcmsUnreadable("too-long", f"{element.path}@mimeCode", shown=mime)
    return Binary(mime, content)


def _binaries(element: Element, name: str) -> tuple[Binary, ...]:
    found = _find(element, name)
    if len(found) > names.MOST_FILES:
        raise EcmsUnreadable("too-many", found[names.MOST_FILES].path)
    return tuple(made for made in map(_binary, found) if made.content)


def _organization(element: Element | None, name: str) -> str:
    inside = None if element is None else _one(element, name)
    return _text(inside, "ID", names.CODE)


def _party(element: Element, name: str) -> Party:
    found = _need(element, name)
    given, family = (_text(found, part, names.NAME) for part in ("GivenName", "FamilyName"))
    ministry, department = (_organization(found, f"{part}Organization") for part in ("Ministry", "Department"))
    return Party(given, family, _text(found, "JobTitle", names.TITLE), ministry, department)


def _reference(element: Element) -> ReferenceLetter:
    return ReferenceLetter(
        _text(element, "ID", names.SUBJECT),
        _day_or_none(element, "CorrespondenceDate"),
        _text(element, "Subject", names.SUBJECT),
    )


def _letter(element: Element) -> CorrespondenceLetter:
    references = _find(element, "ReferenceCorrespondence")
    if len(references) > names.MOST_FILES:
        raise EcmsUnreadable("too-many", references[names.MOST_FILES].path)
    main = _binaries(element, "MainLetterBinaryObject")
    if len(main) > 1:
        raise EcmsUnreadable("twice", f"{element.path}/MainLetterBinaryObject")
    return CorrespondenceLetter(
        id=_needed(element, "ID", names.ID),
        dated=_day(element, "CorrespondenceDate"),
        subject=_needed(element, "Subject", names.SUBJECT),
        secret=_code(element, "SecretCode", names.SECRETS),
        speed=_code(element, "SpeedCode", names.SPEEDS),
        sender=_party(element, "SenderParty"),
        receiver=_party(element, "ReceiverParty"),
        references=tuple(map(_reference, references)),
        attachment=_text(element, "Attachment", names.TEXT),
        send_date=_day_or_none(element, "SendDate"),
        description=_text(element, "Description", names.TEXT),
        main=main[0] if main else None,
        attachments=_binaries(element, "AttachmentBinaryObject"),
    )


def _document(element: Element) -> GovernmentDocument:
    signature, xml = _one(element, "GovernmentSignature"), _one(element, "Signature")
    return GovernmentDocument(
        _letter(_need(element, "CorrespondenceLetter")),
        None if signature is None else _signature(signature),
        None if xml is None else _xml_signature(xml),
    )


def _signature(element: Element) -> GovernmentSignature:
    signer = _one(element, "SignerParty")
    person = (_text(signer, name, names.NAME) for name in ("GivenName", "FamilyName", "Title"))
    codes = (_text(signer, name, names.CODE) for name in ("MinistryCode", "DepartmentCode"))
    return GovernmentSignature(_text(element, "TypeCode", names.CODE), SignerParty(*person, *codes))


def _xml_signature(element: Element) -> XmlSignature:
    """Only what a reader may want to see of it; XML-DSig is not checked (no published root of trust)."""
    signed = _one(element, "SignedInfo")
    reference = None if signed is None else _one(signed, "Reference")
    about = _one(element, "KeyInfo")
    data = None if about is None else _one(about, "X509Data")
    return XmlSignature(
        "" if reference is None else reference.attributes.get("uri", "")[: names.SUBJECT],
        _text(reference, "DigestValue", names.TEXT),
        "".join(_text(element, "SignatureValue", names.TEXT).split()),
        _text(data, "X509SubjectName", names.SUBJECT),
        "".join(_text(data, "X509Certificate", 20_000).split()),
    )


def _notifier(element: Element) -> Notifier:
    kind = next(one for one in NotifierKind if one.lower() == element.name.lower())
    accept = _needed(element, "AcceptID", names.ID) if kind in NUMBERED else ""
    day = _day(element, "CorrespondenceDate")
    return Notifier(kind, _needed(element, "LetterID", names.ID), day, _text(element, "Subject", names.SUBJECT), accept)


_ITEMS: dict[str, Callable[[Element], Item]] = {"governmentdocument": _document} | {
    kind.lower(): _notifier for kind in NotifierKind
}


def _items(element: Element) -> list[Item]:
    found = [one for one in element.children if one.name.lower() in _ITEMS]
    if len(found) > 1:
        raise EcmsUnreadable("twice", found[1].path)
    return [_ITEMS[one.name.lower()](one) for one in found]


def _outbound(element: Element) -> OutboundRequest:
    items = _items(element)
    if not items:
        raise EcmsUnreadable("missing", f"{element.path}/GovernmentDocument")
    return OutboundRequest(items[0])


def _process(element: Element) -> tuple[str, str]:
    return _needed(element, "ProcessID", names.ID), _text(element, "ProcessTime", names.ID)


def _inbound(element: Element) -> InboundResponse:
    """An empty queue answers without an item and may leave out the process id."""
    items = _items(element)
    if items:
        return InboundResponse(*_process(element), items[0])
    return InboundResponse(_text(element, "ProcessID", names.ID), _text(element, "ProcessTime", names.ID))


def _which(element: Element) -> tuple[str, date, str, str]:
    sender, accept = (_need(element, f"{part}Department") for part in ("Sender", "Accept"))
    codes = (_needed(one, "Code", names.CODE) for one in (sender, accept))
    return _needed(element, "LetterID", names.ID), _day(element, "CorrespondenceDate"), *codes  # type: ignore[return-value]


def _special(element: Element) -> InboundSpecialRequest:
    known = {one.lower(): one for one in SpecialItem}
    found = [one for one in element.children if one.name.lower() in known]
    if len(found) != 1:
        raise EcmsUnreadable("twice" if found else "missing", f"{element.path}/GovernmentDocument")
    return InboundSpecialRequest(known[found[0].name.lower()], *_which(found[0]))


def _statuses(element: Element) -> OutboundStatusResponse:
    return OutboundStatusResponse(
        tuple(
            OutboundStatus(
                _needed(one, "ProcessID", names.ID), _text(one, "LetterID", names.ID), _text(one, "ProcessStatus", names.NAME)
            )
            for one in _find(element, "Outbound")
        )
    )


_BODIES: dict[str, Callable[[Element], Body]] = {
    "correspondenceletteroutboundrequest": _outbound,
    "correspondenceletteroutboundresponse": lambda one: OutboundResponse(*_process(one)),
    "correspondenceletterinboundrequest": lambda one: InboundRequest(),
    "correspondenceletterinboundresponse": _inbound,
    "correspondencedeletegovernmentdocumentrequest": lambda one: DeleteGovernmentDocumentRequest(*_which(one)),
    "correspondenceletterdeleterequest": lambda one: LetterDeleteRequest(_process(one)[0]),
    "correspondenceletterdeleteresponse": lambda one: LetterDeleteResponse(*_process(one)),
    "correspondenceletterinboundspecialrequest": _special,
    "outboundstatusrequest": lambda one: OutboundStatusRequest(),
    "outboundstatusresponse": _statuses,
    "timecheckrequest": lambda one: TimeCheckRequest(),
    **{wanted.lower(): lambda one, wanted=wanted: MasterDataRequest(wanted) for wanted in MasterList},  # type: ignore[misc]
}
