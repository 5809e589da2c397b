"""What the rules say a mend needs, made into the arguments its command takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from core import stock
from core.detective.types import Finding
from core.i18n import Text
from core.uow import UnitOfWork


def finish(uow: UnitOfWork, finding: Finding) -> Finding:
    """The finding with a mend that can be run as it stands."""
    mend = finding.mend
    if mend is None or "lines" not in mend.args or mend.command == "counting.request_recount":
        return finding
    lines = tuple(_line(uow, one) for one in cast("tuple[Mapping[str, Any], ...]", mend.args["lines"]))
    return replace(finding, mend=replace(mend, args={**mend.args, "lines": lines}))


def _line(uow: UnitOfWork, facts: Mapping[str, Any]) -> stock.NewLine:
    note = facts.get("note")
    told = {"note": note.render(uow.actor.language)} if isinstance(note, Text) else {}
    return stock.NewLine(**{**facts, **told})
