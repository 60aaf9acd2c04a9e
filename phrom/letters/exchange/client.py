"""Speaking to a peer: the name is resolved once, the address checked and then used; no redirects, limits in time and size.

A check before the connection is not enough, since a name may lead elsewhere the second time: we connect to the very address
that was checked, and TLS still proves the name.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from phrom.letters.exchange.trouble import ForbiddenAddress, Unreachable

LONGEST_ANSWER = 32 * 1024 * 1024
PIECE = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """How peers are spoken to. `private`: inside addresses and plain HTTP are allowed (tests, a network of one's own)."""

    seconds: float = 20
    private: bool = False


def call(
    method: str,
    url: str,
    *,
    line: Line,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    limit: int = LONGEST_ANSWER,
) -> Reply:
    """One request and its whole answer. Raises Unreachable, and ForbiddenAddress before anything is sent."""
    scheme, host, port, target = parts_of(url, private=line.private)
    until = time.monotonic() + line.seconds
    connection = _Checked(host, port, line, tls=scheme == "https")
    patience = threading.Timer(line.seconds, connection.hang_up)
    patience.daemon = True
    try:
        patience.start()
        connection.request(method, target, body or None, dict(headers or {}))
        answer = connection.getresponse()
        return Reply(answer.status, _whole(answer, limit, until), dict(answer.getheaders()))
    except (OSError, http.client.HTTPException, ssl.SSLError, ValueError) as problem:
        why = "timed out" if connection.over else f"{type(problem).__name__}: {problem}"
        raise Unreachable(why[:300]) from problem
    finally:
        patience.cancel()
        connection.close()


def parts_of(url: str, *, private: bool) -> tuple[str, str, int, str]:
    """Scheme, host, port and target of an address. Raises ForbiddenAddress for what no peer's address looks like."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as problem:
        raise ForbiddenAddress("not an address") from problem
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise ForbiddenAddress("only https:// is spoken")
    odd = any(letter.isspace() or ord(letter) < 32 or letter == "\\" for letter in url)
    if not host or "@" in parts.netloc or parts.fragment or odd or not url.isascii():
        raise ForbiddenAddress("not an address of a peer")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target


def is_outside(address: str) -> bool:
    """True for an address of the public network; what IPv6 wraps (mapped, 6to4, Teredo, NAT64) is looked at."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in _NAT64 or int(found) >> 32 == 0:
            inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if any(each is not None and not each.is_global for each in inner):
            return False
    return found.is_global and not found.is_multicast


class _Checked(http.client.HTTPConnection):
    """Connects to the address that was checked."""

    def __init__(self, host: str, port: int, line: Line, *, tls: bool) -> None:
        super().__init__(host, port, timeout=line.seconds)
        self.line, self.tls = line, tls
        self.raw: socket.socket | None = None
        self.over = False

    def hang_up(self) -> None:
        """Our patience ends: a line that gives a byte now and then never comes to its own limit. What reads from it ends."""
        self.over = True
        if self.raw is not None:
            with contextlib.suppress(OSError):  # closed already
                self.raw.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        """Resolve once, check, connect to one of the addresses that are allowed."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        allowed = [entry for entry in found if self.line.private or is_outside(str(entry[4][0]))]
        if not allowed:
            raise ForbiddenAddress("the address leads into an inside network")
        family, kind, protocol, _, place = allowed[0]
        plain = socket.socket(family, kind, protocol)
        plain.settimeout(self.line.seconds)
        try:
            plain.connect(place)
            self.raw = self.sock = _tls(plain, self.host) if self.tls else plain
            if isinstance(self.sock, ssl.SSLSocket):
                self.sock.do_handshake()
            if self.over:
                raise TimeoutError("our patience ended before it answered")
        except BaseException:
            plain.close()
            raise


def _tls(plain: socket.socket, host: str) -> ssl.SSLSocket:
    """Shaking hands is left to the caller, so that even this can be hung up on."""
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


def _whole(answer: http.client.HTTPResponse, limit: int, until: float) -> bytes:
    pieces, size = [], 0
    while piece := answer.read1(PIECE):
        size += len(piece)
        if size > limit:
            raise Unreachable("the answer is too long")
        if time.monotonic() > until:
            raise Unreachable("the answer takes too long")
        pieces.append(piece)
    if time.monotonic() > until:
        raise Unreachable("the answer takes too long")
    if answer.length:
        raise Unreachable("the answer was cut off")
    return b"".join(pieces)
