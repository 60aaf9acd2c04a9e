"""Who signed a request: the one question that every message between installations begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phrom.letters.actions.jobs import look_up_peer
from phrom.letters.actions.own_node import own_node
from phrom.letters.actions.peers import key_of, may_look_up
from phrom.letters.exchange.keys import node_of
from phrom.letters.exchange.signing import claimed_key, verified_key
from phrom.letters.exchange.trouble import NotSigned, NotYet
from phrom.letters.models import Peer


@dataclass(frozen=True)
class AnyPeer:
    """A request as it was signed."""

    method: str
    url: str
    headers: dict[str, str]


def claimed_peer(signature_input: str) -> Peer:
    """The trusted peer by whose key a request says that it is signed; nothing is believed yet. Refuses NotSigned."""
    own_node()
    node_id = node_of(claimed_key({"Signature-Input": signature_input}))
    peer = Peer.objects.filter(node_id=node_id).first() if node_id else None
    if peer is None or not peer.is_trusted:
        raise NotSigned("the node is not approved here")
    return peer


def signer_of(asked: AnyPeer, body: bytes, peer: Peer, at: datetime) -> Peer:
    """The peer, where it is the one that signed this request, whole and within five minutes.

    Refuses NotSigned; NotYet for a key of a trusted peer that is not known here, after setting out to look it up.
    """
    keyid = claimed_key(asked.headers)
    if not peer.keys.filter(keyid=keyid).exists():
        if may_look_up(peer, at):
            Peer.objects.filter(pk=peer.pk).update(looked_up_at=at)
            look_up_peer.enqueue(peer.pk)
        raise NotYet(
            "ยังไม่รู้จักกุญแจนี้ ระบบกำลังอ่านเอกสารของระบบต้นทางใหม่ ยังไม่มีอะไรถูกบันทึก กรุณาส่งอีกครั้งในอีกสักครู่",
            "This key is not known yet; it is being looked up. Nothing was kept. Please send it again a little later.",
            where="keyid",
        )
    verified_key(asked.method, asked.url, asked.headers, body, key_of=lambda name: key_of(peer, name, at), at=at)
    return peer
