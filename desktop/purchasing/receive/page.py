"""Receive: what is expected, then the delivery at the dock. Scan goods or a slip, type only what differs, F9 posts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from core.devices import Scan
from core.errors import CoreError
from core.i18n import _
from core.purchasing import ExpectedRow
from core.words import Permission
from desktop.context import AppContext
from desktop.purchasing.files import add_files
from desktop.purchasing.receive.acts import KEYS, DockActs
from desktop.purchasing.receive.board import DUE, Board
from desktop.purchasing.receive.dock import Dock
from desktop.purchasing.receive.drafting import Drafting
from desktop.purchasing.receive.editing import Editing
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.opening import Opening
from desktop.purchasing.receive.scans import DockScans
from desktop.purchasing.receive.sending import Sending
from desktop.purchasing.receive.sheet import SheetView
from desktop.theme import Meaning
from desktop.widgets import KeyHint, Offer, PageBase, Words, above_form

TITLE, ANSWER = _("Receive"), _("What is expected, and what is at the dock")


class ReceivePage(PageBase):
    """`order_ids`: begin with these orders; `item_code`: with goods of this code, from another page."""

    def __init__(
        self, context: AppContext, *, order_ids: Sequence[int] = (), order_id: int = 0, item_code: str = ""
    ) -> None:
        super().__init__(TITLE, ANSWER)
        self.context = context
        self._wanted_orders = tuple(order_ids) or ((order_id,) if order_id else ())
        self._wanted_code = item_code
        self.finder = Finder(context, self)
        self.dock = Dock(self)
        self.dock.usual_place = self.finder.usual_place
        self.board = Board(context, self.finder)
        self.sheet = SheetView(context, self.finder, self.dock)
        self.notice, self.offer = Offer(), Offer(Meaning.ACCENT)
        self.opening = Opening(context, self)
        self.scans = DockScans(context, self, self.opening, self.finder, self.dock)
        self.sending = Sending(context, self)
        self.acts = DockActs(context, self)
        self.editing = Editing(context, self)
        self.drafting = Drafting(context, self)
        self._views = QStackedWidget()
        self._lay_out()
        self._set_up_head()
        self._connect()
        self.start_loading()
        self.board.reload()

    def _lay_out(self) -> None:
        self._views.addWidget(self.board)
        self._views.addWidget(self.sheet)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above_form(self.offer, self.notice))
        column.addWidget(self._views, 1)
        self.set_content(content)

    def _set_up_head(self) -> None:
        words = _("Supplier or order")
        self._search = self.add_search(lambda text: self.board.narrow(text=text), words)
        self.chips.add(DUE)
        self.chips.changed.connect(lambda: self.board.narrow(is_due=bool(self.chips.values()["due"])))
        if self.context.shell.may(Permission.STOCK_RETURN):
            self.add_more(_("Return to supplier"), lambda: self.context.shell.go("purchasing.return"), "return")
        self.add_more(_("This line as ordered"), self.acts.line_as_ordered, "check", "F6")
        self.add_more(_("Refuse some of this line"), self.acts.refuse_line, "return", "F7")
        self.add_more(_("Free goods of this item"), self.acts.add_free_goods, "plus")
        self.add_more(_("Another order of this supplier"), self.opening.offer_orders, "orders")
        self.add_more(_("Leave this delivery"), self.leave, "close")
        self.file = add_files(self, self.context, _("Expected deliveries"), self.board.table, self.board.shown_rows)
        self._show_board()

    def _connect(self) -> None:
        head = self.sheet.head
        self.board.chosen.connect(lambda ids: self.opening.open_orders(ids, nothing))
        self.board.loaded.connect(self._on_expected)
        self.finder.ready.connect(self._on_ready)
        self.sheet.edit_asked.connect(self.editing.edit)
        self.sheet.post_asked.connect(self.post)
        head.picked.connect(self.scans.take)
        head.times_typed.connect(self.acts.take_times)
        head.left_empty.connect(self._on_enter)
        head.supplier_changed.connect(self.opening.on_supplier)
        self.dock.changed.connect(self.drafting.touch)
        head.changed.connect(self.drafting.touch)
        head.files.changed.connect(self.drafting.touch)
        self.context.hub.watch(self, ("order", "receipt", "stock"), self._on_news)

    # --- beginning

    def is_at_dock(self) -> bool:
        """Whether a delivery is being received."""
        return self._views.currentWidget() is self.sheet

    def supplier_id(self) -> int | None:
        """Whose goods are at the dock."""
        return self.sheet.head.supplier_id()

    def reload(self) -> None:
        """Ask anew for what is expected, units and places; what is typed stays."""
        self.finder.load()
        self.board.reload()

    def _on_news(self) -> None:
        if not self.is_at_dock():
            self.board.reload()

    def _on_ready(self) -> None:
        self._show_when_loaded()

    def _on_expected(self, _rows: list[ExpectedRow]) -> None:
        if not self.is_at_dock():
            self.set_answer(self.board.answer())
            self.set_count(*self.board.shown())
        self._show_when_loaded()

    def _show_when_loaded(self) -> None:
        if self.is_loaded() or not self.finder.is_ready():
            return
        self.show_content()
        self._focus_view()
        orders, self._wanted_orders = self._wanted_orders, ()
        code, self._wanted_code = self._wanted_code, ""
        if orders:
            self.opening.open_orders(orders, nothing)
        elif code:
            self.opening.take_code(code)
        else:
            self.drafting.offer()

    # --- the two views

    def _show_board(self) -> None:
        self._views.setCurrentWidget(self.board)
        self._search.show()
        self.chips.show()
        self.set_title(TITLE, self.board.answer())
        self.set_count(*self.board.shown())
        self.set_primary(_("Receive without an order"), lambda: self.opening.open_blank(nothing), "plus")
        self.title_changed.emit("")

    def show_dock(self) -> None:
        """Show the delivery."""
        self._search.hide()
        self.chips.hide()
        self.head.hide_count()
        self._views.setCurrentWidget(self.sheet)
        self.set_title(TITLE, self.opening.words())
        if self.dock.has_orders():
            self.set_primary(_("All as ordered"), self.acts.all_as_ordered, "check")
        else:
            self.set_primary(_("Next line"), self.sheet.head.focus, "plus")
        self.title_changed.emit(self.detail_title())
        self.editing.show_beside()
        self.sheet.head.focus()

    def detail_title(self) -> str:
        """The supplier or order at the dock."""
        sheet = self.dock.sheet
        if not self.is_at_dock() or sheet is None:
            return ""
        return ", ".join(one.number for one in sheet.orders)

    def _focus_view(self) -> None:
        if self.is_at_dock():
            self.sheet.head.focus()
        else:
            self.board.table.setFocus()

    def leave(self) -> None:
        """Back to what is expected; what was typed is kept and offered again."""
        if not self.is_at_dock():
            return
        self.drafting.save()
        self.close_panel()
        self.notice.hide()
        self._show_board()
        self.dock.clear()
        self.board.reload()
        self.drafting.offer()
        self._focus_view()

    def finish(self) -> None:
        """The delivery is posted: back to what is expected."""
        self.dock.clear()
        self.close_panel()
        self.sheet.head.clear()
        self._show_board()
        self.board.reload()
        self._focus_view()

    # --- what the person does

    def primary(self) -> None:
        """F2: receive without an order; at the dock all as ordered."""
        self.head.do_primary()

    def focus_search(self) -> None:
        """F3: the list of what is expected, or the field goods are typed into."""
        if self.is_at_dock():
            self.sheet.head.focus()
        else:
            super().focus_search()

    def scan(self, scan: Scan) -> bool:
        """A scan never goes into the field that is being typed in; that field is left, and the scan counts."""
        if not self.is_loaded() or self.error_text():
            return False
        self.editing.stop()
        self.scans.take(scan)
        return True

    def _on_enter(self) -> None:
        """Enter in the empty field posts what came; while lines are missing it asks first."""
        self.sending.post(is_sure=False)

    def post(self) -> None:
        """F9: post what came."""
        if self.is_at_dock():
            self.sending.post(is_sure=True)

    def print_page(self) -> None:
        """F8: the claim slip of what was received last, else its receipt."""
        self.sending.print_last()

    # --- telling

    def say(self, words: Words, meaning: Meaning) -> None:
        """Say something over the list."""
        self.notice.say(words, meaning)

    def show_error(self, error: CoreError | Words) -> None:
        """A question failed: before the first answer the page says it, afterwards it stands over what is shown."""
        self.scans.drop()
        if not self.is_loaded():
            super().show_error(error)
        else:
            self.notice.say(error.text if isinstance(error, CoreError) else error, Meaning.DANGER)

    def subject_item(self) -> tuple[int, str] | None:
        """The item of the line that is worked at."""
        line = self.dock.current() if self.is_at_dock() else None
        return None if line is None else (line.known.item_id, line.title(self.context.language))

    def has_unsaved(self) -> bool:
        """Lines that are not posted."""
        return self.is_at_dock() and self.dock.has_typing()

    def escape(self) -> bool:
        """Esc leaves the field of a line, then the delivery."""
        if not self.is_at_dock():
            return super().escape()
        panel = self.editing.panel()
        if panel is not None and (panel.form.is_typing() or self.editing.is_covering()):
            self.editing.leave_line()
            return True
        if not self.sheet.head.goods.field().hasFocus() and QApplication.focusWidget() is not None:
            self.sheet.head.focus()
            return True
        self.leave()
        return True

    def more_keys(self) -> Sequence[KeyHint]:
        return KEYS

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.editing.show_beside()


def nothing() -> None:
    """Nothing follows."""
