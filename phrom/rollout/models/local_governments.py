"""Local governments: agencies of the province's body with what the list of the Department of Local Administration says."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from phrom.agencies.models import Agency


class LocalKind(models.TextChoices):
    """The types of local government, by the short words that the official list uses."""

    PROVINCIAL = "pao", "อบจ."
    CITY = "city", "เทศบาลนคร"
    TOWN = "town", "เทศบาลเมือง"
    SUBDISTRICT = "subdistrict", "เทศบาลตำบล"
    ADMINISTRATION = "sao", "อบต."


FULL_WORDS: dict[str, str] = {
    LocalKind.PROVINCIAL: "องค์การบริหารส่วนจังหวัด",
    LocalKind.CITY: "เทศบาลนคร",
    LocalKind.TOWN: "เทศบาลเมือง",
    LocalKind.SUBDISTRICT: "เทศบาลตำบล",
    LocalKind.ADMINISTRATION: "องค์การบริหารส่วนตำบล",
}


class LocalGovernmentQuerySet(models.QuerySet["LocalGovernment"]):
    """Local governments by whose they are."""

    def of_bodies(self, body_ids: Sequence[int]) -> LocalGovernmentQuerySet:
        """Those of these provinces."""
        return self.filter(agency__body__in=body_ids)


class LocalGovernment(models.Model):
    """What the official list says of one. `dla_code` is an identity and nothing else: nobody reads a meaning out of it."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="local_government")
    dla_code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=LocalKind)
    name_en = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=100, blank=True)
    district_code = models.CharField(max_length=20, blank=True)
    geocode = models.CharField(max_length=20, blank=True)
    size = models.CharField(max_length=20, blank=True)
    objects = LocalGovernmentQuerySet.as_manager()

    class Meta:
        ordering = ["district", "kind", "agency__name"]

    def __str__(self) -> str:
        return self.agency.name

    @property
    def place(self) -> str:
        """ "อำเภอสันทราย", or the whole province where the list names no district."""
        return f"อำเภอ{self.district}" if self.district else "ทั้งจังหวัด"
