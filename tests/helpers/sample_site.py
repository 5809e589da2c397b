"""The sample site, made once a run and copied for every test that wants it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

# A Wednesday noon at the site, as in the fixture `clock`.
SAMPLE_NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


def make_sample(path: Path) -> Path:
    """The small sample in a SQLite file, its history ending at SAMPLE_NOW, without the year before: that takes a third more."""
    from core.clock import FixedClock
    from core.sample import create_sample_site

    create_sample_site(str(path), with_year_before=False, clock=FixedClock(SAMPLE_NOW))
    return path
