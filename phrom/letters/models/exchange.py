"""The exchange between installations: our keys, the peers that a person trusted, what goes out and what came in, alarms."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from phrom.letters.models.incoming import Incoming
from phrom.letters.models.letters import Letter
from phrom.letters.models.offices import Office
from phrom.letters.models.recipients import Recipient
from phrom.letters.models.registers import PERSON
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither


class OwnNode(models.Model):
    """This installation as others know it; one row. Its address is a setting (PHROM_BASE_URL): it is the machine's."""

    one = models.BooleanField(default=True, unique=True, editable=False)
    node_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=300)


class OwnKey(models.Model):
    """One of our signing keys (Ed25519). The private half lies in the data folder, never here."""

    keyid = models.CharField(max_length=100, unique=True)
    public = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=100)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)


class Peer(models.Model):
    """Another installation. Known is not trusted: a person approves it after comparing the key's fingerprint."""

    node_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=300)
    base_url = models.URLField(max_length=500)
    approved_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)
    we_pull = models.BooleanField(default=False)
    they_pull = models.BooleanField(default=False)
    takes_secrets = models.BooleanField(default=False)
    versions = models.JSONField(default=list)
    known_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    looked_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_neither("approved_by", "approved_at", "peer_approved_who_and_when")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_trusted(self) -> bool:
        """True when a person approved it and nobody blocked it since."""
        return self.approved_at is not None and self.blocked_at is None


class PeerKey(models.Model):
    """A key of a peer: approved by a person, or announced in a document signed with one that was."""

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="keys")
    keyid = models.CharField(max_length=100)
    public = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=100)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "keyid"], name="peer_key_once"),
            both_or_neither("approved_by", "approved_at", "peer_key_approved_who_and_when"),
        ]


class Purpose(models.TextChoices):
    """What a message is."""

    LETTER = "letter", "หนังสือ"
    ACCEPTED = "accepted", "แจ้งเลขรับ"
    REJECTED = "rejected", "แจ้งปฏิเสธ"
    INVALID = "invalid", "แจ้งหนังสือผิด"
    RECALLED = "recalled", "แจ้งเรียกคืน"
    ANSWERED = "answered", "แจ้งว่าตอบแล้ว"
    RECEIVED = "received", "แจ้งว่าได้รับ (eCMS)"
    DISPUTED = "disputed", "แจ้งเลขรับผิด (eCMS)"


class Outgoing(models.Model):
    """A message to a peer or to eCMS. `delivery_id` and `digest` stay the same on every try; `receipt` is the signed answer.

    A letter's envelope is sealed before the first try, once its PDF exists; until then `envelope` and `digest` are empty.
    """

    delivery_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    peer = models.ForeignKey(Peer, null=True, on_delete=models.PROTECT, related_name="outgoing")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    recipient = models.ForeignKey(Recipient, null=True, on_delete=models.PROTECT, related_name="messages")
    incoming = models.ForeignKey(Incoming, null=True, on_delete=models.PROTECT, related_name="messages")
    envelope = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    last_trouble = models.CharField(max_length=500, blank=True)
    receipt = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "next_try_at"])]
        ordering = ["id"]


class Arrival(models.Model):
    """A message that came. Stored once for each sender and delivery id, with the receipt that every repeat gets again."""

    peer = models.ForeignKey(Peer, null=True, on_delete=models.PROTECT, related_name="arrivals")
    delivery_id = models.CharField(max_length=100)
    purpose = models.CharField(max_length=10, choices=Purpose)
    digest = models.CharField(max_length=64)
    envelope = models.TextField()
    receipt = models.TextField()
    arrived_at = models.DateTimeField()
    incoming = models.ForeignKey(Incoming, null=True, on_delete=models.PROTECT, related_name="arrivals")
    about = models.CharField(max_length=100, blank=True)  # a notice: the delivery id of the letter that it is about

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "delivery_id"], name="arrival_once"),
            models.UniqueConstraint(fields=["delivery_id"], name="arrival_once_without_peer", condition=models.Q(peer=None)),
        ]
        indexes = [models.Index(fields=["peer", "arrived_at"])]


class WantedFile(models.Model):
    """A file too large for the message that names it: fetched from the peer by its hash, piece by piece, before the letter is
    taken. Kept for each peer, so that nobody gets hold of a file of ours by naming its hash."""

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="wanted_files")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    asked_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    trouble = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "sha256"], name="wanted_file_once")]


class Alarm(models.Model):
    """Something in the exchange that a person must look at. `office` and `letter` where it is the clerk who must."""

    kind = models.CharField(max_length=40)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="alarms")
    peer = models.ForeignKey(Peer, null=True, on_delete=models.PROTECT, related_name="alarms")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="alarms")
    about = models.CharField(max_length=120)
    th = models.CharField(max_length=500)
    en = models.CharField(max_length=500)
    raised_at = models.DateTimeField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_neither("seen_by", "seen_at", "alarm_seen_who_and_when")]
        ordering = ["-id"]
