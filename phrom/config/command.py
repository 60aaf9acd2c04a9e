"""The `phrom` command: parses arguments, points the settings at the data, and calls one thing."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from phrom.config.commands import crosswalk, edition, score
from phrom.rules.instrument.load import EditionProblems

ROOT = Path(__file__).resolve().parents[2]

# By name: Django's exceptions may only be imported once the settings are chosen, and rule commands need no Django at all.
UNREACHABLE = ("OperationalError", "ImproperlyConfigured")


def main(arguments: list[str] | None = None) -> int:
    """Run one `phrom` command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Exception as problem:
        if type(problem).__name__ not in UNREACHABLE:
            raise
        print("ติดต่อฐานข้อมูลไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาตรวจ --db และเครื่องฐานข้อมูล", file=sys.stderr)
        print(f"The database cannot be reached. Nothing was changed. Please check --db. ({problem})", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="phrom", description="พร้อม: ระบบสำรวจความพร้อมรัฐบาลดิจิทัลของจังหวัด")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_server_commands(commands)
    _add_data_commands(commands)
    _add_rule_commands(commands)
    return parser


def _add_server_commands(commands: argparse._SubParsersAction) -> None:
    up = commands.add_parser("up", help="set up the demo province where there is none, and serve it")
    up.add_argument("--port", type=int, default=8000)
    up.add_argument("--data", type=Path, default=ROOT / "data")
    up.set_defaults(run=_up, db="", trusted_proxy=False, mail_dir=None, host="127.0.0.1", workers=2)
    serve = commands.add_parser("serve", help="serve, from an empty folder too")
    serve.add_argument("--port", type=int, required=True)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--data", type=Path, required=True)
    serve.add_argument("--db", default="", help="postgres://user:password@host/name; without it SQLite in the data folder")
    serve.add_argument("--mail-dir", type=Path, help="write mails as .eml files into this folder instead of sending them")
    serve.add_argument("--trusted-proxy", action="store_true", help="believe X-Forwarded-Proto of the proxy in front")
    serve.add_argument("--workers", type=int, default=2)
    serve.add_argument("--base-url", default="", help="our address as other installations reach it; opens the letter exchange")
    serve.add_argument("--clamd", default="", help="the malware scanner clamd: host:port, or the path of its socket")
    serve.set_defaults(run=_serve)


def _add_data_commands(commands: argparse._SubParsersAction) -> None:
    seed = commands.add_parser("seed", help="make provinces, agencies, people, rounds from a JSON file")
    seed.add_argument("file", type=Path)
    _with_django(seed, "seed", "file")
    verify = commands.add_parser("verify", help="check the journal, the evidence and the frozen sets")
    verify.add_argument("--json", action="store_true")
    _with_django(verify, "verify", "--json")
    tick = commands.add_parser("tick", help="do the periodic work that is due; the server does so every minute")
    tick.add_argument("--loop", action="store_true", help="again every minute, until stopped")
    _with_django(tick, "tick", "--loop")
    backup = commands.add_parser("backup", help="back up while running")
    backup.add_argument("out", type=Path)
    _with_django(backup, "backup", "out")
    restore = commands.add_parser("restore", help="check a backup, then restore it into a folder")
    restore.add_argument("source", type=Path)
    restore.add_argument("--replace", action="store_true", help="replace what is in the folder")
    _with_django(restore, "restore", "source", "--replace")
    paper = commands.add_parser("paper", help="an official paper as DOCX and PDF: agenda, invitation, minutes, order ...")
    paper.add_argument("kind")
    paper.add_argument("which", help="1/2567; of an extract 1/2567:3.1")
    paper.add_argument("--out", type=Path, required=True, help="the folder to write into")
    paper.add_argument("--body", default="", help="code of the province or department; without it the first one")
    _with_django(paper, "paper", "kind", "which", "--out", "--body")
    exchange = commands.add_parser("exchange", help="keys and peers of the letter exchange, and its conformance kit")
    exchange.add_argument("act", choices=("keys", "peer", "conformance", "schema"))
    exchange.add_argument(
        "url", nargs="?", default="", help="the other installation's address; schema: the folder to write into"
    )
    exchange.add_argument("--name", default="", help="keys: the name that other installations see")
    exchange.add_argument("--rotate", action="store_true", help="keys: make a new key; the old one is believed for a week")
    exchange.add_argument("--approve", default="", help="peer: the fingerprint that was compared by telephone")
    exchange.add_argument("--by", default="", help="peer: e-mail of the administrator who approves")
    exchange.add_argument("--listen", default="", help="conformance: host:port at which the kit itself can be reached")
    _with_django(exchange, "exchange", "act", "url", "--name", "--rotate", "--approve", "--by", "--listen")
    routes = commands.add_parser("routes", help="every route with its access rule")
    routes.add_argument("--json", action="store_true")
    _with_django(routes, "routes", "--json")


