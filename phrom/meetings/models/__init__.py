"""Meetings of a committee: call, agenda, papers, attendance, resolutions, minutes and follow-ups."""

from phrom.meetings.models.agenda import AgendaItem, HeadKind, Paper, PaperKind
from phrom.meetings.models.attendance import Attendance, AttendanceKind, Reply, ReplyKind
from phrom.meetings.models.follow_ups import FollowUp, FollowUpNote, NoteKind
from phrom.meetings.models.kept_papers import KeptPaper, PaperForm
from phrom.meetings.models.meetings import Meeting
from phrom.meetings.models.minutes import Minutes, MinutesComment, MinutesText
from phrom.meetings.models.resolutions import Resolution, ResolutionKind

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceKind",
    "FollowUp",
    "FollowUpNote",
    "HeadKind",
    "KeptPaper",
    "Meeting",
    "Minutes",
    "MinutesComment",
    "MinutesText",
    "NoteKind",
    "Paper",
    "PaperForm",
    "PaperKind",
    "Reply",
    "ReplyKind",
    "Resolution",
    "ResolutionKind",
]
