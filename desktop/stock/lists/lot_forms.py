"""What can be changed on a lot: blocked with a reason or released, its dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import stock
from core.i18n import Text, _
from desktop.context import AppContext
from desktop.stock.lists.known import Known
from desktop.widgets import DateEdit, Form, FormPanel, NoteEdit


class LotForms:
    """Makes the panels; the page shows them."""

    def __init__(self, context: AppContext, known: Known) -> None:
        self._context, self._known = context, known

    def make(self, kind: str, row: stock.LotRow) -> FormPanel:
        """The form of a kind: block, release, dates."""
        makers = {"block": self._block, "release": self._release, "dates": self._dates}
        return makers[kind](row)

    def _block(self, row: stock.LotRow) -> FormPanel:
        form = Form()
        form.add("note", _("Why is it blocked?"), NoteEdit(lines=3, most=200), required=True)

        def send(values: dict[str, Any]) -> None:
            done = _("Lot {number} is blocked.", number=row.number)
            self._do(panel, stock.block_lot, done, lot_id=row.lot_id, is_blocked=True, note=values["note"] or "")

        panel = FormPanel(
            _("Block lot {number}", number=row.number), form, send, verb=_("Block"),
            subtitle=_("Nobody can issue it; it can still be wasted, returned, moved and counted."),
        )  # fmt: skip
        return panel

    def _release(self, row: stock.LotRow) -> FormPanel:
        form = Form()
        form.add("note", _("Note"), NoteEdit(lines=3, most=200))

        def send(values: dict[str, Any]) -> None:
            done = _("Lot {number} is released.", number=row.number)
            self._do(panel, stock.block_lot, done, lot_id=row.lot_id, is_blocked=False, note=values["note"] or "")

        panel = FormPanel(
            _("Release lot {number}", number=row.number), form, send, verb=_("Release"), subtitle=row.note
        )
        return panel

    def _dates(self, row: stock.LotRow) -> FormPanel:
        form = Form()
        today = self._known.today
        form.add("produced_on", _("Produced on"), DateEdit(today=today, is_past=True))
        form.add("expires_on", _("Expires"), DateEdit(today=today))
        form.set_values({"produced_on": row.produced_on, "expires_on": row.expires_on})

        def send(values: dict[str, Any]) -> None:
            done = _("The dates of lot {number} are corrected.", number=row.number)
            self._do(panel, stock.update_lot_dates, done, lot_id=row.lot_id, **values)

        panel = FormPanel(_("Correct the dates of lot {number}", number=row.number), form, send)
        return panel

    def _do(self, panel: FormPanel, command: Callable[..., Any], done: Text, **args: Any) -> None:
        def then(_answer: object) -> None:
            self._context.shell.say(done)
            panel.done(args["lot_id"])

        self._context.ops.do(panel, command, then=then, **args)
