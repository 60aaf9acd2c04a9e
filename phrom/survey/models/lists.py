"""Named things that agencies list: services, datasets, trainings, technologies, systems; and which of them are the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phrom.agencies.models import Agency
from phrom.shared.journal.constraints import both_or_neither
from phrom.survey.models.answers import Evidence
from phrom.survey.models.rounds import Round


class ListedKind(models.TextChoices):
    """The five lists; the words are those of `phrom.rules.instrument.model.ListKind`."""

    SERVICES = "services", "บริการ"
    DATASETS = "datasets", "ชุดข้อมูล"
    TRAININGS = "trainings", "การพัฒนาบุคลากร"
    TECHNOLOGIES = "technologies", "เทคโนโลยีที่ใช้"
    SYSTEMS = "systems", "ระบบงานภายใน"


class ListItem(models.Model):
    """One named thing of an agency in a round. `key` is its name normalised for finding the same thing elsewhere.

    `content` holds the fields of its kind. `version` guards against silent overwriting; taken away means marked.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="list_items")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="list_items")
    kind = models.CharField(max_length=12, choices=ListedKind)
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    unit = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    is_digital = models.BooleanField(default=False)
    provider = models.CharField(max_length=10, blank=True)
    content = models.JSONField(default=dict)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="list_items")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "agency", "kind", "key"], condition=Q(removed_at=None), name="list_item_once_at_an_agency"
            ),
            both_or_neither("removed_by", "removed_at", "list_item_removed_who_and_when"),
        ]
        indexes = [models.Index(fields=["round", "kind", "key"], name="list_item_by_name")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Twin(models.Model):
    """The coordinator's word on two items that look alike: the same thing, or two different things. Undone means marked."""

    first = models.ForeignKey(ListItem, on_delete=models.PROTECT, related_name="twins_after")
    second = models.ForeignKey(ListItem, on_delete=models.PROTECT, related_name="twins_before")
    is_same = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="twin_in_order"),
            models.UniqueConstraint(fields=["first", "second"], condition=Q(undone_at=None), name="twin_said_once"),
            both_or_neither("undone_by", "undone_at", "twin_undone_who_and_when"),
        ]
        ordering = ["id"]
