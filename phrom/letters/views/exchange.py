"""What peers ask of us. No session: every request is signed (RFC 9421) by a key of a peer that a person approved."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions import inbox, own_node, pulling
from phrom.letters.actions.signers import AnyPeer, claimed_peer, signer_of
from phrom.letters.exchange import multipart
from phrom.letters.exchange.documents import INLINE
from phrom.letters.exchange.envelope import LONGEST
from phrom.letters.exchange.envelope import read as read_envelope
from phrom.letters.exchange.trouble import NotSigned, Unreadable
from phrom.letters.models import Peer
from phrom.shared.files.store import TooLarge, read
from phrom.shared.ui.refusals import Refusal

LONGEST_BODY = INLINE + 2 * LONGEST
LONGEST_PLACE = 16  # digits of a place in a file
Answering = Callable[..., HttpResponse]


class FromPeer(SignedRequest):
    """A request whose signature holds."""

    peer: Peer
    whole: bytes


def signed(method: str) -> Callable[[Answering], Answering]:
    """Only requests signed by a trusted peer, only with this method; refusals become JSON, since programs read them."""

    def wrap(view: Answering) -> Answering:
        @csrf_exempt
        @wraps(view)
        def answer(request: FromPeer, **arguments: str) -> HttpResponse:
            try:
                _refuse_too_long(request)
                peer = claimed_peer(request.headers.get("Signature-Input", ""))  # before a byte of the body is read
                request.whole = request.read(int(request.META.get("CONTENT_LENGTH") or 0))
                request.peer = signer_of(_asked(request), request.whole, peer, request.at)
                if request.method != method:
                    return HttpResponse(status=405, headers={"Allow": method})
                return view(request, **arguments)
            except Refusal as refusal:
                return _refused(refusal)

        return answer

    return wrap


@require_safe
def well_known(request: SignedRequest) -> HttpResponse:
    """Who this node is, signed."""
    try:
        text = own_node.well_known_text(request.at)
    except own_node.NoExchange as none:
        raise Http404 from none
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@signed("POST")
def take(request: FromPeer) -> HttpResponse:
    """Take a message; the answer is the signed receipt, after the commit."""
    text, parts = multipart.read(request.whole, request.headers.get("Content-Type", ""))
    if request.headers.get("Idempotency-Key", "").lower() != str(read_envelope(text).delivery_id):
        raise Unreadable("the Idempotency-Key is not the delivery id", where="delivery_id")
    receipt = inbox.take(came=inbox.Came(request.peer, text, parts), at=request.at)
    return HttpResponse(receipt, content_type="application/json; charset=utf-8")


@signed("GET")
def outgoing(request: FromPeer) -> HttpResponse:
    """What waits for the peer that asks."""
    envelopes = [row.envelope for row in pulling.waiting_for(peer=request.peer, at=request.at)]
    return JsonResponse({"envelopes": envelopes})


@signed("POST")
def ack(request: FromPeer) -> HttpResponse:
    """Receipts for what the peer fetched, or late ones."""
    try:
        receipts = [str(text) for text in json.loads(request.whole)["receipts"][:200]]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Unreadable("no list of receipts", where="receipts") from problem
    return JsonResponse({"kept": pulling.acknowledged(peer=request.peer, receipts=receipts, at=request.at)})


@signed("GET")
def file(request: FromPeer, sha256: str) -> HttpResponse:
    """A file of a letter to this peer, whole or from byte to byte."""
    stored = pulling.offered_file(peer=request.peer, sha256=sha256)
    if stored is None:
        return JsonResponse({"error": "NotHere"}, status=404)
    whole = b"".join(read(stored))
    asked = request.headers.get("Range", "").removeprefix("bytes=").split("-")
    if len(asked) == 2 and all(end.isascii() and end.isdigit() and len(end) < LONGEST_PLACE for end in asked):
        start, last = int(asked[0]), min(int(asked[1]), len(whole) - 1)
        if start > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(whole)}"})
        headers = {"Content-Range": f"bytes {start}-{last}/{len(whole)}"}
        return HttpResponse(whole[start : last + 1], status=206, content_type="application/octet-stream", headers=headers)
    return HttpResponse(whole, content_type="application/octet-stream")


def _refuse_too_long(request: HttpRequest) -> None:
    """Refuses TooLarge for a body that no message has, and NotSigned, before anything is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit() and len(length) < LONGEST_PLACE) or int(length) > LONGEST_BODY:
        raise TooLarge(LONGEST_BODY)
    if "Signature" not in request.headers:
        raise NotSigned("no signature")


def _asked(request: HttpRequest) -> AnyPeer:
    """The request as it was signed: by our own address, whatever name a proxy in front uses."""
    url = settings.PHROM_BASE_URL + request.get_full_path()
    return AnyPeer(request.method or "", url, dict(request.headers))


def _refused(refusal: Refusal) -> HttpResponse:
    response = JsonResponse(refusal.as_json(), status=refusal.status)
    if refusal.status in (425, 429, 503):
        response["Retry-After"] = "10"
    return response
