"""The heads that an agenda may begin with, read from `agenda_heads.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from phrom.meetings.models import HeadKind

PLACE = Path(__file__).with_name("agenda_heads.yaml")


class Head(BaseModel):
    """One head: what it is for, its title as printed, and whether resolutions are passed under it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: HeadKind
    title: str
    resolves: bool


class HeadsTemplate(BaseModel):
    """The heads of a kind of meeting, in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    title: str
    heads: tuple[Head, ...]


@cache
def head_templates(place: Path = PLACE) -> dict[str, HeadsTemplate]:
    """All templates by key, in the order of the file. Raises what is wrong in it."""
    rows = YAML(typ="safe").load(place.read_text("utf-8"))
    return {template.key: template for template in map(HeadsTemplate.model_validate, rows)}
