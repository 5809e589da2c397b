"""Orders: the list, what is due, and the calendar of deliveries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from core import catalog, purchasing
from core.devices import Scan
from core.documents import Cell, Sheet
from core.errors import CoreError
from core.i18n import Text, _, _n, join
from core.purchasing import OrderCounts, OrderFilter, OrderList, OrderRow
from core.words import OrderState, Permission, word
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.purchasing.files import notation_of
from desktop.purchasing.need.template_panel import TemplatePanel
from desktop.purchasing.orders.calendar import CalendarPart
from desktop.purchasing.orders.columns import FILE, order_columns
from desktop.purchasing.orders.due import DuePart
from desktop.purchasing.orders.filters import GROUPS, STATES_OF
from desktop.purchasing.orders.papers import order_paper
from desktop.purchasing.orders.scans import order_of
from desktop.widgets import SEASONS, ChipSpec, MenuChip, PageBase, PeriodFilter, RowsWanted, RowTable, Tabs, local_time

TITLE = _("Orders")
PARTS = ("list", "due", "calendar")
STEP = 1000
PANEL = 420


class OrdersPage(PageBase):
    """`state` narrows the list to a group, `part` opens the board or the calendar. Enter opens an order, F2 begins one."""

    def __init__(
        self, context: AppContext, *, state: str | None = None, supplier_id: int | None = None, text: str = "",
        overdue: bool = False, part: str = "list",
    ) -> None:  # fmt: skip
        super().__init__(TITLE, _("What was ordered, what is on its way, and what is late"))
        self.context = context
        self._supplier_id = supplier_id
        self._may_order = context.shell.may(Permission.PURCHASE_ORDER)
        sees_cost = context.shell.may(Permission.COST_VIEW)
        self.table = RowTable(
            order_columns(context.office.clock.now, sees_cost=sees_cost), name=TITLE, key="purchasing.orders"
        )  # fmt: skip
        self.due = DuePart(context, self.open_panel, self.close_panel)
        self.calendar = CalendarPart(context, self.today, self.open_panel, self.close_panel)
        self.parts = Tabs(TITLE)
        for words, widget in ((_("List"), self.table), (_("Deliveries"), self.due), (_("Calendar"), self.calendar)):
            self.parts.add(words, widget)
        self.set_table(self.table, self.parts)
        self.setFocusProxy(self.table)
        self._set_up_head(state, text, overdue=overdue)
        self._connect()
        self.start_loading()
        self.table.set_filter(self.filters())
        self.table.set_fetch(self._fetch)
        self._ask_rest()
        self.table.loaded.connect(self._on_list)
        self.parts.setCurrentIndex(PARTS.index(part))

    def _set_up_head(self, state: str | None, text: str, *, overdue: bool) -> None:
        self._search = self.add_search(lambda _text: self._narrow(), _("Number, supplier or item"))
        self._search.setText(text)
        self.chips.add(ChipSpec("state", _("State"), tuple((key, words) for key, words, _states in GROUPS)))
        self.chips.set_value("state", state)
        self.chips.add(ChipSpec("overdue", _("Overdue"), is_on=overdue))
        self.chips.add(ChipSpec("supplier", _("Supplier"), ()))
        self.period = PeriodFilter(self.chips, self.today, SEASONS)
        starts = []
        if self._may_order:
            self.set_primary(_("New order"), self.new_order)
            starts = [(_("New order"), self.new_order)]
            if self.context.shell.can_go("purchasing.need"):
                starts.append((_("What needs to be ordered"), lambda: self.context.shell.go("purchasing.need")))
        words = _("Orders to suppliers stand here: as drafts, on their way, received.")
        self.set_empty(_("No orders yet"), words, starts, "orders")
        if self._may_order:
            self.add_more(_("From a template"), self.show_templates, "copy")
        self._file = ListFile(self.context, self, TITLE, self.prepare_sheet)
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export", "Ctrl+E")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")
        self.add_more(_("Print the chosen order"), self.print_page, "print")

    def _connect(self) -> None:
        self.chips.changed.connect(self._narrow)
        self.period.changed.connect(self._narrow)
        self.table.row_activated.connect(lambda row: self.open_order(row.id))
        self.parts.currentChanged.connect(self._on_part)
        self.context.hub.watch(self, ("order", "receipt", "mail", "supplier"), self.reload)

    # --- asking

    def today(self) -> date:
        """The day at the site."""
        return local_time(self.context.office.clock.now()).date()

    def filters(self) -> OrderFilter:
        """What the chips, the days and the search say."""
        chosen, (first, last) = self.chips.values(), self.period.days()
        return OrderFilter(
            STATES_OF[chosen["state"]], chosen["supplier"] or self._supplier_id, None, self.head.search_text(), first,
            last, bool(chosen["overdue"]),
        )  # fmt: skip

    def reload(self) -> None:
        """Ask again for the list, the board, the calendar."""
        self.table.reload()
        self._ask_rest()

    def _ask_rest(self) -> None:
        ask = self.context.ops.ask
        ask(self, purchasing.count_orders, then=self._show_counts, key="counts", failed=_quiet)
        ask(self, catalog.list_suppliers, then=self._fill_suppliers, key="suppliers", failed=_quiet)
        self.due.reload()
        self.calendar.reload()

    def _narrow(self) -> None:
        text = self.head.search_text()
        self.table.set_filter(self.filters())
        self.due.narrow(text)
        self.calendar.narrow(text)

    def _fetch(self, wanted: RowsWanted, then: Any, failed: Any) -> None:
        def take(found: OrderList) -> None:
            then(found.rows, found.total)
            if wanted.offset == 0:
                mail = next(at for at, column in enumerate(self.table.columns) if column.key == "mail")
                self.table.setColumnHidden(mail, all(row.mail is None for row in found.rows))

        sort = {"sort": wanted.sort, "descending": wanted.descending} if wanted.sort else {}
        self.context.ops.ask(
            self, purchasing.list_orders, filters=wanted.filter, offset=wanted.offset, limit=wanted.limit, then=take,
            failed=failed, key=("list", wanted.offset), **sort,
        )  # fmt: skip

    def _fill_suppliers(self, rows: list[catalog.SupplierRow]) -> None:
        chip = self.chips.chip("supplier")
        assert isinstance(chip, MenuChip)
        chip.set_options([(row.id, row.title(self.context.language)) for row in rows])
        wanted, self._supplier_id = self._supplier_id, None
        if wanted is not None:
            chip.choose(wanted)

    def _show_counts(self, counts: OrderCounts) -> None:
        parts: list[Text] = []
        by = counts.by_state
        on_way = sum(by.get(state, 0) for state in STATES_OF["on_way"])
        for count, words in (
            (by.get(OrderState.DRAFT, 0), _n("{n} draft", "{n} drafts", by.get(OrderState.DRAFT, 0))),
            (by.get(OrderState.APPROVED, 0), _n("{n} to send", "{n} to send", by.get(OrderState.APPROVED, 0))),
            (on_way, _n("{n} on the way", "{n} on the way", on_way)),
            (counts.overdue, _n("{n} late", "{n} late", counts.overdue)),
        ):
            parts += [words] if count else []
        self.set_answer(join(parts, " · ") if parts else _("Nothing is under way"))
        late = _("Deliveries · {n} late", n=counts.overdue) if counts.overdue else _("Deliveries")
        self.parts.set_words(1, late)

    # --- what the person does

    def open_order(self, order_id: int) -> None:
        """Show one order."""
        self.context.shell.go("purchasing.order", order_id=order_id)

    def new_order(self) -> None:
        """Begin an order; of the supplier the list is narrowed to."""
        supplier_id = self.chips.values()["supplier"]
        self.context.shell.go("purchasing.order", **({"supplier_id": supplier_id} if supplier_id else {}))

    def show_templates(self) -> None:
        """Orders placed again and again: one press makes one."""
        panel = TemplatePanel(self.context)
        panel.ordered.connect(lambda made: self.open_order(made.order_id))
        panel.close_requested.connect(self.close_panel)
        self.open_panel(panel, PANEL)

    def print_page(self) -> None:
        """F8: the chosen order on paper."""
        row = self.table.current_row()
        if isinstance(row, OrderRow):
            order_paper(self.context, self, row.id)

    def scan(self, scan: Scan) -> bool:
        """The number on an order's paper opens it; goods are looked for elsewhere."""
        return order_of(self.context, self, scan, self.open_order)

    def prepare_sheet(self) -> MakeSheet:
        """Every order the filters leave, for a file."""
        ask, filters, said, wanted = self.context.office.ask, self.filters(), self.context.language, self.table.wanted()
        notation = notation_of(self.context)
        sort = {"sort": wanted.sort, "descending": wanted.descending} if wanted.sort else {}

        def rows() -> Any:
            at = 0
            while True:
                found = ask(purchasing.list_orders, filters=filters, offset=at, limit=STEP, **sort)
                yield from (_cells(row, said) for row in found.rows)
                at += STEP
                if at >= found.total:
                    return

        return lambda: Sheet(TITLE, FILE, rows(), notation=notation) if notation else Sheet(TITLE, FILE, rows())

    def _on_list(self, _total: int) -> None:
        if self.parts.currentIndex():
            self.head.hide_count()

    def _on_part(self, at: int) -> None:
        self.close_panel()
        self.chips.setVisible(at == 0)
        focus: Callable[[], None] = (self.table, self.due.table, self.calendar.grid)[at].setFocus
        if at == 0:
            self.set_count(self.table.total())
        else:
            self.head.hide_count()
        focus()


def _cells(row: OrderRow, said: str) -> tuple[Cell, ...]:
    return (
        row.number, row.supplier.render(said), word(row.state), row.created_at, row.sent_at, row.deliver_on,
        row.first_promise, row.last_promise, row.due_on, row.days_late, row.lines, row.open_lines, row.currency,
        row.amount, row.value, "" if row.mail is None else word(row.mail), row.supplier_ref, row.by,
    )  # fmt: skip


def _quiet(_error: CoreError) -> None:
    """The list itself says what went wrong."""
