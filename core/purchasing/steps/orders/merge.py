"""Lines of an order as fields that two people can edit at once: what each touched is merged, as in `core.edits`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

from core.edits import merge_edit
from core.purchasing.types.orders import OrderLineEdit

FIELDS = tuple(field.name for field in fields(OrderLineEdit) if field.name != "id")
IS_THERE = "is_there"


def merged_lines(
    stored: Sequence[OrderLineEdit],
    mine: Sequence[OrderLineEdit],
    base: Sequence[OrderLineEdit] | None,
    *,
    is_stale: bool,
) -> tuple[dict[int, dict[str, object]], set[int]]:
    """What to write: changed fields by line id, and the ids of lines to remove. New lines are not in it.

    On a stale form lines that somebody else added stay. Raises Conflict with keys such as "7.qty" where both changed
    one field of line 7, or one changed what the other removed.
    """
    kept = _flat(stored)
    wanted = _flat([line for line in mine if line.id is not None])
    shown = _flat(base) if base is not None else None
    theirs_new = {line.id for line in stored} - {line.id for line in base} if is_stale and base is not None else set()
    gone = {line.id for line in stored} - {line.id for line in mine} - theirs_new
    changes = {key: value for key, value in wanted.items() if shown is None or shown.get(key) != value}
    changes.update({f"{key}.{IS_THERE}": False for key in gone})
    for key in changes:
        kept.setdefault(key, False if key.endswith(IS_THERE) else None)
    return _split(merge_edit(changes=changes, base=shown, stored=kept, is_stale=is_stale))


def _flat(lines: Sequence[OrderLineEdit]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for line in lines:
        flat.update({f"{line.id}.{name}": getattr(line, name) for name in FIELDS})
        flat[f"{line.id}.{IS_THERE}"] = True
    return flat


def _split(wanted: Mapping[str, object]) -> tuple[dict[int, dict[str, object]], set[int]]:
    changed: dict[int, dict[str, object]] = {}
    removed: set[int] = set()
    for key, value in wanted.items():
        line_id, _dot, name = key.partition(".")
        if name != IS_THERE:
            changed.setdefault(int(line_id), {})[name] = value
        elif not value:
            removed.add(int(line_id))
    return changed, removed
