"""Posting a delivery, and what is offered afterwards: claim slip, put-away list, labels, slip, Undo."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from core import purchasing
from core.errors import CoreError, InvalidInput, NeedsConfirmation
from core.i18n import Text, _, _n, join
from core.purchasing import Delivery, DeliverySheet, NewDelivery
from core.words import OrderState
from desktop.context import AppContext, Posted
from desktop.errors import ProgramFault
from desktop.purchasing.receive.lines import DockLine
from desktop.purchasing.receive.papers import claim_slip, delivery_slip, put_away_list
from desktop.purchasing.receive.states import summary_of, summary_words
from desktop.shell.attachments import attach_file
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.receive.page import ReceivePage


class Sending:
    """Sends what stands at the dock once; what is wrong comes back to its line and field."""

    def __init__(self, context: AppContext, page: ReceivePage) -> None:
        self._context, self._page = context, page
        self._lines: list[DockLine] = []
        self._is_sending = False
        self.last: Delivery | None = None

    # --- posting

    def post(self, *, is_sure: bool) -> None:
        """Post what came; unless sure, ask first while lines of the orders are missing."""
        page = self._page
        if self._is_sending or page.scans.is_busy() or not page.is_at_dock():
            return
        page.notice.hide()
        panel = page.editing.panel()
        if panel is not None and not panel.form.is_right():
            return
        lines = page.dock.posted_lines()
        head = page.sheet.head.read()
        if head is None:
            return
        if not lines:
            page.say(_("There is nothing to post yet. Scan what came, or press F2 for all as ordered."), Meaning.SOON)
            page.sheet.head.focus()
        elif not self._are_prices_told(lines):
            return
        elif not is_sure and self._is_incomplete():
            self._ask_first()
        else:
            self._send(head, lines)

    def _are_prices_told(self, lines: list[DockLine]) -> bool:
        """A price that moved too far wants a word before anything else is asked."""
        sheet = self._page.dock.sheet
        supplier = sheet.supplier if sheet is not None else None
        for line in lines:
            if supplier is not None and line.needs_reason(supplier.price_jump_percent):
                name = line.title(self._context.language)
                text = _(
                    "{item}: the price moved by more than {limit} %. Why?",
                    item=name,
                    limit=f"{supplier.price_jump_percent.normalize():f}",
                )
                self._say_at(line, InvalidInput(text, field="price_reason"))
                return False
        return True

    def _is_incomplete(self) -> bool:
        summary = summary_of(self._page.dock.lines())
        return bool(summary.short or summary.waiting)

    def _ask_first(self) -> None:
        page = self._page
        said = summary_words(summary_of(page.dock.lines()), self._context.language, page.finder.unit_word)
        choices = (
            (_("Post as it is"), partial(self.post, is_sure=True)),
            (_("Go on receiving"), page.sheet.head.focus),
        )
        page.notice.offer(join(said, " "), choices, Meaning.SOON)
        first = page.notice.buttons()[0]
        first.setAutoDefault(True)
        first.setFocus()

    def _send(self, head: dict[str, Any], lines: list[DockLine]) -> None:
        page, sheet = self._page, self._page.dock.sheet
        if sheet is None:
            return
        self._set_sending(True)
        self._lines = lines
        self._context.ops.do(
            page, purchasing.receive_delivery, then=self._on_posted, failed=self.refuse,
            request_id=page.drafting.box.send(),
            new=self._delivery(sheet, head, lines),
        )  # fmt: skip

    def _delivery(self, sheet: DeliverySheet, head: dict[str, Any], lines: list[DockLine]) -> NewDelivery:
        page = self._page
        is_priced = not page.sheet.head.is_unpriced.value()
        return NewDelivery(
            tuple(line.new_line(row, is_priced=is_priced) for row, line in enumerate(lines, start=1)),
            supplier_id=head.get("supplier_id"), document=head.get("document") or "",
            order_ids=page.dock.order_ids(), at=self._when(head.get("at")),
            checks=page.sheet.head.temperatures.checks(), note=head.get("note") or "", currency=sheet.currency,
            rate=head.get("rate"), is_tax_incl=sheet.is_tax_incl, claim=page.sheet.wants_claim(),
            sheet_version=sheet.version,
        )  # fmt: skip

    def _when(self, day: date | None) -> datetime | None:
        """The moment of a delivery of an earlier day (its end); None, now, for today."""
        finder = self._page.finder
        if day is None or day == finder.today():
            return None
        return finder.day_end(day)

    def _set_sending(self, is_sending: bool) -> None:
        self._is_sending = is_sending
        self._page.sheet.setEnabled(not is_sending)

    # --- refused

    def refuse(self, error: CoreError) -> None:
        """The sentence stands at its line and field, or over the list; what is typed stays."""
        page = self._page
        self._set_sending(False)
        if not isinstance(error, ProgramFault):  # after a fault nobody knows: the same is sent as the same request
            page.drafting.box.came_back()
        if isinstance(error, NeedsConfirmation):
            page.sheet.head.focus()
            return
        row = error.row or 0
        if 0 < row <= len(self._lines):
            self._say_at(self._lines[row - 1], error)
        elif not page.sheet.head.show_error_at(error):
            page.say(error.text, Meaning.DANGER)

    def _say_at(self, line: DockLine, error: CoreError) -> None:
        page = self._page
        page.dock.mark_error(line.id, error.text, error.field or "")
        page.editing.show_error(line.id, error)
        page.say(error.text, Meaning.DANGER)

    # --- posted

    def _on_posted(self, delivery: Delivery) -> None:
        page = self._page
        self._set_sending(False)
        page.drafting.box.clear()
        self._attach(delivery)
        self.last = delivery
        left = summary_of(page.dock.lines())
        said = summary_words(left, self._context.language, page.finder.unit_word)
        page.finish()
        page.drafting.box.clear()
        words = _("Receipt {number} posted", number=delivery.number)
        undo = {"posting_id": delivery.posting_id} if delivery.posting_id is not None else None
        slip = partial(delivery_slip, self._context, page, delivery.receipt_id)
        self._context.shell.posted(Posted(words, undo, slip, self._forget, self._labels(delivery)))
        self._tell(delivery, said)

    def _forget(self) -> None:
        """It was taken back."""
        self.last = None
        self._page.notice.hide()
        self._page.board.reload()

    def _attach(self, delivery: Delivery) -> None:
        page = self._page
        of = ("posting", delivery.posting_id) if delivery.posting_id is not None else ("receipt", delivery.receipt_id)
        for path in page.sheet.head.files.paths:
            attach_file(self._context, page, (of[0], int(of[1] or 0)), path, page.show_error)

    def _labels(self, delivery: Delivery) -> Any:
        shell = self._context.shell
        if delivery.posting_id is None or not shell.can_go("labels"):
            return None
        return lambda: shell.go("labels", posting_id=delivery.posting_id)

    def _tell(self, delivery: Delivery, said: list[Text]) -> None:
        """What it became, in words, with what usually comes next."""
        page, context = self._page, self._context
        words = [
            _n("{number}: {n} line received.", "{number}: {n} lines received.", delivery.lines, number=delivery.number)
        ]
        if any(state is OrderState.PART_RECEIVED for _order, state in delivery.orders):
            words.append(_("The rest is still awaited."))
        choices: list[Any] = []
        if delivery.claim_id is not None:
            choices.append((_("Claim slip F8"), self.print_last))
        choices.append((_("Put-away list"), partial(put_away_list, context, page, delivery.receipt_id)))
        labels = self._labels(delivery)
        if labels is not None:
            choices.append((_("Labels"), labels))
        choices.append((_("Receipt"), partial(context.shell.go, "purchasing.receipts", receipt_id=delivery.receipt_id)))
        page.offer.offer(join([*words, *said], " "), choices, Meaning.SOON if said else Meaning.GOOD)

    def print_last(self) -> None:
        """The claim slip of what was received last, else its slip."""
        if self.last is None:
            self._context.shell.say(_("Nothing was received here yet."))
        elif self.last.claim_id is not None:
            claim_slip(self._context, self._page, self.last.claim_id)
        else:
            delivery_slip(self._context, self._page, self.last.receipt_id)
