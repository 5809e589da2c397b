"""Small forms of an order: its confirmation, a reason to close or cancel, a template made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import purchasing
from core.i18n import Text, _, _n, verbatim
from core.purchasing import OrderCard
from core.words import SendWay
from desktop.context import AppContext
from desktop.purchasing.orders.looks import named
from desktop.widgets import CheckEdit, DateEdit, Form, FormPanel, Label, TextEdit, language

LONGEST_REASON, LONGEST_REF, LONGEST_NAME = 200, 60, 80
MOST_LINES = 60


class ConfirmPanel(FormPanel):
    """The supplier's answer: a day for all, other days for single lines, its own number. `saved(OrderStanding)`."""

    def __init__(self, context: AppContext, card: OrderCard, today: Callable[[], date]) -> None:
        self._context, self._card = context, card
        form = Form()
        day = DateEdit(_("Promised for"), today=today)
        day.set_value(card.row.last_promise or card.row.deliver_on)
        form.add("promised_on", _("Promised for"), day)
        ref = TextEdit(_("Supplier's number"), most=LONGEST_REF)
        ref.set_value(card.row.supplier_ref)
        form.add("supplier_ref", _("Supplier's number"), ref)
        self._open = [line for line in card.lines if line.outstanding > 0][:MOST_LINES]
        if self._open:
            form.add_heading(_("Other days of single lines"))
        for line in self._open:
            own = DateEdit(today=today)
            own.set_value(line.promised_on)
            form.add(f"line{line.id}", verbatim(line.name.render(language())), own)
        form.mark_unchanged()
        super().__init__(
            _("Confirmation of {number}", number=card.row.number), form, self._send_it,
            subtitle=named(card.row.supplier), verb=_("Enter the confirmation"),
        )  # fmt: skip

    def _send_it(self, values: dict[str, Any]) -> None:
        days = {line.id: values[f"line{line.id}"] for line in self._open}
        changed = tuple((line.id, days[line.id]) for line in self._open if days[line.id] != line.promised_on)
        row = self._card.row
        self._context.ops.do(
            self, purchasing.confirm_order, order_id=row.id, version=row.version, promised_on=values["promised_on"],
            line_days=changed, supplier_ref=values["supplier_ref"] or "", then=self.done, failed=self.show_error,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a reason: what for, by which command. `name` is the argument the reason goes to; `tells` None: the
    supplier is not told anyway."""

    title: Text
    verb: Text
    command: Callable[..., Any]
    args: dict[str, Any]
    words: Text | str = ""
    required: bool = True
    name: str = "reason"
    tells: bool | None = None


class ReasonPanel(FormPanel):
    """Something that needs a reason: closing, cancelling, taking an approval back. `saved` follows."""

    def __init__(self, context: AppContext, asked: Asked) -> None:
        self._context, self._for = context, asked
        form = Form()
        label = _("Reason") if asked.name == "reason" else _("Remark")
        form.add("reason", label, TextEdit(label, most=LONGEST_REASON), required=asked.required)
        if asked.tells is not None:
            tell = CheckEdit(_("Tell the supplier by e-mail"))
            tell.set_value(asked.tells)
            form.add("tells", _("Supplier"), tell)
        form.mark_unchanged()
        super().__init__(asked.title, form, self._send_it, subtitle=asked.words, verb=asked.verb)

    def _send_it(self, values: dict[str, Any]) -> None:
        asked = self._for
        args = {**asked.args, asked.name: values["reason"] or ""}
        if asked.tells is not None:
            args["tells_supplier"] = bool(values["tells"])
        self._context.ops.do(self, asked.command, then=self.done, failed=self.show_error, **args)


def _of(card: OrderCard) -> dict[str, Any]:
    return {"order_id": card.row.id, "version": card.row.version}


def cancel_panel(context: AppContext, card: OrderCard) -> ReasonPanel:
    """Cancelling: a sent order needs a reason, and its supplier is told."""
    row = card.row
    was_mailed = bool(card.versions) and card.versions[0].way is SendWay.MAIL
    asked = Asked(
        _("Cancel {number}", number=row.number), _("Cancel the order"), purchasing.cancel_order, _of(card),
        _("What departments asked for waits to be ordered again."), row.revision > 0,
        tells=was_mailed if row.revision else None,
    )  # fmt: skip
    return ReasonPanel(context, asked)


def close_panel(context: AppContext, card: OrderCard) -> ReasonPanel:
    """Closing: nobody waits for the rest."""
    row = card.row
    words = _n("Nobody waits for {n} line any more.", "Nobody waits for {n} lines any more.", row.open_lines)
    title = _("Close {number}", number=row.number)
    return ReasonPanel(context, Asked(title, _("Close the order"), purchasing.close_order, _of(card), words))


def close_line_panel(context: AppContext, card: OrderCard, line_id: int) -> ReasonPanel:
    """Closing a line: nobody waits for the rest of it."""
    line = next(line for line in card.lines if line.id == line_id)
    args = {**_of(card), "line_id": line_id}
    title = _("Close line {line}", line=line.line)
    return ReasonPanel(context, Asked(title, _("Close the line"), purchasing.close_line, args, named(line.name)))


def withdraw_panel(context: AppContext, card: OrderCard) -> ReasonPanel:
    """Taking an approval back."""
    asked = Asked(
        _("Take the approval of {number} back", number=card.row.number), _("Take back"), purchasing.withdraw_approval,
        _of(card), _("It is a draft again."), required=False, name="note",
    )  # fmt: skip
    return ReasonPanel(context, asked)


class TemplateForm(FormPanel):
    """An order kept as a template. `saved(template_id)`."""

    def __init__(self, context: AppContext, card: OrderCard) -> None:
        self._context, self._card = context, card
        form = Form()
        form.add(
            "name", _("Name of the template"), TextEdit(_("Name of the template"), most=LONGEST_NAME), required=True
        )
        super().__init__(
            _("Save as template"), form, self._send_it, subtitle=named(card.row.supplier), verb=_("Save the template")
        )
        self.add_widget(Label(_("Prices are not kept: an order takes those of its day."), "muted", wrap=True))

    def _send_it(self, values: dict[str, Any]) -> None:
        self._context.ops.do(
            self, purchasing.save_template_from_order, order_id=self._card.row.id, name=values["name"],
            then=self.done, failed=self.show_error,
        )  # fmt: skip
