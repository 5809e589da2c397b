"""What each prepared table is opened with: a question somebody would ask of it."""

from __future__ import annotations

from core.reports import PivotAsked, PivotTable

ROWS = ("branch", "supplier", "item")
COLUMNS = ("month",)
VALUES = ("cost", "value", "gross", "amount", "mean", "absolute")
STARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "movements": (("branch",), ("kind",), ("value", "lines")),
    "waste": (("branch", "category"), ("reason",), ("cost", "lines")),
    "stock-value": (("branch", "category"), ("storage",), ("value", "items")),
    "stock-places": (("location",), ("branch",), ("lines",)),
    "counts": (("branch",), ("month",), ("value", "lines")),
}


def usual_asked(table: PivotTable) -> PivotAsked:
    """A first question: main categories or suppliers down, months across, the figure in money where it may be seen."""
    fields, figures = [one.key for one in table.dimensions], [one.key for one in table.measures]
    rows, columns, measures = STARTS.get(table.name, ((), (), ()))
    down = (
        tuple(key for key in rows if key in fields) or tuple(key for key in ROWS if key in fields)[:1] or (fields[0],)
    )
    across = tuple(key for key in columns if key in fields) or tuple(key for key in COLUMNS if key in fields)
    values = [key for key in (*measures, *VALUES) if key in figures] or figures
    return PivotAsked(table.name, down, tuple(key for key in across if key not in down), tuple(values[:1]))
