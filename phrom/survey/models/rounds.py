"""A survey (the edition of one year), a body's round of it, and what each agency is asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.agencies.models import Agency
from phrom.meetings.models import Resolution
from phrom.shared.journal.constraints import both_or_neither


class Survey(models.Model):
    """One edition, pinned: its canonical JSON and that text's SHA-256. An id stands for one content for ever."""

    edition_id = models.CharField(max_length=80, unique=True)
    edition_hash = models.CharField(max_length=64, unique=True)
    fiscal_year = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    document = models.TextField()

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """One body's running of a survey. Open until frozen; the internal deadline marks lateness, it does not close."""

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="rounds")
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="rounds")
    mandate = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds")
    internal_deadline = models.DateField()
    is_demo = models.BooleanField(default=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "survey"], name="round_once_for_body_and_survey"),
            both_or_neither("frozen_by", "frozen_at", "round_frozen_who_and_when"),
        ]
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.survey.title} ({self.body.name})"

    @property
    def is_frozen(self) -> bool:
        """True once the province's set is closed; nothing of the round changes any more."""
        return self.frozen_at is not None


class AskState(models.TextChoices):
    """Where a row stands at one agency. The history is in the reviews; this is their newest, kept for boards."""

    OPEN = "open", "ยังไม่ส่ง"
    WITH_HEAD = "with_head", "รอหัวหน้าเห็นชอบ"
    SUBMITTED = "submitted", "ส่งแล้ว รอตรวจ"
    RETURNED = "returned", "ส่งกลับแก้ไข"
    ACCEPTED = "accepted", "รับแล้ว"


class Ask(models.Model):
    """One row of the questionnaire put to one agency. `lead`: this agency owns the row or leads it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="asks")
    code = models.CharField(max_length=20)
    pillar = models.CharField(max_length=4)
    position = models.PositiveIntegerField()
    lead = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=AskState, default=AskState.OPEN)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "agency", "code"], name="ask_once"),
            both_or_neither("withdrawn_by", "withdrawn_at", "ask_withdrawn_who_and_when"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.code

    @property
    def editable(self) -> bool:
        """True while the agency may change its answer: not yet sent, or sent back."""
        return self.withdrawn_at is None and self.state in (AskState.OPEN, AskState.RETURNED)


class ReviewKind(models.TextChoices):
    """What was done to an ask in review."""

    PREPARED = "prepared", "เสนอหัวหน้าหน่วยงาน"
    TAKEN_BACK = "taken_back", "หัวหน้าหน่วยงานให้แก้ไข"
    SUBMITTED = "submitted", "ส่งให้ตรวจ"
    RETURNED = "returned", "ส่งกลับแก้ไข"
    ACCEPTED = "accepted", "รับคำตอบ"
    REOPENED = "reopened", "เปิดให้แก้ไข"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Steps of many asks."""

    def newest_by_ask(self) -> dict[int, Review]:
        """The last of these steps for each ask, with who took it: one query."""
        return {step.ask_id: step for step in self.select_related("by").order_by("id")}


class Review(models.Model):
    """One step of an ask: sent, returned with a reason, accepted, reopened. `version` is the answer's version it was about."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=12, choices=ReviewKind)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["id"]


class AskedOnce(models.Model):
    """A row whose owner answers while the other agencies confirm, add or differ. Undone means marked."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asked_once")
    code = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], condition=Q(ended_at=None), name="asked_once_standing"),
            both_or_neither("ended_by", "ended_at", "asked_once_ended_who_and_when"),
        ]


class Extension(models.Model):
    """A later deadline of one agency, with the reason. The newest counts."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="extensions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class Inquiry(models.Model):
    """A question about one ask, between reviewer and agency, as a thread. Open or answered by its last note, until closed."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="inquiries")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [both_or_neither("closed_by", "closed_at", "inquiry_closed_who_and_when")]
        ordering = ["id"]


class InquiryNote(models.Model):
    """One turn of an inquiry. `from_agency`: said by the agency that is asked, not by the reviewer."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=2000)
    from_agency = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class CarriedAnswer(models.Model):
    """Last year's text laid beside an ask by a crosswalk. It is no answer: only who confirms it saves one.

    `relation` is the crosswalk's word for how the rows belong together, `content` is what would be saved.
    """

    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="carried")
    content = models.JSONField()
    from_year = models.PositiveIntegerField()
    from_code = models.CharField(max_length=20)
    relation = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [both_or_neither("settled_by", "settled_at", "carried_settled_who_and_when")]
