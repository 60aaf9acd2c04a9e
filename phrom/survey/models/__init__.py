"""What a survey keeps: rounds and asks, answers with versions, evidence, lists, reviews, the province's answers."""

from phrom.survey.models.answers import Answer, AnswerVersion, Evidence, EvidenceLink
from phrom.survey.models.consolidation import (
    AnswerSet,
    Justification,
    ProvinceAnswer,
    ProvinceDecision,
    SetProposal,
    TakenProposal,
)
from phrom.survey.models.lists import ListedKind, ListItem, Twin
from phrom.survey.models.rounds import (
    Ask,
    AskedOnce,
    AskState,
    CarriedAnswer,
    Extension,
    Inquiry,
    InquiryNote,
    Review,
    ReviewKind,
    Round,
    Survey,
)

__all__ = [
    "Answer",
    "AnswerSet",
    "AnswerVersion",
    "Ask",
    "AskState",
    "AskedOnce",
    "CarriedAnswer",
    "Evidence",
    "EvidenceLink",
    "Extension",
    "Inquiry",
    "InquiryNote",
    "Justification",
    "ListItem",
    "ListedKind",
    "ProvinceAnswer",
    "ProvinceDecision",
    "Review",
    "ReviewKind",
    "Round",
    "SetProposal",
    "Survey",
    "TakenProposal",
    "Twin",
]
