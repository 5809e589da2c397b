"""One order: its head, its lines typed or scanned, what it comes to, and what is done with it next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.devices import Scan
from core.i18n import _
from core.purchasing import OrderCard, OrderSheet
from core.words import OrderState, Permission
from desktop.context import AppContext
from desktop.purchasing.orders.desk import Desk, DeskLine
from desktop.purchasing.orders.entry import Entry
from desktop.purchasing.orders.head import OrderHead
from desktop.purchasing.orders.line_acts import Lines
from desktop.purchasing.orders.line_columns import line_columns
from desktop.purchasing.orders.opening import Opening
from desktop.purchasing.orders.received import explain
from desktop.purchasing.orders.saving import Saving
from desktop.purchasing.orders.story import StoryPanel
from desktop.purchasing.orders.taking import Taking
from desktop.purchasing.orders.telling import Telling
from desktop.purchasing.orders.totals import Totals
from desktop.purchasing.orders.ways import Ways
from desktop.purchasing.receive.finding import Finder
from desktop.theme import Meaning, text_px
from desktop.widgets import Button, KeyHint, Offer, PageBase, RowTable, Words, above_form, scrolled

TITLE, HOW = _("New order"), _("Choose the supplier, then scan or type what is needed")
STORY_FROM, LEAST_TABLE = 1180, 148


class OrderPage(PageBase):
    """`order_id` shows an order, without it a new one begins: of `supplier_id`, or with `item_id` from its first
    supplier. `task` goes on at once: send, remind (with the words of `message`), confirm."""

    def __init__(
        self, context: AppContext, *, order_id: int = 0, supplier_id: int = 0, item_id: int = 0, task: str = "",
        message: str = "",
    ) -> None:  # fmt: skip
        super().__init__(*((_("Order"), "") if order_id else (TITLE, HOW)))
        self.context = context
        self.order_id: int | None = order_id or None
        self._first_supplier, self._first_item, self._task, self._message = supplier_id, item_id, task, message
        self.sees_cost = any(map(context.shell.may, (Permission.COST_VIEW, Permission.PURCHASE_ORDER)))
        self.finder = Finder(context, self)
        self.desk = Desk(self)
        self.order_head = OrderHead(self.finder)
        self.entry = Entry(self.finder, self.desk, sees_cost=self.sees_cost)
        self.table = RowTable(
            line_columns(self.finder, sees_cost=self.sees_cost), name=_("Lines"), key="purchasing.order"
        )  # fmt: skip
        self.totals = Totals()
        self.notice, self.offer = Offer(), Offer(Meaning.SOON)
        self.opening, self.saving, self.ways = Opening(self), Saving(self), Ways(self)
        self.taking, self.lines, self.telling = Taking(self), Lines(self), Telling(self)
        self._is_shown = False
        self._lay_out()
        self._connect()
        self.start_loading()

    def _lay_out(self) -> None:
        self.history_button = self.head.add_button(Button(_("History"), self.ways.story, icon_name="history", key="F6"))
        self.save_button = self.head.add_button(Button(_("Save"), self.saving.save, icon_name="save", key="Ctrl+S"))
        self.approve_button = self.head.add_button(Button(_("Approve"), self.ways.approve, icon_name="check"))
        for button in (self.history_button, self.save_button, self.approve_button):
            button.hide()
        form = QVBoxLayout()
        form.setContentsMargins(16, 0, 16, 8)
        form.setSpacing(8)
        form.addWidget(self.order_head)
        form.addWidget(self.entry)
        self.table.setMinimumHeight(text_px(LEAST_TABLE))
        below = QWidget()
        lines = QVBoxLayout(below)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(form)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.totals)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above_form(self.offer, self.notice))
        column.addWidget(scrolled(below), 1)
        self.table.set_empty(_("Nothing is ordered yet. Scan or type an item above; Enter adds it."))
        self.set_content(content)
        self.head.hide_count()

    def _connect(self) -> None:
        self.finder.ready.connect(self._on_ready)
        self.desk.changed.connect(self._on_lines)
        self.order_head.changed.connect(self._on_typed)
        self.order_head.supplier_changed.connect(self.opening.choose)
        self.order_head.finished.connect(self._on_head_done)
        self.entry.wanted.connect(self.taking.take)
        self.entry.entered.connect(self.lines.enter)
        self.entry.times_typed.connect(self.taking.times)
        self.entry.stepped.connect(self.lines.step)
        self.entry.left_empty.connect(self.lines.focus)
        self.table.row_activated.connect(self.lines.edit)
        self.table.why_requested.connect(lambda line, _key: explain(self, line))
        self.context.hub.watch(self, ("order", "receipt", "invoice", "mail", "supplier"), self._on_news)

    # --- beginning

    def _on_ready(self) -> None:
        self.order_head.fill_choices()
        if self._is_shown:
            return
        if self.order_id is not None:
            self._load(self._on_first)
        else:
            self._begin()

    def _begin(self) -> None:
        self._is_shown = True
        self.order_head.start(self._first_supplier or None)
        self._on_lines()
        self.telling.show_state()
        self.show_content()
        self.order_head.focus_first()
        if not self.finder.suppliers:
            self.telling.say_no_supplier()
        if self._first_supplier:
            self.opening.choose()
        elif self._first_item:
            self.opening.propose(self._first_item)

    def _load(self, then: Callable[[], object] | None = None) -> None:
        def shown(card: OrderCard, sheet: OrderSheet) -> None:
            self._fill(card, sheet)
            if then is not None:
                then()

        if self.order_id is not None:
            self.opening.load(self.order_id, shown, self.show_error)

    def _fill(self, card: OrderCard, sheet: OrderSheet) -> None:
        self._is_shown = True
        self.notice.hide()
        self.order_head.fill(card, self.site_currency())
        self.order_head.take_sheet(sheet, is_new=False, site_currency=self.site_currency())
        self.desk.show(card, sheet)
        self.telling.show_state()
        self.show_content()
        panel = self.panel()
        if isinstance(panel, StoryPanel):
            self.open_panel(StoryPanel(self.context, card), panel.width())

    def _on_first(self) -> None:
        card = self.desk.card
        if card is None:
            return
        task, self._task = self._task, ""
        if task in ("send", "remind") and "send" in card.can:
            self.ways.send(self._message)
        elif task == "confirm" and "confirm" in card.can:
            self.ways.confirm()
        elif card.row.state is not OrderState.DRAFT and self.width() >= STORY_FROM:
            self.ways.story()
            self.table.setFocus()
        else:
            self.focus_search() if "edit" in card.can else self.table.setFocus()

    def became(self, order_id: int, then: Callable[[], object] | None) -> None:
        """The order is saved for the first time."""
        self.order_id = order_id
        self._load(then)
        self.context.shell.say(_("The order is saved as a draft."))

    def show_again(self, then: Callable[[], object] | None = None) -> None:
        """Show it as it is saved now."""
        self._load(then)

    def reload(self) -> None:
        """Ask anew; what is typed stays."""
        self.finder.load()
        if self.order_id is not None and not self.is_changed():
            self._load()

    def _on_news(self) -> None:
        """Somebody changed something: shown at once, unless something is typed here."""
        if self.order_id is None or self.saving.is_sending or not self._is_shown:
            return
        if not self.is_changed() and self.entry.is_empty():
            self._load()

    # --- reading

    def supplier_id(self) -> int | None:
        """Whom it is ordered from."""
        return self.desk.card.row.supplier_id if self.desk.card is not None else self.order_head.supplier_id()

    def site_currency(self) -> str:
        """The currency of the books."""
        site = self.finder.site
        return site.currency if site is not None else ""

    def may_edit(self) -> bool:
        """Whether this person may change the order as it stands."""
        card = self.desk.card
        return self.context.shell.may(Permission.PURCHASE_ORDER) if card is None else "edit" in card.can

    def is_changed(self) -> bool:
        """Whether anything is typed that is not saved."""
        return self.order_head.is_changed() or self.desk.is_changed()

    def has_unsaved(self) -> bool:
        return self.may_edit() and (self.is_changed() or not self.entry.is_empty())

    def detail_title(self) -> str:
        return self.desk.card.row.number if self.desk.card is not None else ""

    def finish_typing(self) -> bool:
        """Enter what stands in the bar; False when it is not complete."""
        if not self.entry.is_empty():
            self.entry.finish()
        return self.entry.is_empty()

    def current_line(self) -> DeskLine | None:
        """The line the table is at."""
        line = self.table.current_row()
        return line if isinstance(line, DeskLine) else None

    # --- the head

    def _on_head_done(self) -> None:
        self.focus_search()

    # --- saying

    def say(self, words: Words, meaning: Meaning) -> None:
        """Say something over the lines."""
        self.notice.say(words, meaning)

    def _on_lines(self) -> None:
        self.table.set_rows(self.desk.lines())
        self.telling.show_totals()
        self._on_typed()

    def _on_typed(self) -> None:
        if not self.saving.is_sending and self._is_shown:
            self.save_button.setEnabled(self.order_id is None or self.is_changed())
            self.telling.show_totals()

    # --- keys and scans

    def primary(self) -> None:
        """F2: what usually comes next."""
        self.head.do_primary()

    def post(self) -> None:
        """F9: the same."""
        self.primary()

    def print_page(self) -> None:
        """F8: the order on paper."""
        if self.desk.card is not None:
            self.ways.print_it()

    def focus_search(self) -> None:
        """F3: where goods are typed; an order that was sent is changed here too."""
        if self.may_edit():
            self.entry.show()
            self.entry.focus_goods()

    def scan(self, scan: Scan) -> bool:
        """Goods go into the order; numbers of documents are found elsewhere."""
        if not self.is_loaded() or self.error_text() or not self.may_edit():
            return False
        return self.taking.scan(scan)

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("F9", self.ways.next_step()[0]), KeyHint("F8", _("Print")), KeyHint("F3", _("To the item field")),
            KeyHint("*24", _("Quantity of the last line")),
        )  # fmt: skip
