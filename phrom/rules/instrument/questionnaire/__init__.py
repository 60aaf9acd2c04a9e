"""A questionnaire's table that was only on paper or in a file, read as rows, with a report of what looks wrong."""

from phrom.rules.instrument.questionnaire.anomalies import Anomaly, Questionnaire, read_questionnaire
from phrom.rules.instrument.questionnaire.draft import draft_of
from phrom.rules.instrument.questionnaire.lines import Line, lines_of_rows, lines_of_text
from phrom.rules.instrument.questionnaire.reading import FoundRow

__all__ = [
    "Anomaly",
    "FoundRow",
    "Line",
    "Questionnaire",
    "draft_of",
    "lines_of_rows",
    "lines_of_text",
    "read_questionnaire",
]
