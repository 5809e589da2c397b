"""Saving an order: made, changed, and settled with what somebody else changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core import purchasing
from core.errors import Conflict, CoreError, NeedsConfirmation, Rejected
from core.i18n import Text, _, join
from core.purchasing import NewOrder, OrderCard, OrderLineEdit, OrderSheet, OrderStanding
from core.words import OrderState
from desktop.purchasing.orders.changes import value_words
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.orders.order_page import OrderPage

Then = Callable[[], object]
FIELDS: dict[str, Text] = {
    "deliver_on": _("Deliver on"), "location_id": _("Deliver to"), "note": _("Note to the supplier"),
    "own_note": _("Our own note"), "rate": _("Exchange rate"), "supplier_ref": _("Supplier's number"),
    "qty": _("Quantity"), "unit": _("Unit"), "price": _("Price"), "is_free": _("Free of charge"),
    "tax_rate": _("Tax"), "item_id": _("Item"), "is_there": _("Line"),
}  # fmt: skip


class Saving(QObject):
    """One save at a time; `then` follows when the page shows what was saved."""

    def __init__(self, page: OrderPage) -> None:
        super().__init__(page)
        self._page = page
        self.is_sending = False

    def save(self, then: Then | None = None) -> None:
        """Save what was typed, then go on. Nothing to save: go on at once."""
        page = self._page
        if self.is_sending or not page.finish_typing():
            return
        if page.order_id is not None and not page.is_changed():
            if then is not None:
                then()
            return
        head = page.order_head.read()
        if head is None:
            return
        page.notice.hide()
        if page.order_id is None:
            self._make(head, then)
        else:
            self._change(then)

    def _make(self, head: Mapping[str, Any], then: Then | None) -> None:
        page = self._page
        if head["supplier_id"] is None:
            page.say(_("Choose the supplier first."), Meaning.SOON)
            page.order_head.strip.focus("supplier_id")
            return
        lines = page.desk.new_lines()
        if not lines:
            page.say(_("An order needs at least one line: scan or type an item."), Meaning.SOON)
            page.entry.focus_goods()
            return
        order = NewOrder(
            head["supplier_id"], lines, head["deliver_on"], head["location_id"] or 0, head["note"] or "",
            head["own_note"] or "", rate=head.get("rate"),
        )  # fmt: skip
        self._begin()
        page.context.ops.do(
            page, purchasing.create_order, order=order, then=lambda order_id: self._made(order_id, then),
            failed=lambda error: self._refused(error, then),
        )  # fmt: skip

    def _made(self, order_id: int, then: Then | None) -> None:
        self._end()
        self._page.became(order_id, then)

    def _change(self, then: Then | None) -> None:
        page, desk, head = self._page, self._page.desk, self._page.order_head
        card = desk.card
        if card is None:
            return
        changes = head.changes()
        base = {key: value for key, value in head.base().items() if key in changes}
        lines: tuple[OrderLineEdit, ...] | None = desk.edits() if desk.is_changed() else None
        self._begin()
        page.context.ops.do(
            page, purchasing.update_order, order_id=card.row.id, version=card.row.version, changes=changes, base=base,
            lines=lines, base_lines=desk.base() if lines is not None else None,
            then=lambda standing: self._changed(standing, card, then),
            failed=lambda error: self._refused(error, then),
        )  # fmt: skip

    def _changed(self, standing: OrderStanding, before: OrderCard, then: Then | None) -> None:
        self._end()
        page = self._page
        if standing.state is not before.row.state:
            page.context.shell.say(_moved(before.row.number, standing.state))
        page.show_again(then)

    def _begin(self) -> None:
        self.is_sending = True
        self._page.desk.clear_errors()
        self._page.order_head.strip.clear_errors()

    def _end(self) -> None:
        self.is_sending = False

    # --- refused

    def _refused(self, error: CoreError, then: Then | None) -> None:
        self._end()
        if isinstance(error, NeedsConfirmation):
            return
        if isinstance(error, Conflict):
            self._settle(error, then)
            return
        page = self._page
        errors = error.errors if isinstance(error, Rejected) else (error,)
        for one in errors:
            if one.row:
                page.desk.mark(one.row, one.text)
        first = errors[0]
        if first.row:
            page.lines.go_to(first.row)
            page.say(_("Line {line}: {what}", line=first.row, what=first.text), Meaning.DANGER)
        elif not page.order_head.show_error_at(first):
            page.say(first.text, Meaning.DANGER)

    def _settle(self, error: Conflict, then: Then | None) -> None:
        """Two people changed one field: ask whose stays; what only one of them changed is kept anyway."""
        theirs = dict(error.theirs)
        told = join([_field_words(key, value, self._page) for key, value in theirs.items()])
        words = _("{what} Meanwhile: {theirs}", what=error.text, theirs=told) if theirs else error.text
        self._page.offer.offer(
            words,
            (
                (_("Keep mine"), lambda: self._rebase({}, then)),
                (_("Take theirs"), lambda: self._rebase(theirs, then)),
            ),
            Meaning.SOON,
        )

    def _rebase(self, theirs: Mapping[str, object], then: Then | None) -> None:
        page = self._page
        order_id = page.order_id
        if order_id is None:
            return
        typed = {key: value for key, value in page.order_head.changes().items() if key not in theirs}

        def shown(card: OrderCard, sheet: OrderSheet) -> None:
            page.order_head.fill(card, page.site_currency())
            page.order_head.lay_over(typed)
            page.desk.rebase(card, sheet, theirs)
            self.save(then)

        page.opening.load(order_id, shown, page.show_error)


def _moved(number: str, state: OrderState) -> Text:
    if state is OrderState.DRAFT:
        return _("{number} is a draft again and has to be approved.", number=number)
    if state is OrderState.APPROVED:
        return _("{number} waits to be sent with its changes.", number=number)
    return _("{number} is saved.", number=number)


def _field_words(key: str, value: object, page: OrderPage) -> Text:
    line_id, dot, name = key.rpartition(".")
    words = FIELDS.get(name, Text(name))
    said = value_words(value)  # type: ignore[arg-type]
    if not dot:
        return _("{field} = {value}", field=words, value=said)
    rows = page.desk.card.lines if page.desk.card is not None else ()
    row = next((row for row in rows if str(row.id) == line_id), None)
    if row is None:
        return _("{field} = {value}", field=words, value=said)
    if name == "is_there":
        return _("{item}: the line was removed", item=row.name) if not value else _("{item}: changed", item=row.name)
    return _("{item}: {field} = {value}", item=row.name, field=words, value=said)
