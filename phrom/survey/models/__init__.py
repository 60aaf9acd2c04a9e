"""What a survey keeps: rounds and asks, answers with versions, evidence, reviews, the province's answers."""

from phrom.survey.models.answers import Answer, AnswerVersion, Evidence, EvidenceLink
from phrom.survey.models.consolidation import AnswerSet, ProvinceAnswer
from phrom.survey.models.rounds import Ask, AskState, Review, ReviewKind, Round, Survey

__all__ = [
    "Answer",
    "AnswerSet",
    "AnswerVersion",
    "Ask",
    "AskState",
    "Evidence",
    "EvidenceLink",
    "ProvinceAnswer",
    "Review",
    "ReviewKind",
    "Round",
    "Survey",
]
