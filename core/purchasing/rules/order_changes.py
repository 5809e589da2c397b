"""What an order said when it was sent, and what a later one says otherwise: pure facts, kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.i18n import Name, Text, _
from core.purchasing.types.orders import OrderChange
from core.values import plain

HEAD: Mapping[str, Text] = {
    "deliver_on": _("Delivery on"),
    "place": _("Deliver to"),
    "currency": _("Currency"),
    "note": _("Note"),
}
LINE: Mapping[str, Text] = {
    "item": _("Item"),
    "qty": _("Quantity"),
    "unit": _("Unit"),
    "price": _("Price"),
    "tax_rate": _("Tax rate"),
    "note": _("Note"),
    "is_free": _("Free of charge"),
    "is_closed": _("No longer wanted"),
}
NUMBERS = frozenset({"qty", "price", "tax_rate"})


def facts_of(head: Mapping[str, Any], lines: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What is kept of an order when it is sent, as JSON has it: numbers as decimal strings, days as ISO text."""
    return {
        "deliver_on": None if head["deliver_on"] is None else head["deliver_on"].isoformat(),
        "place": head["place"],
        "currency": head["currency"],
        "note": head["note"],
        "total": head["total"],
        "lines": [_line_facts(line) for line in lines],
    }


def _line_facts(line: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: line[key] for key in ("id", "line", "code", "name", "name_en", "unit", "note", "is_free", "is_closed")}
    numbers = {key: None if line[key] is None else f"{plain(line[key]):f}" for key in NUMBERS}
    return {**kept, **numbers, "item": line["code"], "amount": line["amount"]}


def changes_between(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[OrderChange, ...]:
    """What `after` says otherwise: the head first, then lines in their order, then lines that are gone. Nothing for the
    first time an order is sent."""
    if before is None:
        return ()
    found = [
        OrderChange("order", what=what, before=_head_value(key, before), after=_head_value(key, after))
        for key, what in HEAD.items()
        if before.get(key) != after.get(key)
    ]
    known = {line["id"]: line for line in before["lines"]}
    for line in after["lines"]:
        old = known.pop(line["id"], None)
        if old is None:
            found.append(OrderChange("added", line["line"], _item(line), after=_shown("qty", line["qty"])))
        else:
            found += _line_changes(old, line)
    found += [
        OrderChange("removed", old["line"], _item(old), before=_shown("qty", old["qty"])) for old in known.values()
    ]
    return tuple(found)


def is_same(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    """Whether the supplier knows all this already."""
    return before is not None and not changes_between(before, after)


def _line_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[OrderChange]:
    return [
        OrderChange("changed", new["line"], _item(new), what, _shown(key, old[key]), _shown(key, new[key]))
        for key, what in LINE.items()
        if old[key] != new[key]
    ]


def _item(line: Mapping[str, Any]) -> Name:
    return Name(line["name"], line["name_en"])


def _shown(key: str, value: Any) -> Any:
    return Decimal(value) if key in NUMBERS and value is not None else value


def _head_value(key: str, facts: Mapping[str, Any]) -> Any:
    value = facts.get(key)
    return date.fromisoformat(value) if key == "deliver_on" and value is not None else value
