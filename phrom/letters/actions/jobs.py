"""What the exchange does by itself. Queued in the same database, so a job exists exactly when its act was committed."""

from __future__ import annotations

from django_tasks import task

from phrom.letters.actions.delivering import send_due
from phrom.letters.actions.fetching import fetch
from phrom.letters.actions.peers import look_up
from phrom.letters.exchange.trouble import NotSigned
from phrom.letters.models import Peer, WantedFile
from phrom.shared.thai import clock
from phrom.shared.ui.refusals import Refusal


@task()
def deliver() -> None:
    """Send what is due; a job that finds nothing left has nothing to do."""
    send_due(at=clock.now())


@task()
def look_up_peer(peer_id: int) -> None:
    """A peer signed with a key that is not known here: see whether it announces one. An alarm tells of what is wrong."""
    try:
        look_up(peer=Peer.objects.get(pk=peer_id), at=clock.now())
    except (Refusal, NotSigned):
        return


@task()
def fetch_file(wanted_id: int) -> None:
    """Fetch a large file, so that the letter's next try finds it here."""
    fetch(wanted=WantedFile.objects.select_related("peer").get(pk=wanted_id), at=clock.now())
