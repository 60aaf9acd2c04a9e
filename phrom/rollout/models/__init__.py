"""The rows of the room."""

from phrom.rollout.models.local_governments import FULL_WORDS, LocalGovernment, LocalKind
from phrom.rollout.models.programmes import DistrictOfficer, Enrolment, Party, PartyRole, Programme, Stage, Target
from phrom.rollout.models.support import (
    CaseNote,
    EvidenceKind,
    Holdback,
    HoldbackReason,
    StageRecord,
    SupportCase,
    Visit,
    VisitKind,
)

__all__ = [
    "FULL_WORDS",
    "CaseNote",
    "DistrictOfficer",
    "Enrolment",
    "EvidenceKind",
    "Holdback",
    "HoldbackReason",
    "LocalGovernment",
    "LocalKind",
    "Party",
    "PartyRole",
    "Programme",
    "Stage",
    "StageRecord",
    "SupportCase",
    "Target",
    "Visit",
    "VisitKind",
]
