"""What has no caller is removed: a function, class or value that only its tests know, a tag or a file that no page asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = [path for path in sorted((ROOT / "phrom").rglob("*.py")) if "migrations" not in path.parts]
PAGES = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "phrom").rglob("templates/**/*")) if path.is_file()
)
OURS = [path for path in sorted((ROOT / "phrom").rglob("static/**/*.[cj]s*")) if "vendor" not in path.parts]
# Read by name by Django, by the command line or by whoever fills in a form.
FOUND_BY_NAME = {"settings.py", "apps.py", "urls.py", "wsgi.py", "__main__.py"}
NAMED_BY_DJANGO = {"Command", "register"}


def uses() -> set[str]:
    """Every word that the code reads, in names, attributes and texts."""
    words: set[str] = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                words.add(node.id)
            elif isinstance(node, ast.Attribute):
                words.add(node.attr)
            elif (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w:]+\.[\w.:]+", node.value)
            ):
                words |= set(re.split(r"[.:]", node.value))
    return words


def defined(path: Path) -> Iterator[str]:
    """The functions, classes and values of a module; what is decorated is known to whoever decorates."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        yield from (target.id for target in targets if isinstance(target, ast.Name) and not target.id.startswith("__"))


def test_every_function_class_and_value_has_a_caller() -> None:
    known = uses() | NAMED_BY_DJANGO
    modules = [path for path in CODE if path.name not in FOUND_BY_NAME]
    assert [f"{path.relative_to(ROOT)}: {name}" for path in modules for name in defined(path) if name not in known] == []


def test_every_tag_and_filter_stands_on_a_page() -> None:
    unused = []
    for path in (ROOT / "phrom").rglob("templatetags/*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                how = r"\|" if "filter" in ast.unparse(node.decorator_list[0]) else r"\{% "
                unused += [] if re.search(rf"{how}{node.name}\b", PAGES) else [node.name]
    assert unused == []


def test_every_style_sheet_and_script_is_asked_for() -> None:
    names = [str(path).split("/static/")[1] for path in OURS]
    assert names
    assert [name for name in names if name not in PAGES] == []
