"""The rows of the room."""

from phrom.letters.models.codes import SECRET_BOOKS, Book, LetterKind, Retention, Secrecy, Speed, Via
from phrom.letters.models.destruction import Decision, DestructionItem, DestructionList, DestructionMember, ListStep
from phrom.letters.models.exchange import Alarm, Arrival, Outgoing, OwnKey, OwnNode, Peer, PeerKey, Purpose, WantedFile
from phrom.letters.models.importing import RegisterImport
from phrom.letters.models.incoming import Incoming, IncomingFile, Step, StepKind
from phrom.letters.models.letters import Attachment, Letter, Reference
from phrom.letters.models.offices import DirectoryEntry, Office
from phrom.letters.models.recipients import Recipient, RecipientState, RecipientStatus
from phrom.letters.models.registers import EntryState, Register, RegisterEntry, RegisterLine
from phrom.letters.models.searching import Findable
from phrom.letters.models.secrets import SecretReader

__all__ = [
    "SECRET_BOOKS",
    "Alarm",
    "Arrival",
    "Attachment",
    "Book",
    "Decision",
    "DestructionItem",
    "DestructionList",
    "DestructionMember",
    "DirectoryEntry",
    "EntryState",
    "Findable",
    "Incoming",
    "IncomingFile",
    "Letter",
    "LetterKind",
    "ListStep",
    "Office",
    "Outgoing",
    "OwnKey",
    "OwnNode",
    "Peer",
    "PeerKey",
    "Purpose",
    "Recipient",
    "RecipientState",
    "RecipientStatus",
    "Reference",
    "Register",
    "RegisterEntry",
    "RegisterImport",
    "RegisterLine",
    "Retention",
    "Secrecy",
    "SecretReader",
    "Speed",
    "Step",
    "StepKind",
    "Via",
    "WantedFile",
]
