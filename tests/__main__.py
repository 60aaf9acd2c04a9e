"""`./run test`: the whole suite on SQLite, the database part again on PostgreSQL, then the journeys in a real browser.

`--full` adds the long lane. A missing browser skips the journeys loudly; PHROM_REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

NOT_BROWSER = "not browser and not slow and not faults"


def main(arguments: list[str]) -> int:
    """Run the lanes one after another; returns 0 when all passed."""
    full = "--full" in arguments
    workers = str(min(os.cpu_count() or 2, 8))
    lanes: list[tuple[str, list[str], dict[str, str]]] = [
        ("check / ตรวจรูปแบบ ชนิด และสัญญาการนำเข้า", [], {}),
        ("SQLite", ["-m", NOT_BROWSER, "-n", workers], {}),
        ("PostgreSQL", ["-m", NOT_BROWSER, "-n", workers, "--ignore=tests/rules", "--ignore=tests/house"], POSTGRES),
        ("faults / kill -9, full disk", ["-m", "faults"], {}),
    ]
    if os.environ.get("PHROM_BROWSER"):
        lanes.append(("browser / การเดินทางในเบราว์เซอร์", ["-m", "browser"], {}))
    elif os.environ.get("PHROM_REQUIRE_BROWSER") == "1":
        print("ไม่พบ Chromium แต่ PHROM_REQUIRE_BROWSER=1 / no browser, and one is required")
        return 1
    if full:
        lanes.append(("long lane", ["-m", "slow"], {}))
    results = [(name, *run(name, options, environment)) for name, options, environment in lanes]
    for name, code, seconds in results:
        print(f"{'ผ่าน / passed' if code == 0 else 'ไม่ผ่าน / FAILED':<20} {seconds:6.0f} s  {name}")
    return max(code for _, code, _ in results)


# Chromium was once seen to stand still for ever in the browser lane, which takes a quarter of an hour.
LONGEST = 30 * 60
HUNG = 124
POSTGRES = {"PHROM_TEST_DB": "postgres"}


def run(name: str, options: list[str], environment: dict[str, str]) -> tuple[int, float]:
    """Run one lane; returns its exit code and its seconds."""
    print(f"\n=== {name}", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", *options] if options else [sys.executable, "run", "check"]
    code = watched(command, {**os.environ, **environment})
    if code == HUNG:
        print(f"!! {name}: ค้างเกิน {LONGEST // 60} นาที ลองใหม่หนึ่งครั้ง / stood still, tried once more", flush=True)
        code = watched(command, {**os.environ, **environment})
    return code, time.monotonic() - started


def watched(command: list[str], environment: dict[str, str]) -> int:
    """Run a lane in a process group of its own; one that stands still is ended whole, and HUNG is its exit code."""
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        return process.wait(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return HUNG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
