"""The accounts hold what the site's own lists say, whatever happened before: months at random, reckoned from rows.

`STEWARD_EXAMPLES` says how many walks; their seeds count from `STEWARD_SEED`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.core.costing.journal_walk import Walk
from tests.helpers.sites import copy_sqlite

if TYPE_CHECKING:
    from tests.helpers.sites import Postgres

STEPS = 90


def seeds(usually: int) -> range:
    first = int(os.environ.get("STEWARD_SEED", 1))
    return range(first, first + int(os.environ.get("STEWARD_EXAMPLES", usually)))


def walk(url: str, seed: int) -> None:
    one = Walk(url, seed)
    try:
        one.run(STEPS, every=45)
    finally:
        one.office.close()


def test_the_accounts_hold_what_the_site_says_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    for seed in seeds(4):
        walk(copy_sqlite(sqlite_template, tmp_path / f"{seed}.db"), seed)


def test_the_accounts_hold_what_the_site_says_on_postgresql(postgres: Postgres, postgres_template: str) -> None:
    for seed in seeds(1):
        url = postgres.create(postgres_template)
        try:
            walk(url, 1000 + seed)
        finally:
            postgres.drop(url)
