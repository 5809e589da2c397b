"""Opens the card and the forms of items beside a list, for every page that shows items."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from core import catalog
from core.catalog import ItemCard, PolicyRow, TermRow
from core.i18n import _
from core.words import Permission
from desktop.catalog.item_fields import WIDE
from desktop.catalog.item_form import NewItemForm, edit_form
from desktop.catalog.item_forms import ItemForms
from desktop.catalog.item_panel import ItemPanel
from desktop.catalog.known import Known
from desktop.catalog.price_form import PriceForm
from desktop.catalog.why import ItemWhy
from desktop.context import AppContext
from desktop.widgets import Button, FormPanel, PageBase, WhyPanel

CARD = 540
PART_OF = {"term": "buying", "policy": "buying", "substitute": "buying"}


class ItemDesk(QObject):
    """`saved(item_id)` when a form went through; the card of its item then stands beside the list again."""

    saved = Signal(int)

    def __init__(self, page: PageBase, context: AppContext, known: Known) -> None:
        super().__init__(page)
        self._page, self._context, self._known = page, context, known
        self._forms = ItemForms(context, known)
        self._why = ItemWhy(page, context, known)
        self._behind: tuple[int, str] | None = None

    def open_item(self, item_id: int, part: str = "") -> None:
        """Show an item's card, at the part that was open."""
        before = self._page.panel()
        part = part or (before.part if isinstance(before, ItemPanel) else "facts")
        self._behind = None
        panel = ItemPanel(self._context, self._known, item_id, part)
        panel.form_wanted.connect(lambda kind, row: self._on_form_wanted(panel, kind, row))
        panel.why_wanted.connect(lambda key: self._on_why(panel, key))
        panel.setProperty("item_id", item_id)
        self._page.open_panel(panel, CARD)

    def follow(self, item_id: int) -> None:
        """Show the card of the row one is on, unless something is being typed."""
        panel = self._page.panel()
        is_same = panel is not None and panel.property("item_id") == item_id
        if not is_same and not self.has_unsaved():
            self.open_item(item_id)

    def new_item(self, barcode: str = "") -> None:
        """Show the form of a new item, with a code that nobody knew yet."""
        self._open_form(NewItemForm(self._context, self._known, barcode), 0, "facts", WIDE)

    def fix(self, item_id: int, kind: str, field: str = "") -> None:
        """Show one of the forms of an item at once, the keyboard in a field of it."""

        def then(card: ItemCard) -> None:
            self.open_form(card, kind)
            panel = self._page.panel()
            if field and isinstance(panel, FormPanel):
                panel.focus_field(field)

        self._context.ops.ask(self._page, catalog.get_item, item_id=item_id, then=then, key="fix")

    def may_fix(self, kind: str) -> bool:
        """Whether this person may use one of the forms."""
        may = self._context.shell.may
        if kind == "term":
            return may(Permission.SUPPLIER_EDIT) and may(Permission.PRICE_EDIT)
        return may(Permission.ITEM_EDIT)

    def open_form(self, card: ItemCard, kind: str, row: object = None, panel: ItemPanel | None = None) -> None:
        """Show one of the forms of an item."""
        part = PART_OF.get(kind, "facts")
        if kind == "edit":
            self._open_form(edit_form(self._context, self._known, card), card.id, part, WIDE)
            return
        forms = self._forms
        method = (panel.method() if panel is not None else None) or card.row.cost_method
        makers: dict[str, Callable[[], FormPanel]] = {
            "packs": lambda: forms.packs(card),
            "barcode": lambda: forms.barcode(card),
            "term": lambda: forms.term(card, row if isinstance(row, TermRow) else None),
            "policy": lambda: forms.policy(card, row if isinstance(row, PolicyRow) else None),
            "substitute": lambda: forms.substitute(card),
            "revalue": lambda: forms.revalue(card, method),
            "price": lambda: self._price_form(card),
        }
        made = makers[kind]()
        self._add_removal(made, card, row)
        self._open_form(made, card.id, part, CARD)

    def new_prices(self, item_ids: Sequence[int]) -> None:
        """Show the form of new sale prices for several items."""
        panel = PriceForm(self._context, self._known, item_ids)
        panel.saved.connect(lambda _answer: self._page.close_panel())
        panel.cancelled.connect(self._page.close_panel)
        self._behind = None
        self._page.open_panel(panel, CARD)
        panel.focus_field()

    def has_unsaved(self) -> bool:
        """Whether the open form holds something typed."""
        panel = self._page.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def take_back(self) -> bool:
        """A form or figure was closed: show the card that stood there before. False when there was none."""
        behind, self._behind = self._behind, None
        if behind is not None:
            self.open_item(*behind)
        return behind is not None

    # --- inside

    def _on_form_wanted(self, panel: ItemPanel, kind: str, row: object) -> None:
        if panel.card is not None:
            self.open_form(panel.card, kind, row, panel)

    def _on_why(self, panel: ItemPanel, key: str) -> None:
        if panel.card is not None and panel.available is not None:
            behind = (panel.item_id, panel.part)
            self._why.ask(panel.card, key, panel.available, panel.value)
            self._behind = behind

    def _open_form(self, panel: FormPanel, item_id: int, part: str, wide: int) -> None:
        def done(answer: object) -> None:
            made = item_id or (answer if isinstance(answer, int) else 0)
            self.open_item(made, part)
            self.saved.emit(made)

        def cancelled() -> None:
            if item_id:
                self.open_item(item_id, part)
            else:
                self._behind = None
                self._page.close_panel()

        panel.saved.connect(done)
        panel.cancelled.connect(cancelled)
        panel.setProperty("item_id", item_id)
        self._page.open_panel(panel, wide)
        self._behind = (item_id, part) if item_id else None
        panel.focus_field()

    def _price_form(self, card: ItemCard) -> FormPanel:
        subtitle = f"{card.row.title(self._context.language)} · {card.row.code}"
        return PriceForm(self._context, self._known, (card.id,), subtitle)

    def _add_removal(self, panel: FormPanel, card: ItemCard, row: object) -> None:
        """The form of something that is there can also take it away."""
        ops = self._context.ops

        def then(_answer: object) -> None:
            self._context.shell.say(_("Removed."))
            panel.done(card.id)

        if isinstance(row, TermRow):
            remove = lambda: ops.do(panel, catalog.remove_term, term_id=row.id, then=then)  # noqa: E731
        elif isinstance(row, PolicyRow):
            remove = lambda: ops.do(panel, catalog.remove_policy, policy_id=row.id, then=then)  # noqa: E731
        else:
            return
        panel.add_action(Button(_("Remove"), remove, icon_name="trash", kind="danger"))

    def is_why(self) -> bool:
        """Whether a figure is being explained."""
        return isinstance(self._page.panel(), WhyPanel)
