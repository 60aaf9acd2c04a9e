"""All messages of eCMS as values, named as the standard names them (TH e-GIF, sections 3.2 and 3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Party:
    """Who sends or receives: a person in a post, and the codes of ministry and department."""

    given_name: str = ""
    family_name: str = ""
    job_title: str = ""
    ministry: str = ""
    department: str = ""


@dataclass(frozen=True)
class ReferenceLetter:
    """A line of อ้างถึง."""

    id: str
    dated: date | None = None
    subject: str = ""


@dataclass(frozen=True)
class Binary:
    """A file inside a message, with its type as the sender named it."""

    mime: str
    content: bytes


@dataclass(frozen=True)
class SignerParty:
    """Who signed the paper."""

    given_name: str = ""
    family_name: str = ""
    title: str = ""
    ministry: str = ""
    department: str = ""


@dataclass(frozen=True)
class GovernmentSignature:
    """What kind of signature the letter has, and whose."""

    type_code: str = ""
    signer: SignerParty = SignerParty()


@dataclass(frozen=True)
class XmlSignature:
    """What an inbound letter's ds:Signature says. It is kept for the record and not believed: no root of trust is published."""

    reference: str = ""
    digest: str = ""
    value: str = ""
    subject: str = ""
    certificate: str = ""


@dataclass(frozen=True)
class CorrespondenceLetter:
    """A letter. `speed` and `secret` are the codes 001 to 004; `dated` and `send_date` are days."""

    id: str
    dated: date
    subject: str
    secret: str
    speed: str
    sender: Party
    receiver: Party
    references: tuple[ReferenceLetter, ...] = ()
    attachment: str = ""
    send_date: date | None = None
    description: str = ""
    main: Binary | None = None
    attachments: tuple[Binary, ...] = ()


@dataclass(frozen=True)
class GovernmentDocument:
    """A letter with its signatures."""

    letter: CorrespondenceLetter
    signature: GovernmentSignature | None = None
    xml_signature: XmlSignature | None = None


class NotifierKind(StrEnum):
    """What is told about a letter."""

    RECEIVE = "ReceiveLetterNotifier"
    ACCEPT = "AcceptLetterNotifier"
    REJECT = "RejectLetterNotifier"
    INVALID = "InvalidLetterNotifier"
    INVALID_ACCEPT_ID = "InvalidAcceptIDNotifier"


NUMBERED = (NotifierKind.ACCEPT, NotifierKind.INVALID_ACCEPT_ID)


@dataclass(frozen=True)
class Notifier:
    """What became of a letter. `accept_id` is the receiver's own number, where the kind has one."""

    kind: NotifierKind
    letter_id: str
    dated: date
    subject: str
    accept_id: str = ""


Item = GovernmentDocument | Notifier


@dataclass(frozen=True)
class OutboundRequest:
    """A letter or a notifier on its way to the own node."""

    item: Item


@dataclass(frozen=True)
class OutboundResponse:
    """The node took it and gave it a process id."""

    process_id: str
    process_time: str = ""


@dataclass(frozen=True)
class InboundRequest:
    """Asks for the next item of any kind."""


@dataclass(frozen=True)
class InboundResponse:
    """The next item, or nothing."""

    process_id: str
    process_time: str = ""
    item: Item | None = None


@dataclass(frozen=True)
class DeleteGovernmentDocumentRequest:
    """Takes a letter back at the node, before it is sent again."""

    letter_id: str
    dated: date
    sender_department: str
    accept_department: str


@dataclass(frozen=True)
class LetterDeleteRequest:
    """The item of this process id was taken off the queue for good."""

    process_id: str


@dataclass(frozen=True)
class LetterDeleteResponse:
    """The node has removed it."""

    process_id: str
    process_time: str = ""


class SpecialItem(StrEnum):
    """What may be asked for once more."""

    DOCUMENT = "GovernmentDocument"
    RECEIVE = NotifierKind.RECEIVE
    ACCEPT = NotifierKind.ACCEPT
    REJECT = NotifierKind.REJECT
    INVALID = NotifierKind.INVALID
    INVALID_ACCEPT_ID = NotifierKind.INVALID_ACCEPT_ID


@dataclass(frozen=True)
class InboundSpecialRequest:
    """Asks once more for one item."""

    item: SpecialItem
    letter_id: str
    dated: date
    sender_department: str
    accept_department: str


class MasterList(StrEnum):
    """Lists that a node gives."""

    MINISTRIES = "GetMinistryOrganizationList"
    ORGANIZATIONS = "GetOrganizationList"
    SECRET_CODES = "GetSecretCodes"  # noqa: S105  the name of a list
    SPEED_CODES = "GetSpeedCodes"
    MIME_CODES = "GetMimeCodes"


@dataclass(frozen=True)
class MasterDataRequest:
    """Asks for a list."""

    wanted: MasterList


@dataclass(frozen=True)
class OutboundStatusRequest:
    """Asks what became of what was sent."""


@dataclass(frozen=True)
class OutboundStatus:
    """Where one item is."""

    process_id: str
    letter_id: str
    process_status: str


@dataclass(frozen=True)
class OutboundStatusResponse:
    """Where the items are."""

    items: tuple[OutboundStatus, ...] = ()


@dataclass(frozen=True)
class TimeCheckRequest:
    """Asks for the node's time."""


Body = (
    OutboundRequest
    | OutboundResponse
    | InboundRequest
    | InboundResponse
    | DeleteGovernmentDocumentRequest
    | LetterDeleteRequest
    | LetterDeleteResponse
    | InboundSpecialRequest
    | MasterDataRequest
    | OutboundStatusRequest
    | OutboundStatusResponse
    | TimeCheckRequest
)


@dataclass(frozen=True)
class Message:
    """A body with what its header says. `relates_to` is the message id of what it answers."""

    body: Body
    message_id: str = ""
    to: str = ""
    relates_to: str = ""
