"""A screenshot with at most 256 colours: a third of the bytes, and nobody sees the difference on a page of text."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Pixels = NDArray[np.uint8]


def smaller(png: bytes) -> bytes:
    """The same picture as a palette PNG. Takes what Chromium writes: 8 bits a channel, RGB or RGBA, not interlaced."""
    pixels = decoded(png)
    coarse = (pixels.astype(np.uint32) >> 2 << 2).reshape(-1, 3)
    keys = coarse[:, 0] << 16 | coarse[:, 1] << 8 | coarse[:, 2]
    colours, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    kept = np.argsort(counts)[::-1][:256]
    palette = channels(colours[kept])
    nearest = np.argmin(((channels(colours)[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2), axis=1)
    rows = nearest[places.reshape(-1)].astype(np.uint8).reshape(pixels.shape[:2])
    height, width = rows.shape
    body = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", (palette | palette >> 6).astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(body, 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(chunk(kind, content) for kind, content in parts)


def channels(keys: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Colours as rows of red, green, blue."""
    return np.stack([keys >> 16 & 255, keys >> 8 & 255, keys & 255], axis=1).astype(np.int64)


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def decoded(png: bytes) -> Pixels:
    """Height x width x RGB."""
    at, data, width, height, depth = 8, b"", 0, 0, 3
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", content[:10])
            depth = 4 if colour == 6 else 3
        data += content if kind == b"IDAT" else b""
        at += size + 12
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + width * depth)
    return unfiltered(lines, width, depth)[:, :, :3]


def unfiltered(lines: Pixels, width: int, depth: int) -> Pixels:
    """Undo the filter of each line."""
    picture = np.zeros((height := len(lines), width, depth), np.uint8)
    above = np.zeros((width, depth), np.uint8)
    for place in range(height):
        kind, line = int(lines[place, 0]), lines[place, 1:].reshape(width, depth)
        picture[place] = above = UNDO[kind](line, above)
    return picture


def summed(line: Pixels, above: Pixels) -> Pixels:
    """Each value is the difference to the one before it."""
    return np.cumsum(line, axis=0, dtype=np.uint8)


def stepwise(kind: int, line: Pixels, above: Pixels) -> Pixels:
    """Average (3) and Paeth (4): each value needs the one before it."""
    made, left, corner = np.empty_like(line), [0] * line.shape[1], [0] * line.shape[1]
    for place, (now, up) in enumerate(zip(line.tolist(), above.tolist(), strict=True)):
        guess = [(a + b) // 2 for a, b in zip(left, up, strict=True)] if kind == 3 else [*map(paeth, left, up, corner)]
        left, corner = [(value + each) & 255 for value, each in zip(now, guess, strict=True)], up
        made[place] = left
    return made


def paeth(left: int, up: int, corner: int) -> int:
    """The neighbour nearest to left + up - corner."""
    wanted = left + up - corner
    return min((left, up, corner), key=lambda each: abs(wanted - each))


UNDO = {
    0: lambda line, above: line,
    1: summed,
    2: lambda line, above: line + above,
    3: lambda line, above: stepwise(3, line, above),
    4: lambda line, above: stepwise(4, line, above),
}
