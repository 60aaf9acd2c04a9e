"""Conventions that matter, kept by tests: the budget, the grammar of a room, the state of the database models."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
TOWER = [
    *(
        "shared",
        "rules",
        "agencies",
        "letters",
        "committee",
        "meetings",
        "survey",
        "rollout",
        "results",
        "desk",
        "api",
        "config",
    )
]
CODE = [path for path in sorted((ROOT / "phrom").rglob("*.py")) if "/migrations/" not in str(path)]
TEMPLATES = sorted((ROOT / "phrom").rglob("templates/**/*.html"))
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("phrom.")]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def named(path: Path) -> str:
    """A short name for messages."""
    return str(path.relative_to(ROOT))


def lines_of(node: ast.FunctionDef) -> int:
    """Lines of a function."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_over_500_lines() -> None:
    assert [named(path) for path in CODE if len(path.read_text().splitlines()) > 500] == []


def test_no_function_over_60_lines() -> None:
    assert [f"{named(path)}:{node.name}" for path in CODE for node in functions(path) if lines_of(node) > 60] == []


def test_no_view_over_25_lines() -> None:
    views = [path for path in CODE if path.name == "views.py" or path.parent.name == "views"]
    assert [f"{named(path)}:{node.name}" for path in views for node in functions(path) if lines_of(node) > 25] == []


def test_no_template_over_120_lines() -> None:
    assert [named(path) for path in TEMPLATES if len(path.read_text().splitlines()) > 120] == []


def test_views_do_not_query() -> None:
    views = [path for path in CODE if path.name == "views.py" or path.parent.name == "views"]
    assert [named(path) for path in views if ".objects" in path.read_text()] == []


def test_time_is_passed_in_below_views_and_commands() -> None:
    allowed = re.compile(r"/(views(/\w+)?|commands/\w+|clock|middleware|serving|demo_clock|seeding(/\w+)?|jobs|sessions)\.py$")
    asks = re.compile(r"\b(now|today|localdate|utcnow)\(")
    wrong = [named(path) for path in CODE if not allowed.search(str(path)) and asks.search(path.read_text())]
    assert wrong == []


def test_no_lazy_import_of_a_project_module() -> None:
    wrong = []
    for path in CODE:
        if named(path).startswith("phrom/config/"):
            continue  # the command and the server choose the settings before anything may be imported
        for node in functions(path):
            wrong += [f"{named(path)}:{node.name}" for inner in ast.walk(node) if imports_ours(inner)]
    assert wrong == []


def imports_ours(node: ast.AST) -> bool:
    """True for an import of a project module, however it is written."""
    if isinstance(node, ast.Import):
        return any(alias.name.startswith("phrom") for alias in node.names)
    return isinstance(node, ast.ImportFrom) and (node.level > 0 or (node.module or "").startswith("phrom"))


def test_numpy_stays_where_many_bodies_are_scored_at_once() -> None:
    importing = [named(path) for path in CODE if re.search(r"^\s*(import|from) numpy", path.read_text(), flags=re.MULTILINE)]
    assert importing == ["phrom/rules/scoring/many.py"]


def test_no_signals_and_no_overridden_save() -> None:
    wrong = []
    for path in CODE:
        text = path.read_text()
        if "django.dispatch" in text or "django.db.models.signals" in text or re.search(r"def (save|delete)\(self", text):
            wrong.append(named(path))
    assert wrong == []


def test_no_room_for_everything() -> None:
    assert [named(path) for path in CODE if path.stem in {"utils", "common", "core", "helpers", "misc"}] == []


def room_of(model: type[models.Model]) -> int:
    """How high a model's room stands in the tower."""
    return TOWER.index(model.__module__.split(".")[1])


def test_foreign_keys_point_to_the_same_or_a_lower_room() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model in OUR_MODELS
        and room_of(field.related_model) > room_of(model)
    ]
    assert wrong == []


def test_every_optional_who_and_when_pair_has_its_constraint() -> None:
    wrong = []
    for model in OUR_MODELS:
        names = {field.name: field for field in model._meta.get_fields()}
        checks = [str(each) for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
        for name, field in names.items():
            when = f"{name[:-3]}_at"
            if name.endswith("_by") and when in names and getattr(field, "null", False):
                both = [check for check in checks if name in check and when in check]
                wrong += [] if both else [f"{model.__name__}.{name}"]
    assert wrong == []


def test_only_config_says_who_follows_letters_and_by_which_way_they_go() -> None:
    """ADR 10: what a letter sets off is found by reading one list."""
    fills = re.compile(r"\b(FOLLOWERS|TABLE)(\[:?\w*\] *=|\.(append|extend|insert|update)\()|\b(FOLLOWERS|TABLE) *\+=")
    filled = [
        named(path) for path in CODE if "letters.followers" in path.read_text() or "actions.transports" in path.read_text()
    ]
    assert [name for name in filled if fills.search((ROOT / name).read_text()) and not name.startswith("phrom/config/")] == []
    assert fills.search((ROOT / "phrom/config/loops.py").read_text())


def test_every_template_is_used() -> None:
    everything = "\n".join(path.read_text() for path in [*CODE, *TEMPLATES])
    names = [str(path).split("/templates/")[1] for path in TEMPLATES]
    fetched_by_django = re.compile(r"^(404|500|403|429)\.html$|^django/forms/|^account/|^usersessions/")
    assert [name for name in names if not fetched_by_django.match(name) and everything.count(name) == 0] == []


def test_every_model_has_a_factory_or_is_made_by_an_action() -> None:
    makers = "\n".join(path.read_text() for path in (ROOT / "tests/factories").glob("*.py"))
    makers += "\n".join(
        path.read_text() for path in CODE if path.stem != "models" and re.search("actions|/shared/|/chain.py", str(path))
    )
    assert [model.__name__ for model in OUR_MODELS if not re.search(rf"\b{model.__name__}\b", makers)] == []


def test_every_term_of_the_glossary_has_one_english_name_that_exists_in_the_code() -> None:
    rows = re.findall(r"^\| ([^|]+?) \| `([^`]+)` \|", (ROOT / "docs/glossary.md").read_text(), flags=re.MULTILINE)
    assert len(rows) >= 20
    assert len({thai for thai, _ in rows}) == len(rows)
    code = "\n".join(path.read_text() for path in CODE)
    assert len({english for _, english in rows}) == len(rows)
    assert [english for _, english in rows if not re.search(rf"\b{english}\b", code)] == []


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_nothing_third_party_and_no_address_of_a_registry_is_kept() -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    binaries = [name for name in files if re.search(r"\.(ttf|otf|woff2?|min\.js|min\.css|whl|jar|exe|so)$", name)]
    hosts = re.compile(
        "|".join(("py" + "pi.org", "python" + "hosted", "registry\\.npm" + "js", "npm" + "js.org", "deb\\.debian"))
    )
    named_hosts = []
    for name in filter(None, files):
        path = ROOT / name
        if path.is_file() and path.stat().st_size < 2_000_000 and hosts.search(path.read_text(errors="ignore")):
            named_hosts.append(name)
    assert (binaries, named_hosts) == ([], [])
