"""What departments ask for: the list, one request beside it, approving and turning down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core import catalog, purchasing
from core.devices import Scan
from core.errors import CoreError
from core.i18n import Text, _
from core.purchasing import RequestCard, RequestRow
from core.words import Permission, RequestState, word
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.printing.source import PaperSource
from desktop.purchasing.requests.file import request_sheet
from desktop.purchasing.requests.form import RequestForm
from desktop.purchasing.requests.lines import named
from desktop.purchasing.requests.panel import RejectPanel, RequestPanel, look_of, open_items, told_of
from desktop.theme import Meaning
from desktop.widgets import ChipSpec, Column, KeyHint, Kind, PageBase, RowTable

ORDER_ROUTE, NEED_ROUTE = "purchasing.order", "purchasing.need"
FORM_WIDTH, PANEL_WIDTH = 696, 480
COMMANDS: dict[str, Callable[..., int]] = {
    "submit": purchasing.submit_request,
    "approve": purchasing.approve_request,
    "withdraw": purchasing.withdraw_request,
    "cancel": purchasing.cancel_request,
    "reopen": purchasing.reopen_request,
    "reject": purchasing.reject_request,
}


class RequestsPage(PageBase):
    """F2 begins a request, Enter opens one, F9 sends or approves what is open, F8 prints its slip."""

    def __init__(
        self, context: AppContext, *, purchase_request_id: int | None = None, item_id: int | None = None,
        state: RequestState | None = None, is_adding: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(_("Requests"), _("What departments ask for, and what became of it"))
        self.context = context
        self._rows: Sequence[RequestRow] = ()
        self._wanted = purchase_request_id
        self._units: dict[str, str] = {}
        self._may_request = context.shell.may(Permission.PURCHASE_REQUEST)
        self.table = RowTable(self._columns(), name=_("Requests"), key="purchasing.requests")
        self.set_table(self.table)
        self.add_search(lambda _text: self._show_rows(), _("Number, department or item"))
        self.chips.add(ChipSpec("state", _("State"), tuple((one, word(one)) for one in RequestState)))
        self.chips.add(ChipSpec("mine", _("Mine")))
        if state is not None:
            self.chips.set_value("state", state)
        self.chips.changed.connect(self.reload)
        if self._may_request:
            self.set_primary(_("New request"), self.add_request)
        self._file = ListFile(context, self, _("Requests"), self.prepare_sheet)
        self.add_more(_("Print"), self.print_page, "print", key="F8")
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")
        self.set_empty(
            _("Nothing is asked for"),
            _("A department says here what it needs. Once approved, it stands in “Need to order”."),
            [(_("New request"), self.add_request)] if self._may_request else [],
            icon_name="edit",
        )
        self.table.row_activated.connect(lambda row: self.open_request(row.id))
        context.hub.watch(self, ("request",), self._on_changed)
        context.ops.ask(self, catalog.list_units, then=self._on_units)
        self.start_loading()
        self.reload()
        if self._may_request and (is_adding or item_id is not None):
            self.add_request(item_id)
        elif purchase_request_id is not None:
            self.open_request(purchase_request_id)

    # --- the list

    def reload(self) -> None:
        """Ask again for what is asked for."""
        chosen = self.chips.values()
        states = (chosen["state"],) if chosen["state"] else ()
        self.context.ops.ask(
            self, purchasing.list_requests, states=states, mine=chosen["mine"], key="list", then=self._take,
            failed=self.show_error,
        )  # fmt: skip

    def _on_changed(self) -> None:
        self.reload()
        panel = self.panel()
        if isinstance(panel, RequestPanel):
            self.context.ops.ask(
                self, purchasing.get_request, purchase_request_id=panel.card.row.id, key="fresh",
                then=self._refresh_card, failed=lambda _error: None,
            )  # fmt: skip

    def _refresh_card(self, card: RequestCard) -> None:
        """What is open shows what it is now; who began something else meanwhile is not disturbed."""
        panel = self.panel()
        if isinstance(panel, RequestPanel) and panel.card.row.id == card.row.id:
            self._show_card(card)

    def _take(self, rows: Sequence[RequestRow]) -> None:
        self._rows = rows
        self._show_rows()
        if self._wanted is not None and self.table.select_where(lambda row: row.id == self._wanted):
            self._wanted = None

    def _fitting(self) -> list[RequestRow]:
        letters = self.head.search_text().casefold()
        return [
            row
            for row in self._rows
            if letters in f"{row.number} {row.department} {row.first_items.zh} {row.first_items.en} {row.by}".casefold()
        ]

    def _show_rows(self) -> None:
        rows = self._fitting()
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))

    def _columns(self) -> list[Column]:
        return [
            Column("number", _("Number"), 140),
            Column("state", _("State"), 150, kind=Kind.BADGE, value=look_of),
            Column("department", _("Department"), 120, stretch=True),
            Column("items", _("Asks for"), 200, stretch=True, value=self._items),
            Column("lines", _("Lines"), 70, kind=Kind.QTY, wide_only=True),
            Column("ordered", _("Ordered"), 90, kind=Kind.QTY, wide_only=True),
            Column("needed_on", _("Needed on"), 104, kind=Kind.DATE, meaning=_late),
            Column("by", _("Asked for by"), 112, muted=True, wide_only=True),
            Column("created_at", _("Made at"), 140, kind=Kind.INSTANT, muted=True, wide_only=True),
        ]

    def _items(self, row: RequestRow) -> Text:
        if row.lines == 1:
            return named(row.first_items)
        return _("{item} and {n} more", item=row.first_items, n=row.lines - 1)

    def _on_units(self, rows: list[catalog.UnitRow]) -> None:
        language = self.context.language
        self._units = {
            row.code: row.code if row.dimension and row.code.isascii() else row.title(language) or row.code
            for row in rows
        }
        if isinstance(self.panel(), RequestPanel):
            self._on_changed()

    # --- beside it

    def open_request(self, purchase_request_id: int) -> None:
        """Show one request beside the list."""
        self.context.ops.ask(
            self, purchasing.get_request, purchase_request_id=purchase_request_id, key="card", then=self._show_card,
            failed=lambda error: self.context.shell.show_error(error.text),
        )  # fmt: skip

    def _show_card(self, card: RequestCard) -> None:
        if self.has_unsaved() or isinstance(self.panel(), RejectPanel):
            return
        shell = self.context.shell
        order = (lambda key: shell.go(ORDER_ROUTE, order_id=key)) if shell.can_go(ORDER_ROUTE) else None
        may_order = shell.may(Permission.PURCHASE_ORDER) and shell.can_go(NEED_ROUTE)
        panel = RequestPanel(
            card, unit=lambda unit: self._units.get(unit, unit), open_order=order, may_order=may_order
        )  # fmt: skip
        panel.asked.connect(lambda way: self._do(way, card))
        self.open_panel(panel, PANEL_WIDTH)
        self.title_changed.emit(card.row.number)

    def _do(self, way: str, card: RequestCard) -> None:
        if way == "print":
            self.print_page()
        elif way == "order":
            self.context.shell.go(NEED_ROUTE, item_ids=open_items(card))
        elif way == "edit":
            self._open_form(card)
        elif way == "reject":
            panel = RejectPanel(card)
            panel.decided.connect(lambda note: self._run("reject", card, note=note))
            self.open_panel(panel, PANEL_WIDTH)
            panel.begin()
        else:
            self._run(way, card)

    def _run(self, way: str, card: RequestCard, **more: Any) -> None:
        command, request_id = COMMANDS[way], card.row.id

        def then(_version: int) -> None:
            self.context.shell.say(told_of(way, card.row.number))
            self.reload()
            show()

        def failed(error: CoreError) -> None:
            self.context.shell.show_error(error.text)
            show()

        def show() -> None:
            if isinstance(self.panel(), RejectPanel):
                self.close_panel()
            self.open_request(request_id)

        self.context.ops.do(
            self, command, purchase_request_id=request_id, version=card.row.version, then=then, failed=failed, **more
        )

    def add_request(self, item_id: int | None = None) -> None:
        """An empty form beside the list (F2)."""
        if isinstance(self.panel(), RequestForm):
            self.primary_in_form()
            return
        form = self._open_form(None)
        if item_id is not None:
            form.add_item(item_id)

    def primary_in_form(self) -> None:
        """F2 while a form is open: the next line."""
        form = self.panel()
        if isinstance(form, RequestForm):
            form.begin()

    def _open_form(self, card: RequestCard | None) -> RequestForm:
        form = RequestForm(self.context, card)
        form.saved.connect(self._on_saved)
        form.cancelled.connect(self._side.ask_close)
        self._side.closed.connect(form.forget_draft)
        self.open_panel(form, FORM_WIDTH)
        form.begin()
        return form

    def _on_saved(self, purchase_request_id: int) -> None:
        self.close_panel()
        self._wanted = purchase_request_id
        self.reload()
        self.open_request(purchase_request_id)

    # --- keys

    def post(self) -> None:
        """F9: the form is sent for approval, an open request approved or sent."""
        panel = self.panel()
        if isinstance(panel, RequestForm):
            panel.submit()
        elif isinstance(panel, RequestPanel):
            way = next((one for one in ("approve", "submit") if one in panel.card.can), None)
            if way is not None:
                self._run(way, panel.card)

    def print_page(self) -> None:
        """The slip of the request that is open, else of the row (F8)."""
        panel, row = self.panel(), self.table.current_row()
        key = panel.card.row.id if isinstance(panel, RequestPanel) else row.id if row is not None else None
        if key is not None:
            office = self.context.office
            source = PaperSource(
                "request", self.context.language,
                lambda said: office.ask(purchasing.get_request_paper, purchase_request_id=key, language=said),
                owner_kind="request", owner_id=key,
            )  # fmt: skip
            self.context.shell.make_paper(self, source)

    def scan(self, scan: Scan) -> bool:
        """Goods begin a line of the form that is open; everything else is somebody else's."""
        panel = self.panel()
        return isinstance(panel, RequestForm) and panel.scan(scan)

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, RequestForm) and panel.has_unsaved()

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("F9", _("Ask for approval, or approve")), KeyHint("Del", _("Remove the chosen line")),
        )  # fmt: skip

    def detail_title(self) -> str:
        panel = self.panel()
        return panel.card.row.number if isinstance(panel, RequestPanel) else ""

    def prepare_sheet(self) -> MakeSheet:
        """The list as it is narrowed, for a file."""
        return request_sheet(self._fitting(), self.context.language)


def _late(row: RequestRow) -> Meaning | None:
    return Meaning.DANGER if row.is_late else None
