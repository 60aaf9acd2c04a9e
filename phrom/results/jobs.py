"""The slow jobs of the room. Queued in the same database, so a job exists exactly when its click was committed."""

from __future__ import annotations

from django_tasks import task

from phrom.results.actions import packs
from phrom.results.models import AnswerPack
from phrom.shared.thai import clock


@task()
def build_pack(pack_id: int) -> None:
    """Make one answer pack. There is one job process: a pack still under work was left by one that was killed."""
    packs.give_up_unfinished(at=clock.now())
    pack = AnswerPack.objects.select_related("round__body", "round__survey", "requested_by").get(pk=pack_id)
    packs.make_pack(pack=pack, clock=clock.now)
