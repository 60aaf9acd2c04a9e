"""The texts that are often damaged, for every room that must give them back unchanged."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

HARD_TEXTS: tuple[str, ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("hard_thai.yaml").read_text(encoding="utf-8"))
)
