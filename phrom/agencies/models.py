"""Agencies, their posts and people, and who may act for whom from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from phrom.agencies.roles import ROLES
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither


class AgencyKind(models.TextChoices):
    """What sort of office this is."""

    PROVINCE = "province", "จังหวัด"
    DEPARTMENT = "department", "กรมหรือเทียบเท่า"
    PROVINCIAL_OFFICE = "provincial_office", "สำนักงานจังหวัด"
    STATISTICAL_OFFICE = "statistical_office", "สำนักงานสถิติจังหวัด"
    CENTRAL = "central", "ราชการบริหารส่วนกลาง"
    REGIONAL = "regional", "ราชการบริหารส่วนภูมิภาค"
    STATE_ENTERPRISE = "state_enterprise", "รัฐวิสาหกิจ"
    EDUCATION = "education", "สถานศึกษา"
    LOCAL_GOVERNMENT = "local_government", "องค์กรปกครองส่วนท้องถิ่น"
    PRIVATE = "private", "ภาคเอกชน"
    NETWORK = "network", "ภาคเครือข่าย"


class Agency(models.Model):
    """An office. A body (a province or a department that answers the survey) has no `body`; its agencies point to it."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=30, choices=AgencyKind)
    parent_department = models.CharField(max_length=300, blank=True)
    body = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="agencies")
    position = models.PositiveIntegerField(default=0)
    # The 211 local governments of a province belong to it, but its survey asks its own agencies only.
    answers_survey = models.BooleanField(default=True)
    # The head approves the agency's answers before the coordinator sees them.
    head_approves = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def is_body(self) -> bool:
        """True for a province or department that answers the survey itself."""
        return self.body_id is None

    @property
    def own_body(self) -> Agency:
        """The body that the agency belongs to; a body is its own."""
        return self.body or self

    @property
    def own_body_id(self) -> int:
        """The id of `own_body`, without a query."""
        return self.body_id or self.pk


class Post(models.Model):
    """A position in an agency; people come and go, the post stays."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=300)
    is_head = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="post_once_in_agency")]

    def __str__(self) -> str:
        return self.title


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person with this e-mail address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from their memberships, never from here."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by day."""

    def in_force(self, on: date) -> MembershipQuerySet:
        """Those that hold on this day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def of_body(self, body: Agency) -> MembershipQuerySet:
        """Those at the body or at one of its agencies."""
        return self.filter(Q(agency=body) | Q(agency__body=body))

    def of_bodies(self, body_ids: Sequence[int]) -> MembershipQuerySet:
        """Those at these bodies or at their agencies."""
        return self.filter(Q(agency__in=body_ids) | Q(agency__body__in=body_ids))


class Membership(models.Model):
    """A person in a role at an agency, from a day to a day (both included)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=[(role.key, role.name) for role in ROLES.values()])
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(fields=["person", "agency", "role", "starts_on"], name="membership_once"),
        ]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what can still be done with them."""

    def open(self, at: datetime) -> InvitationQuerySet:
        """Those whose link works at this moment."""
        return self.filter(accepted_at=None, expires_at__gt=at)

    def of_bodies(self, body_ids: Sequence[int]) -> InvitationQuerySet:
        """Those to these bodies or to their agencies."""
        return self.filter(Q(agency__in=body_ids) | Q(agency__body__in=body_ids))


class Invitation(models.Model):
    """A mailed invitation to sign in for the first time; the token itself is only in the mail, here stands its SHA-256."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    role = models.CharField(max_length=40, choices=[(role.key, role.name) for role in ROLES.values()])
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_sent")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="invitations_accepted")
    accepted_at = models.DateTimeField(null=True)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [both_or_neither("accepted_by", "accepted_at", "invitation_accepted_who_and_when")]

    def is_open(self, at: datetime) -> bool:
        """True while the link works."""
        return self.accepted_at is None and at < self.expires_at


class PaperForm(models.TextChoices):
    """The forms of official papers that have a template of their own (`shared.documents.content.Form`)."""

    AGENDA = "agenda", "ระเบียบวาระการประชุม"
    LETTER = "letter", "หนังสือภายนอก"
    MEMO = "memo", "บันทึกข้อความ"
    ORDER = "order", "คำสั่ง"
    MINUTES = "minutes", "รายงานการประชุม"
    EXTRACT = "extract", "คัดสำเนามติ"
    STAMPED = "stamped", "หนังสือประทับตรา"
    ANNOUNCEMENT = "announcement", "ประกาศ"
    CERTIFICATE = "certificate", "หนังสือรับรอง"


class Letterhead(models.Model):
    """What stands above a body's letters: the office and its address, and the emblem that was uploaded."""

    body = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="letterhead")
    office = models.CharField(max_length=300)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    letter_code = models.CharField(max_length=40, blank=True)
    emblem = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    @property
    def lines(self) -> tuple[str, ...]:
        """Office and address, line by line, as a letter prints them."""
        return (self.office, *(line.strip() for line in self.address.splitlines() if line.strip()))

    @property
    def telephone(self) -> str:
        """ "โทร. 0 5311 2708", or nothing."""
        return f"โทร. {self.phone}" if self.phone else ""

    @property
    def memo_line(self) -> str:
        """Office and telephone in one line, as a memo prints them."""
        return f"{self.office} {self.telephone}".strip()

    def numbered(self, number: str) -> str:
        """A letter's number behind the office's code, unless it was typed with one."""
        return number if "/" in number or not self.letter_code else f"{self.letter_code}/{number}"


class PaperTemplate(models.Model):
    """A body's own Word template for a form; the one that is not withdrawn holds, without one the default does."""

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="paper_templates")
    form = models.CharField(max_length=20, choices=PaperForm)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "form"], condition=Q(withdrawn_at=None), name="paper_template_one_in_use"),
            both_or_neither("withdrawn_by", "withdrawn_at", "paper_template_withdrawn_who_and_when"),
        ]


class SignInCount(models.Model):
    """Tries in a row without the right password; `counter` is the address typed, or the address with a known browser."""

    counter = models.CharField(max_length=260, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