def _add_rule_commands(commands: argparse._SubParsersAction) -> None:
    kinds = commands.add_parser("edition", help="questionnaires as data").add_subparsers(required=True, metavar="WHAT")
    check = kinds.add_parser("check", help="report every defect with file and line")
    check.add_argument("folder", type=Path)
    check.set_defaults(run=_edition_check)
    show = kinds.add_parser("show", help="the edition in canonical JSON")
    show.add_argument("folder", type=Path)
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=_edition_show)
    export = kinds.add_parser("export", help="write the edition's twin for Excel, or the XLSForm for field tools")
    export.add_argument("folder", type=Path)
    export.add_argument("--xlsx", type=Path, help="the file to write the twin into")
    export.add_argument("--xlsform", type=Path, help="the file to write the XLSForm into")
    export.set_defaults(run=_edition_export)
    bring = kinds.add_parser("import", help="make an edition's folder of its twin, or report every defect by sheet and row")
    bring.add_argument("file", type=Path)
    bring.add_argument("--out", type=Path, required=True, help="a new folder")
    bring.set_defaults(run=_edition_import)
    walk = kinds.add_parser("crosswalk", help="how the rows of two editions belong together")
    walk.add_argument("act", choices=["check"])
    walk.add_argument("before", type=Path, metavar="FROM")
    walk.add_argument("after", type=Path, metavar="TO")
    walk.set_defaults(run=_crosswalk)
    scoring = commands.add_parser("score", help="score one sheet, or many, without a server")
    scoring.add_argument("edition", type=Path)
    scoring.add_argument("answers", type=Path)
    scoring.add_argument("--last-year", help="the official total of the year before, such as 37.87; the KPI needs it")
    scoring.set_defaults(run=_score)


def _with_django(parser: argparse.ArgumentParser, name: str, *arguments: str) -> None:
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--db", default="")
    parser.set_defaults(run=lambda options: _manage(options, name, arguments))


def _manage(options: argparse.Namespace, name: str, arguments: tuple[str, ...]) -> int:
    """Run one of our Django commands on the data folder; its SystemExit is our exit code."""
    point_settings_at(options.data, options.db)
    from django.core.management import execute_from_command_line  # noqa: PLC0415  settings must be chosen first

    words: list[str] = []
    for argument in arguments:
        value = getattr(options, argument.lstrip("-").replace("-", "_"))
        said = str(value.resolve()) if isinstance(value, Path) else str(value)
        if not argument.startswith("--"):
            words += [said] if said else []
        elif value:
            words += [argument] if value is True else [argument, said]
    execute_from_command_line(["phrom", name, *words])
    return 0


def _serve(options: argparse.Namespace) -> int:
    point_settings_at(options.data, options.db)
    if options.mail_dir:
        os.environ["PHROM_MAIL_DIR"] = str(options.mail_dir.resolve())
    if options.trusted_proxy:
        os.environ["PHROM_TRUSTED_PROXY"] = "1"
    if options.base_url:
        os.environ["PHROM_BASE_URL"] = options.base_url
    if options.clamd:
        os.environ["PHROM_CLAMD"] = options.clamd
    from phrom.config.serving import serve  # noqa: PLC0415  it loads the settings

    return serve(host=options.host, port=options.port, workers=options.workers)


def _up(options: argparse.Namespace) -> int:
    point_settings_at(options.data, "")
    os.environ.setdefault("PHROM_MAIL_DIR", str(options.data.resolve() / "mail"))
    from phrom.config.serving import load_demo, serve  # noqa: PLC0415  it loads the settings

    load_demo(ROOT / "demo/chiangmai-2567/seed.json", port=options.port)
    return serve(host=options.host, port=options.port, workers=options.workers)


def point_settings_at(data: Path, db: str) -> None:
    """Choose the data folder and database before Django's settings are read."""
    os.environ["PHROM_DATA"] = str(data.resolve())
    if db:
        os.environ["PHROM_DB"] = db
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phrom.config.settings")


def _edition_check(options: argparse.Namespace) -> int:
    code, lines = edition.check(options.folder)
    print("\n".join(lines))
    return code


def _crosswalk(options: argparse.Namespace) -> int:
    code, lines = crosswalk.check(options.before, options.after)
    print("\n".join(lines))
    return code


def _edition_show(options: argparse.Namespace) -> int:
    try:
        sys.stdout.write(edition.show(options.folder) + "\n")
    except EditionProblems as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


def _edition_export(options: argparse.Namespace) -> int:
    try:
        print("\n".join(edition.export(options.folder, xlsx=options.xlsx, xlsform=options.xlsform)))
    except EditionProblems as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


def _edition_import(options: argparse.Namespace) -> int:
    code, lines = edition.bring(options.file, options.out)
    print("\n".join(lines))
    return code


def _score(options: argparse.Namespace) -> int:
    try:
        sys.stdout.write(score.score_file(options.edition, options.answers, last_year=options.last_year) + "\n")
    except score.CannotScore as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0
