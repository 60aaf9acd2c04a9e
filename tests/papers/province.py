"""The committee of the demo province: its orders, seats and meetings from the seed, without the survey's answers."""

from __future__ import annotations

from pathlib import Path

from phrom.agencies.models import Agency
from phrom.config.seeding.load import load_seed
from phrom.config.seeding.shape import Seed

DEMO = Path(__file__).resolve().parents[2] / "demo/chiangmai-2567/seed.json"


def demo_committee(*, meetings: int = 1) -> Agency:
    """Chiang Mai with both orders and so many of its meetings."""
    whole = Seed.model_validate_json(DEMO.read_text(encoding="utf-8"))
    people = [
        person.model_copy(update={"memberships": [one for one in person.memberships if not one.agency.startswith("full-")]})
        for person in whole.people
    ]
    part = {
        "bodies": whole.bodies[:1],
        "people": people,
        "orders": [order for order in whole.orders if order.body == "chiangmai"],
        "meetings": [],
        "called_meetings": whole.called_meetings[:meetings],
        "official_results": whole.official_results[:1],
        "rounds": [],
    }
    assert whole.clock is not None
    load_seed(whole.model_copy(update=part), at=whole.clock)
    return Agency.objects.get(code="chiangmai")
