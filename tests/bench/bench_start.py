"""From starting the program to a usable window on the sample site, and memory with 100,000 items open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core.sample import ADMIN_NAME, ADMIN_PASSWORD, create_sample_site
from tests.bench.figures import Figure
from tests.bench.ledger import FOLDER, PASSWORD, bring_up_to_date, ledger_of

TIMES = 3
ON_HAND = "stock.on_hand"


def run() -> list[Figure]:
    """Off-screen, warm (the best of three starts); password checking (Argon2id, slow on purpose) is left out."""
    small, large = _sample(), ledger_of(1_000_000)
    _start(small, ADMIN_NAME, ADMIN_PASSWORD, "")
    starts = [_start(small, ADMIN_NAME, ADMIN_PASSWORD, "") for _number in range(TIMES)]
    usable = min(one["first page"] - one["password checked"] + one["sign-in"] for one in starts)
    opened = _start(large, "Admin", PASSWORD, ON_HAND)
    return [
        Figure("start to sign-in, sample site", min(one["sign-in"] for one in starts)),
        Figure("start to usable window, sample site", usable, goal=2000),
        Figure("list of 100,000 items opened (memory in the note)", opened["page asked for"] - opened["first page"],
               note=f"{opened['memory MB']:.0f} MB of at most 400"),
    ]  # fmt: skip


def _sample() -> Path:
    path = FOLDER / "sample-two-years.db"
    if path.exists():
        bring_up_to_date(path)
    else:
        FOLDER.mkdir(parents=True, exist_ok=True)
        print(f"making {path} ...", flush=True)
        create_sample_site(str(path))
    return path


def _start(site: Path, name: str, password: str, route: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "STEWARD_HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a PC keeps what it compiled at the first start
        command = [sys.executable, "-m", "tests.bench.start_probe", str(site), name, password, route, str(time.time())]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
