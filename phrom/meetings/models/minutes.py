"""Minutes (รายงานการประชุม): one record, drafted, circulated, commented, adopted, then frozen."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phrom.meetings.models.agenda import AgendaItem
from phrom.meetings.models.meetings import Meeting
from phrom.shared.journal.constraints import both_or_neither

PERSON = settings.AUTH_USER_MODEL


class Minutes(models.Model):
    """The minutes of a meeting. One person at a time is the editor, `wanted_by` asks for the pen; a later meeting adopts."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    taker = models.CharField(max_length=200, blank=True)
    taker_position = models.CharField(max_length=300, blank=True)
    checker = models.CharField(max_length=200, blank=True)
    checker_position = models.CharField(max_length=300, blank=True)
    drafted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    editor = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    editing_at = models.DateTimeField(null=True)
    wanted_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    wanted_at = models.DateTimeField(null=True)
    comments_until = models.DateField(null=True)
    circulated_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    circulated_at = models.DateTimeField(null=True)
    adopted_in = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="minutes_adopted")
    adopted_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            both_or_neither("editor", "editing_at", "minutes_editor_who_and_when"),
            both_or_neither("wanted_by", "wanted_at", "minutes_wanted_who_and_when"),
            both_or_neither("circulated_by", "circulated_at", "minutes_circulated_who_and_when"),
            both_or_neither("adopted_by", "adopted_at", "minutes_adopted_who_and_when"),
            both_or_neither("adopted_at", "adopted_in", "minutes_adopted_in_a_meeting"),
        ]


class MinutesText(models.Model):
    """A version of what the minutes say under an item; the highest version holds, two people cannot make the same one."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="texts")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    saved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "item", "version"], name="minutes_text_version_once")]


class MinutesComment(models.Model):
    """What somebody who attended asks to have corrected, and what the secretary answered."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="comments")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_neither("answered_by", "answered_at", "minutes_comment_answered_who_and_when")]
