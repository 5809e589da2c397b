"""What a posting is for, in words: a transfer on its way names its target by code, people know the place by its name."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from core.uow import UnitOfWork
from db.stock import Location

ARROW = "→ "


def purpose_words(uow: UnitOfWork, purposes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Each purpose in Chinese and English; one statement when some of them name a place, else none."""
    wanted = {purpose for purpose in purposes if purpose}
    codes = {purpose.removeprefix(ARROW) for purpose in wanted if purpose.startswith(ARROW)}
    names: dict[str, tuple[str, str]] = {}
    if codes:
        rows = uow.sql.execute(
            select(Location.code, Location.name, Location.name_en).where(Location.code.in_(sorted(codes)))
        )
        names = {ARROW + row.code: (ARROW + row.name, ARROW + (row.name_en or row.name)) for row in rows}
    return {purpose: names.get(purpose, (purpose, purpose)) for purpose in wanted} | {"": ("", "")}
