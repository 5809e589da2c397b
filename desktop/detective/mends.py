"""The button that puts a difference right: a page that does it, or the command itself, with Undo where there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from core import counting, stock
from core.detective import Mend
from core.errors import CoreError
from core.i18n import Text, _
from core.stock import Posted as StockPosted
from desktop.context import AppContext, Posted

COMMANDS: Mapping[str, Callable[..., Any]] = {
    "counting.request_recount": counting.request_recount,
    "stock.adjust_stock": stock.adjust_stock,
    "stock.receive_transfer": stock.receive_transfer,
    "stock.reverse_posting": stock.reverse_posting,
    "stock.transfer_goods": stock.transfer_goods,
}
ICONS = {
    "counting.request_recount": "refresh",
    "purchasing.receive": "receive",
    "stock.adjust_stock": "adjust",
    "stock.count": "count",
    "stock.counts": "count",
    "stock.receive_transfer": "receive",
    "stock.reverse_posting": "undo",
    "stock.transfer_goods": "transfer",
}
UNDONE_BY_REVERSAL = ("stock.adjust_stock", "stock.receive_transfer", "stock.transfer_goods")


def icon_of(mend: Mend) -> str:
    """The icon of its button."""
    return ICONS.get(mend.command or mend.page, "file")


def can_mend(context: AppContext, mend: Mend) -> bool:
    """Whether this program has the page or command, and the person the right."""
    if not context.shell.may(mend.permission):
        return False
    return mend.command in COMMANDS or (bool(mend.page) and context.shell.can_go(mend.page))


def run_mend(
    context: AppContext, owner: QWidget, mend: Mend, done: Callable[[], object], failed: Callable[[CoreError], object]
) -> None:
    """Go to the page, or do the command; what it asks is asked by the shell."""
    if mend.page:
        context.shell.go(mend.page, **dict(mend.args))
        return

    def then(answer: object) -> None:
        _tell(context, mend, answer)
        done()

    args: dict[str, Any] = dict(mend.args)
    context.ops.do(owner, COMMANDS[mend.command], then=then, failed=failed, **args)


def _tell(context: AppContext, mend: Mend, answer: object) -> None:
    if isinstance(answer, StockPosted):
        undo = {"posting_id": answer.posting_id} if mend.command in UNDONE_BY_REVERSAL else None
        context.shell.posted(Posted(_("{number} posted: {what}", number=answer.number, what=mend.words), undo))
    else:
        said: Text = _("Done: {what}", what=mend.words)
        context.shell.say(said)
