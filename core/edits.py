"""Two people edit one record: what each touched is merged field by field; where both touched one, they are asked."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Conflict
from core.i18n import _


def merge_edit(
    *, changes: Mapping[str, object], base: Mapping[str, object] | None, stored: Mapping[str, object], is_stale: bool
) -> dict[str, object]:
    """The fields to write: those of `changes` that differ from what is stored.

    `base` is what the form showed in these fields. On a stale form a field that somebody else changed meanwhile to
    something else than ours raises Conflict with base, mine and theirs; without `base` every such difference does.
    """
    wanted = {field: value for field, value in changes.items() if stored[field] != value}
    if is_stale:
        before = base or {}
        hit = [field for field in wanted if field not in before or stored[field] != before[field]]
        if hit:
            raise Conflict(
                _("Somebody else changed this meanwhile. Choose for each field which value stays."),
                base={field: before.get(field) for field in hit},
                mine={field: wanted[field] for field in hit},
                theirs={field: stored[field] for field in hit},
            )
    return wanted
