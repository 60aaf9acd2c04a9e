"""What the minutes say under each item now: the highest version of its text."""

from __future__ import annotations

from django.db.models import Max

from phrom.meetings.models import Minutes, MinutesText


def newest_texts(minutes: Minutes) -> dict[int, MinutesText]:
    """The newest text by item. One query."""
    last = minutes.texts.values("item").annotate(last=Max("id")).values("last")
    return {text.item_id: text for text in MinutesText.objects.filter(pk__in=last).select_related("saved_by")}


def corrected_since(minutes: Minutes) -> frozenset[int]:
    """Items whose text was changed after the minutes went out. One query; none before."""
    if minutes.circulated_at is None:
        return frozenset()
    return frozenset(minutes.texts.filter(saved_at__gt=minutes.circulated_at).values_list("item", flat=True))
