"""What was typed at the dock survives the program: it is kept as it is typed, and offered again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from core import purchasing
from core.i18n import _
from core.purchasing import Delivery, DeliverySheet, SheetLine
from desktop.context import AppContext
from desktop.purchasing.receive.lines import DockLine, line_from_draft, line_to_draft
from desktop.shell.drafts import Draft, DraftBox
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.receive.page import ReceivePage


class Drafting:
    """The draft of one page. A page that was opened for an order keeps its own."""

    def __init__(self, context: AppContext, page: ReceivePage, name: str) -> None:
        self._context, self._page = context, page
        self.box = DraftBox(page, context, page.finder, name, self._body)

    def touch(self) -> None:
        """Something was typed."""
        if self._page.is_at_dock():
            self.box.touch()

    def save(self) -> None:
        """Write what stands at the dock now."""
        self.box.save()

    def _body(self) -> dict[str, Any]:
        dock, head = self._page.dock, self._page.sheet.head
        lines = [line_to_draft(line) for line in dock.lines() if line.is_touched or not line.is_empty()]
        return {
            "lines": lines, "orders": list(dock.order_ids()), "supplier": head.supplier_id(), "head": head.to_draft(),
            "files": list(head.files.paths),
        }  # fmt: skip

    # --- offering

    def offer(self) -> None:
        """Offer what an earlier session left; of what was on its way it is asked first whether it arrived."""
        draft = self.box.load()
        if draft is None or self._page.is_at_dock():
            return
        if not draft.request_id:
            self._offer(draft)
            return
        self._context.ops.ask(
            self._page, purchasing.find_delivery, request_id=draft.request_id,
            then=partial(self._on_looked_up, draft), failed=lambda _error: self._offer(draft),
        )  # fmt: skip

    def _on_looked_up(self, draft: Draft, delivery: Delivery | None) -> None:
        if delivery is None:
            self._offer(draft)
        else:
            self.box.clear()
            self._page.notice.say(draft.arrived_words(delivery.number), Meaning.GOOD)

    def _offer(self, draft: Draft) -> None:
        if not self._page.is_at_dock():
            choices = ((_("Continue"), partial(self.take, draft)), (_("Throw away"), self.box.clear))
            self._page.offer.offer(draft.words(), choices)

    # --- going on

    def take(self, draft: Draft) -> None:
        """Go on with a draft: its orders as they are now, what was typed laid over them."""
        self.box.take(draft)
        body = draft.body
        self._page.opening.ask_sheet(
            partial(self._restore, body), order_ids=tuple(body.get("orders") or ()), supplier_id=body.get("supplier")
        )

    def _restore(self, body: Mapping[str, Any], sheet: DeliverySheet) -> None:
        expected = {line.order_line_id: line for line in sheet.lines if line.order_line_id is not None}
        self._page.opening.show_sheet(sheet, is_more=False)
        extra = [kept for kept in body["lines"] if kept.get("of") not in expected]

        def gathered(known: Mapping[int, SheetLine]) -> None:
            self._lay_over(body, expected, known)

        self._gather(list(extra), {}, body.get("supplier"), gathered)

    def _gather(self, extra: list[Any], known: dict[int, SheetLine], supplier_id: int | None, then: Any) -> None:
        """What is known of the goods that were not ordered, one item after the other."""
        if not extra:
            then(known)
            return
        kept = extra.pop(0)

        def came(line: SheetLine) -> None:
            known[kept["item"]] = line
            self._gather(extra, known, supplier_id, then)

        self._page.finder.known(kept["item"], supplier_id, came)

    def _lay_over(
        self, body: Mapping[str, Any], expected: Mapping[int, SheetLine], known: Mapping[int, SheetLine]
    ) -> None:
        try:
            lines = [self._line(kept, expected, known) for kept in body["lines"]]
            self._page.sheet.head.restore(body.get("head") or {})
        except (ValueError, KeyError, TypeError):
            self._page.say(_("This entry cannot be read any more."), Meaning.SOON)
            return
        self._page.dock.restore(lines)
        self._page.sheet.head.restore(body.get("head") or {})
        self._page.sheet.head.files.add(list(body.get("files") or ()))

    @staticmethod
    def _line(kept: Mapping[str, Any], expected: Mapping[int, SheetLine], known: Mapping[int, SheetLine]) -> DockLine:
        found = expected.get(kept.get("of") or 0) or known[kept["item"]]
        return line_from_draft(kept, found, expected)
