"""The agenda of a meeting: heads, items and the papers under them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.meetings.models.kept_papers import KeptPaper
from phrom.meetings.models.meetings import Meeting
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither

PERSON = settings.AUTH_USER_MODEL


class HeadKind(models.TextChoices):
    """What a head of the agenda is for. Which heads a meeting begins with is data (agenda_heads.yaml)."""

    CHAIR_INFORMS = "chair_informs", "เรื่องประธานแจ้งที่ประชุมทราบ"
    ADOPTION = "adoption", "เรื่องรับรองรายงานการประชุม"
    FOLLOW_UP = "follow_up", "เรื่องสืบเนื่อง"
    INFORMATION = "information", "เรื่องเพื่อทราบ"
    CONSIDERATION = "consideration", "เรื่องเพื่อพิจารณา"
    OTHER = "other", "เรื่องอื่น ๆ"


class AgendaItem(models.Model):
    """A head ("3", no parent) or an item of it ("3.1"). Numbers follow from positions until the agenda is frozen.

    `position` counts through the whole agenda as it is printed: a head, its items, the next head. `frozen_in` is the agenda, or
    the supplement for what came late, in which the item was frozen.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(max_length=20, choices=HeadKind, blank=True)
    number = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=500)
    presenter = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField()
    resolves = models.BooleanField(default=True)
    late_because = models.CharField(max_length=500, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    frozen_in = models.ForeignKey(KeptPaper, null=True, blank=True, on_delete=models.PROTECT, related_name="items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], condition=~Q(number=""), name="agenda_item_number_once"),
            both_or_neither("withdrawn_by", "withdrawn_at", "agenda_item_withdrawn_who_and_when"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_frozen(self) -> bool:
        """True once the item stands in an agenda that was frozen: neither it nor its papers change any more."""
        return self.frozen_in_id is not None

    @property
    def is_withdrawn(self) -> bool:
        """True when the item was taken out after the invitation; it stays visible with the reason."""
        return self.withdrawn_at is not None


class PaperKind(models.TextChoices):
    """Where a paper's content comes from."""

    TEXT = "text", "ข้อความ"
    GENERATED = "generated", "จากข้อมูลในระบบ"
    ATTACHED = "attached", "ไฟล์แนบ"


class Paper(models.Model):
    """What stands under an agenda item, in order: a text, a part generated from live figures, or a file.

    `content` is the list of blocks (`shared.documents.content`) as JSON, `source` the key of what generated it, `sha256` the
    hash of what was frozen with the agenda. `version` grows with every change, so that two people cannot overwrite each other.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=PaperKind)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=40, blank=True)
    content = models.JSONField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=255, blank=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["position", "id"]
