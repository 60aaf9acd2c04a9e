"""Scores kept with their day, the official results of earlier years, and answer packs being made."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phrom.agencies.models import Agency
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither
from phrom.survey.models import Round


class Snapshot(models.Model):
    """A scorecard and KPI result as computed on a day; `is_final` when made from the frozen set `set_sha256`."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="snapshots")
    is_final = models.BooleanField(default=False)
    edition_hash = models.CharField(max_length=64)
    set_sha256 = models.CharField(max_length=64, blank=True)
    scorecard = models.JSONField()
    kpi = models.JSONField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round"], condition=models.Q(is_final=True), name="snapshot_final_once")]
        indexes = [models.Index(fields=["set_sha256"], name="snapshot_by_set")]  # asked by anybody with a printed pack
        ordering = ["-id"]


class OfficialResult(models.Model):
    """What DGA announced for a body and fiscal year, with its source."""

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="official_results")
    fiscal_year = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=6, decimal_places=2)
    level = models.PositiveIntegerField(null=True)
    level_name = models.CharField(max_length=60, blank=True)
    best_pillar = models.CharField(max_length=4, blank=True)
    weakest_pillar = models.CharField(max_length=4, blank=True)
    source = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "fiscal_year"], name="official_result_once_a_year")]


class RekeyTick(models.Model):
    """A row that somebody typed into the surveyor's portal. Taken back means marked; the standing one says who and when."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rekey_ticks")
    code = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code"], condition=models.Q(undone_at=None), name="rekey_tick_standing_once"
            ),
            both_or_neither("undone_by", "undone_at", "rekey_tick_undone_who_and_when"),
        ]


class PackState(models.TextChoices):
    """Where the making of a pack stands."""

    WAITING = "waiting", "รอคิว"
    WORKING = "working", "กำลังจัดทำ"
    DONE = "done", "พร้อมดาวน์โหลด"
    FAILED = "failed", "จัดทำไม่สำเร็จ"


class AnswerPack(models.Model):
    """One making of the answer pack: progress in percent, what it is doing, and the finished ZIP."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="packs")
    state = models.CharField(max_length=10, choices=PackState, default=PackState.WAITING)
    progress = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
