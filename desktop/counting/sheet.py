"""A sheet while it is being filled: which line comes next, and how a line looks before its figure is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.counting import CountLine, CountPart, Onto


def next_open(lines: Sequence[CountLine], current: CountLine | None) -> CountLine | None:
    """The next open line after the current one in the order of the walk, then from the top."""
    after = current.position if current is not None else 0
    waiting = [line for line in lines if line.is_open and (current is None or line.id != current.id)]
    return next((line for line in waiting if line.position > after), waiting[0] if waiting else None)


def with_figure(line: CountLine, parts: tuple[CountPart, ...], onto: Onto) -> CountLine:
    """The line as it will be once the figure is kept."""
    factors = {unit.unit: unit.factor for unit in line.units}
    total = sum((part.qty * factors.get(part.unit, Decimal(1)) for part in parts), Decimal(0))
    adds = onto is Onto.ADD and line.counted is not None
    counted = total + (line.counted or Decimal(0)) if adds else total
    kept = (*line.parts, *parts) if adds else parts
    return replace(line, counted=counted, parts=kept, needs_recount=False)
