"""What was typed at the dock survives the program: it is kept as it is typed, and offered again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

BLANK = "blank"
NAMES = "draft/deliveries"
MOST = 20


def nothing() -> None:
    """Nothing follows."""


class Drafting:
    """Each delivery keeps a draft of its own, by its orders: two that were interrupted do not take each other's place."""

    def __init__(self, context: AppContext, page: ReceivePage) -> None:
        self._context, self._page = context, page
        self._boxes: dict[str, DraftBox] = {}
        self.box = self._box(())
        self._taken: DraftBox | None = None

    def _box(self, order_ids: Sequence[int]) -> DraftBox:
        return self._named("-".join(map(str, sorted(order_ids))) or BLANK)

    def _named(self, name: str) -> DraftBox:
        if name not in self._boxes:
            page = self._page
            self._boxes[name] = DraftBox(page, self._context, page.finder, f"delivery/{name}", self._body)
        return self._boxes[name]

    def touch(self) -> None:
        """Something was typed."""
        if self._page.is_at_dock():
            self._remember()
            self.box.touch()

    def save(self) -> None:
        """Write what stands at the dock now."""
        self.box.save()

    def _remember(self) -> None:
        """The drafts there may be, by name; the names alone tell nobody anything."""
        name = next(name for name, box in self._boxes.items() if box is self.box)
        if name not in self._names():
            self._context.settings.put(NAMES, " ".join([*self._names(), name][-MOST:]))

    def _names(self) -> list[str]:
        return self._context.settings.get(NAMES).split()

    def _body(self) -> dict[str, Any]:
        dock, head = self._page.dock, self._page.sheet.head
        lines = [line_to_draft(line) for line in dock.lines() if line.is_touched or not line.is_empty()]
        return {
            "lines": lines, "orders": list(dock.order_ids()), "supplier": head.supplier_id(), "head": head.to_draft(),
            "files": list(head.files.paths),
        }  # fmt: skip

    # --- offering

    def offer(self) -> None:
        """Offer what was left, the newest first; of what was on its way it is asked first whether it arrived."""
        left = [(box, draft) for box in map(self._named, self._names()) if (draft := box.load()) is not None]
        self._context.settings.put(
            NAMES, " ".join(name for name in self._names() if self._named(name).load() is not None)
        )
        if left and not self._page.is_at_dock():
            self._look_up(*max(left, key=lambda one: one[1].at))

    def _look_up(self, box: DraftBox, draft: Draft) -> None:
        if not draft.request_id:
            self._offer(box, draft)
            return

        def found(delivery: Delivery | None) -> None:
            if delivery is None:
                self._offer(box, draft)
            else:
                self._arrived(box, draft, delivery)
                self.offer()

        self._ask(draft, found, lambda: self._offer(box, draft))

    def _ask(self, draft: Draft, found: Callable[[Delivery | None], object], failed: Callable[[], object]) -> None:
        self._context.ops.ask(
            self._page,
            purchasing.find_delivery,
            request_id=draft.request_id,
            then=found,
            failed=lambda _error: failed(),
        )

    def _arrived(self, box: DraftBox, draft: Draft, delivery: Delivery) -> None:
        box.clear()
        self._page.notice.say(draft.arrived_words(delivery.number), Meaning.GOOD)

    def _offer(self, box: DraftBox, draft: Draft) -> None:
        if self._page.is_at_dock():
            return

        def drop() -> None:
            box.clear()
            self.offer()

        choices = ((_("Continue"), partial(self.take, box, draft)), (_("Throw away"), drop))
        self._page.offer.offer(draft.words(), choices)

    # --- going on

    def take(self, box: DraftBox, draft: Draft) -> None:
        """Go on with a draft: its orders as they are now, what was typed laid over them."""
        self._taken, body = box, draft.body
        self._page.opening.begin(nothing, order_ids=tuple(body.get("orders") or ()), supplier_id=body.get("supplier"))

    def resume(self, sheet: DeliverySheet, then: Callable[[], object]) -> None:
        """A delivery begins: what was typed for the same orders before stands in it again; then `then`."""
        here = [order.order_id for order in sheet.orders]
        self.box, self._taken = self._taken or self._box(here), None
        draft = self.box.load()
        if draft is None:
            then()
        elif set(draft.body.get("orders") or ()) - set(here):
            self._taken = self.box
            self._page.opening.begin(then, order_ids=tuple(draft.body["orders"]))
        elif draft.request_id:
            self._ask(draft, partial(self._resume_if_new, draft, sheet, then), then)
        else:
            self._restore(draft, sheet, then)

    def _resume_if_new(
        self, draft: Draft, sheet: DeliverySheet, then: Callable[[], object], delivery: Delivery | None
    ) -> None:
        if delivery is None:
            self._restore(draft, sheet, then)
        else:
            self._arrived(self.box, draft, delivery)
            then()

    def _restore(self, draft: Draft, sheet: DeliverySheet, then: Callable[[], object]) -> None:
        self.box.take(draft)
        body = draft.body
        expected = {line.order_line_id: line for line in sheet.lines if line.order_line_id is not None}
        extra = [kept for kept in body["lines"] if kept.get("of") not in expected]

        def gathered(known: Mapping[int, SheetLine]) -> None:
            self._lay_over(body, expected, known)
            then()

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
