"""The rows of core, low to high (ARCHITECTURE.md): a domain imports the doors of lower rows only."""

from __future__ import annotations

ROWS: tuple[tuple[str, ...], ...] = (
    ("identity",),
    ("documents", "devices", "mail"),
    ("catalog",),
    ("stock",),
    ("counting", "purchasing", "labels", "sales", "roster", "expenses"),
    ("kitchen", "orders", "repairs", "detective"),
    ("planning",),
    ("costing",),
    ("reports", "alerts", "importing"),
    ("sites", "signing"),
    ("office",),
    ("maintenance",),
    ("sample",),
    ("cli",),
)

# Modules of core that are no domain but stand above domains and call them.
CALLERS = ("sites", "signing", "office", "sample", "cli")

ROW = {name: number for number, row in enumerate(ROWS) for name in row}
DOMAINS = tuple(name for row in ROWS for name in row if name not in CALLERS)

# Packages of desktop that are no domain. Each may import those before it.
SHARED_DESKTOP = ("theme", "widgets", "printing", "shell")
