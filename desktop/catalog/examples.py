"""Records of a site that are worth a picture, for the tour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from core import catalog
from desktop.widgets import RowTable


def item_args(office: Any) -> Mapping[str, object]:
    """An item with packs and barcodes."""
    ids = office.ask(catalog.list_item_ids, filters=catalog.ItemFilter(), sort="code")
    cards = [office.ask(catalog.get_item, item_id=item_id) for item_id in ids[:60]]
    best = max(cards, key=lambda card: (card.has_entries, len(card.units) + len(card.barcodes) + len(card.terms)))
    return {"item_id": best.id}


def buying_args(office: Any) -> Mapping[str, object]:
    """The same, at its suppliers."""
    return {**item_args(office), "part": "buying"}


def stock_args(office: Any) -> Mapping[str, object]:
    """The same, at its stock."""
    return {**item_args(office), "part": "stock"}


def files_args(office: Any) -> Mapping[str, object]:
    """The same, at its photo and files."""
    return {**item_args(office), "part": "files"}


def supplier_args(office: Any) -> Mapping[str, object]:
    """The first supplier that sells something: in the sample site it has contacts and festivals, too."""
    rows = sorted(office.ask(catalog.list_suppliers), key=lambda row: (row.items == 0, row.code))
    return {"supplier_id": rows[0].id if rows else 0}


def supplier_part(part: str) -> Callable[[Any], Mapping[str, object]]:
    """The same supplier, at one part of its card."""
    return lambda office: {**supplier_args(office), "part": part}


def supplier_form(kind: str) -> Callable[[QWidget], None]:
    """One of the supplier's forms, once its card is there."""

    def prepare(page: QWidget) -> None:
        page.panel().want_form(kind)  # type: ignore[attr-defined]

    return prepare


def supplier_term(page: QWidget) -> None:
    """The form of how the supplier sells its first item."""
    panel = page.panel()  # type: ignore[attr-defined]
    rows = [table.row_at(0) for table in panel.findChildren(RowTable)]
    panel.want_form("term", next(row for row in rows if isinstance(row, catalog.SupplierItemRow)))


def first_row(page: QWidget) -> None:
    """Open the first row of the page's list."""
    table = page.table  # type: ignore[attr-defined]
    table.select_row(0)
    row = table.row_at(0)
    if row is not None:
        table.row_activated.emit(row)


def primary(page: QWidget) -> None:
    """Do the page's primary action."""
    page.primary()  # type: ignore[attr-defined]


def planned_args(office: Any) -> Mapping[str, object]:
    """An item whose price will change."""
    from core import labels  # a picture needs it; registering the pages does not

    plans = office.ask(labels.list_planned_prices)
    return {"item_id": plans[0].item_id} if plans else item_args(office)


def new_prices(page: QWidget) -> None:
    """Change the prices of some rows by a percentage."""
    table = page.table  # type: ignore[attr-defined]
    table.selectAll()
    ids = [row.id for row in table.selected_rows()][:12]
    page.desk.new_prices(ids)  # type: ignore[attr-defined]
    panel = page.panel()  # type: ignore[attr-defined]
    panel.form.editor("way").set_value("percent")
    panel.form.editor("percent").set_value(5)
    panel.form.changed.emit()
    panel.reckon()


def new_price(page: QWidget) -> None:
    """The form of one item's new price, once its card is there."""
    panel = page.panel()  # type: ignore[attr-defined]
    panel.want_form("price")
