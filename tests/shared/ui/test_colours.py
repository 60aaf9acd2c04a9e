"""Colours that everybody can tell apart and read."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

CSS = Path("phrom/shared/ui/static/ui/phrom.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", CSS))
PILLARS = [TOKENS[f"p{number}"] for number in range(1, 8)]
READ_ON = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink-soft", "paper"),
    ("ink-soft", "sheet"),
    ("indigo", "paper"),
    ("indigo", "indigo-wash"),
    ("done", "done-wash"),
    ("wait", "wait-wash"),
    ("wait", "paper"),
    ("late", "late-wash"),
    ("late", "paper"),
    ("stop", "stop-wash"),
    ("done", "paper"),
]
# Machado, Oliveira and Fernandes 2009, severity 1: how red-, green- and blue-blind eyes see linear RGB.
EYES = {
    "all colours": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_LMS = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_LAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]


def linear(colour: str) -> np.ndarray:
    part = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def oklab(rgb: np.ndarray) -> np.ndarray:
    return np.asarray(TO_LAB) @ np.cbrt(np.asarray(TO_LMS) @ np.clip(rgb, 0, 1))


@pytest.mark.parametrize(("text", "ground"), READ_ON)
def test_text_is_read_on_its_ground(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("colour", PILLARS)
def test_white_is_read_on_each_pillar(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5


@pytest.mark.parametrize("eyes", EYES)
def test_pillars_stay_apart(eyes: str) -> None:
    seen = [oklab(np.asarray(EYES[eyes]) @ linear(colour)) for colour in PILLARS]
    nearest = min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2))
    assert nearest >= 0.05  # in OKLab a difference of 0.02 is just noticed
