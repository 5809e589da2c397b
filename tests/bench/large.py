"""The large sample site, made once by `make demo` or here, and kept."""

from __future__ import annotations

from pathlib import Path

from core.sample import create_sample_site
from tests.bench.ledger import bring_up_to_date

SITE = Path("build/demo-large.db")


def large_sample() -> Path:
    """A dealer's site with 100,000 items and 1,000,000 entries over more than two years."""
    if SITE.exists():
        bring_up_to_date(SITE)
        return SITE
    SITE.parent.mkdir(parents=True, exist_ok=True)
    fresh = SITE.with_suffix(".part")
    for leftover in SITE.parent.glob(f"{fresh.name}*"):
        leftover.unlink()
    print(f"making {SITE} ...", flush=True)
    create_sample_site(str(fresh), size="large")
    fresh.replace(SITE)
    return SITE
