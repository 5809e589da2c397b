"""What a person can do about the site's rules of purchasing."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from core.edits import merge_edit
from core.purchasing.rules.settings import FIELDS, clean_settings
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission
from db.purchasing import PurchaseRules

P = PurchaseRules


@command(Permission.PURCHASE_RULES)
def save_purchase_rules(
    uow: UnitOfWork,
    *,
    version: int,
    changes: Mapping[str, object],
    base: Mapping[str, object] | None = None,
) -> int:
    """Change the rules of purchasing.

    `changes` holds the touched fields, `base` what the form showed in them. They hold for what is done from now on; what
    was matched or received stays. Answers the new version. Raises Conflict, InvalidInput.
    """
    row = uow.sql.execute(select(P.__table__).where(P.id == 1).with_for_update()).one()
    stored = {field: row._mapping[field] for field in FIELDS}
    wanted = merge_edit(
        changes=clean_settings(changes),
        base=None if base is None else dict(base),
        stored=stored,
        is_stale=row.version != version,
    )
    if not wanted:
        return int(row.version)
    uow.note(changes={field: [stored[field], value] for field, value in wanted.items()})
    uow.sql.execute(update(P).where(P.id == 1).values(**wanted, version=row.version + 1))
    return int(row.version) + 1
