"""The places of districts on a grid that is roughly the map (district_tiles.yaml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML


@cache
def places_of(province: str) -> dict[str, tuple[int, int]]:
    """Row and column of each district, from 1; empty for a province without a map."""
    maps: dict[str, list[str]] = YAML(typ="safe").load(Path(__file__).with_name("district_tiles.yaml").read_text("utf-8"))
    return {
        name: (row, column)
        for row, line in enumerate(maps.get(province, []), 1)
        for column, name in enumerate(line.split(), 1)
        if name != "-"
    }
