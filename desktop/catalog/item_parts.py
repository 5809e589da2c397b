"""The parts of an item's card that come from the catalog: facts, units and codes, suppliers, policies, substitutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import catalog
from core.catalog import ItemCard, PolicyRow, PriceRow, SubstituteRow, TermRow
from core.i18n import Text, _, join
from core.words import CostMethod, Permission, StorageKind, word
from desktop.catalog.known import Known
from desktop.catalog.parts import add_button, column_of, heading, nothing
from desktop.catalog.price_chart import price_chart
from desktop.context import AppContext
from desktop.widgets import (
    Badge,
    BadgeLook,
    Button,
    Column,
    Facts,
    Kind,
    Label,
    Words,
    date_words,
    money_words,
    number_words,
    small_table,
)

P = Permission


class CardActs(Protocol):
    """What the parts of a card ask the panel for."""

    context: AppContext
    known: Known
    card: ItemCard | None

    def want_form(self, kind: str, row: object = None) -> None: ...

    def act(self, command: Callable[..., Any], **args: Any) -> None: ...

    def may_edit(self) -> bool: ...


def facts_part(acts: CardActs, card: ItemCard, method: CostMethod | None) -> QWidget:
    """What the item is."""
    known, values = acts.known, card.values
    facts = Facts()

    def add(name: Text, said: Words) -> None:
        if said:
            facts.add(name, said)

    language = acts.context.language
    add(_("English name") if language == "zh" else _("Chinese name"), _other_name(card, language))
    add(_("Also called"), "、".join(_texts(values["aliases"])))
    add(_("Category"), known.category_name(values["category_id"]))
    add(_("Specification"), card.row.spec)
    add(_("Brand"), card.row.brand)
    add(_("Origin"), str(values["origin"]))
    add(_("Storage"), word(StorageKind(card.row.storage_kind)))
    add(_("Shelf life"), _days(values["shelf_life_days"]))
    add(_("Use-by after opening"), _days(values["opened_life_days"]))
    add(_("Lot tracking"), _("Lots and expiry dates are kept") if card.row.lot_tracked else _("No"))
    allergens = [catalog.allergen_name(one) for one in _texts(values["allergens"])]
    add(_("Allergens"), join(allergens, "、" if language == "zh" else ", ") if allergens else "")
    _add_money(add, acts, card, method)
    add(_("ABC class"), card.row.abc_class)
    add(_("Remark"), str(values["note"]))
    return facts


def _add_money(add: Callable[[Text, Words], None], acts: CardActs, card: ItemCard, method: CostMethod | None) -> None:
    values, unit = card.values, acts.known.unit(card.row.base_unit)
    if acts.known.sees_prices:
        add(_("Sale price"), _price(values["sale_price"], unit))
        tax = values["tax_rate"]
        add(_("Tax rate"), f"{number_words(tax)} %" if isinstance(tax, Decimal) else "")
    add(_("Cost method"), word(method or card.row.cost_method))
    if acts.known.sees_prices:
        add(_("Standard cost"), _price(values["standard_cost"], unit))


def _other_name(card: ItemCard, language: str) -> str:
    other = card.row.name if language == "en" else card.row.name_en
    return other if other != card.row.title(language) else ""


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, tuple | list) else []


def _days(value: object) -> Words:
    return _("{n} days", n=value) if isinstance(value, int) else ""


def _price(value: object, unit: str) -> str:
    return f"{money_words(value, sign=True)} / {unit}" if isinstance(value, Decimal) else ""


def gaps_part(card: ItemCard) -> QWidget | None:
    """What is missing on the item."""
    if not card.gaps:
        return None
    names = join([catalog.GAP_NAMES[one] for one in card.gaps], " · ")
    return Label(_("Missing: {gaps}", gaps=names), "muted", wrap=True)


def units_part(acts: CardActs, card: ItemCard) -> QWidget:
    """Pack units with their factors, and what each is used for."""
    known = acts.known
    base = known.unit(card.row.base_unit)
    facts = Facts()
    facts.add(base, _("Base unit"))
    for pack in card.units:
        facts.add(known.unit(pack.unit), f"= {number_words(pack.factor)} {base}")
    for key, name in (("purchase_unit", _("Purchase unit")), ("issue_unit", _("Issue unit")),
                      ("count_unit", _("Count unit"))):  # fmt: skip
        if card.values[key]:
            facts.add(name, known.unit(str(card.values[key])))
    more = [Button(_("Pack units"), lambda: acts.want_form("packs"), icon_name="edit", kind="link")]
    return column_of(heading(_("Units"), *(more if acts.may_edit() else ())), facts)


def barcodes_part(acts: CardActs, card: ItemCard) -> QWidget:
    """The codes that find it, each with its unit."""
    rows = [_barcode_line(acts, row) for row in card.barcodes]
    more = [add_button(_("Add a barcode"), lambda: acts.want_form("barcode"))] if acts.may_edit() else []
    return column_of(heading(_("Barcodes"), *more), *(rows or [nothing(_("No barcode yet."))]), spacing=4)


def _barcode_line(acts: CardActs, row: catalog.BarcodeRow) -> QWidget:
    parts = [acts.known.unit(row.unit), row.kind, row.supplier]
    note: Words = " · ".join(part for part in parts if part)
    if row.is_internal:
        note = _("{unit} · our own", unit=acts.known.unit(row.unit))
    line, layout = _line()
    layout.addWidget(Label(row.code))
    layout.addWidget(Label(note, "muted"), 1)
    if acts.may_edit():
        words = _("Remove the barcode {code}", code=row.code)
        take = Button(
            words, lambda: acts.act(catalog.remove_barcode, barcode_id=row.id), icon_name="close", kind="icon"
        )
        layout.addWidget(take)
    return line


def _line() -> tuple[QWidget, QHBoxLayout]:
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    return line, layout


def terms_part(acts: CardActs, card: ItemCard) -> QWidget:
    """Who sells it, for how much."""
    known = acts.known
    may = acts.context.shell.may
    may_change = may(P.SUPPLIER_EDIT) and may(P.PRICE_EDIT) and acts.may_edit()

    def per(row: TermRow) -> str:
        unit = known.unit(row.unit or str(card.values["purchase_unit"]) or card.row.base_unit)
        is_foreign = known.site is not None and row.currency != known.site.currency
        return f"{row.currency} / {unit}" if is_foreign else unit

    columns = [
        Column("supplier", _("Supplier"), 130, stretch=True, sortable=False),
        Column("rank", _("Rank"), 84, kind=Kind.BADGE, value=lambda row: _rank(row.rank), sortable=False),
        Column("unit", _("Unit"), 64, kind=Kind.UNIT, value=per, sortable=False),
    ]
    if known.sees_prices:
        columns.append(Column("price", _("Price"), 80, kind=Kind.MONEY, sortable=False))
    columns.append(Column("lead_days", _("Lead days"), 78, kind=Kind.QTY, sortable=False, hint=_("Lead time")))
    more = [add_button(_("Add a supplier"), lambda: acts.want_form("term"))] if may_change else []
    parts: list[QWidget] = [heading(_("Suppliers and terms"), *more)]
    if card.terms:
        table = small_table(columns, card.terms, _("Suppliers and terms"))
        if may_change:
            table.row_activated.connect(lambda row: acts.want_form("term", row))
        parts.append(table)
        parts += [_breaks(row, per(row)) for row in card.terms if row.breaks]
        parts += [_validity(row) for row in card.terms if row.valid_from or row.valid_to]
        if may_change:
            parts.append(Label(_("Enter or a double click changes a line."), "small"))
    else:
        parts.append(nothing(_("Nobody sells it yet.")))
    return column_of(*parts)


def _breaks(row: TermRow, unit: str) -> QWidget:
    steps = [
        _(
            "from {qty} {unit}: {price}",
            qty=number_words(one.from_qty),
            unit=unit,
            price=number_words(one.price),
        )
        for one in row.breaks
    ]
    return Label(_("{supplier}: {breaks}", supplier=row.supplier, breaks=join(steps, " · ")), "muted", wrap=True)


def _validity(row: TermRow) -> QWidget:
    """From and to which day a price holds."""
    days = [
        words
        for day, words in (
            (row.valid_from, _("from {day}", day=_day(row.valid_from))),
            (row.valid_to, _("to {day}", day=_day(row.valid_to))),
        )
        if day is not None
    ]
    return Label(_("{supplier}: {breaks}", supplier=row.supplier, breaks=join(days, " ")), "muted", wrap=True)


def _day(day: date | None) -> str:
    return "" if day is None else date_words(day)


def _rank(rank: int) -> BadgeLook:
    return BadgeLook(_("Main")) if rank == 1 else BadgeLook(_("Backup {n}", n=rank - 1))


def prices_part(rows: list[PriceRow]) -> QWidget:
    """How the price of one base unit went, and the last prices."""
    columns = [
        Column("at", _("When"), 138, kind=Kind.INSTANT, muted=True, sortable=False),
        Column("supplier", _("Supplier"), 110, stretch=True, sortable=False),
        Column("price", _("Price"), 78, kind=Kind.MONEY, sortable=False),
        Column("change", _("Up or down"), 88, kind=Kind.PERCENT, sortable=False),
    ]
    parts: list[QWidget] = [heading(_("Price history, one base unit"))]
    if len(rows) > 1:
        parts.append(price_chart(rows))
    if rows:
        parts.append(small_table(columns, rows, _("Price history"), most=6))
    else:
        parts.append(nothing(_("No price yet.")))
    return column_of(*parts)


def policies_part(acts: CardActs, card: ItemCard, place_words: Callable[[PolicyRow], str]) -> QWidget:
    """How much should be there."""
    whole = [row for row in card.policies if row.location_id == 0]
    columns = [Column("place", _("Where"), 110, stretch=True, value=place_words, sortable=False)]
    for key, name in (("minimum", _("Minimum")), ("safety", _("Safety")), ("maximum", _("Maximum")), ("par", _("Par"))):
        columns.append(Column(key, name, 74, kind=Kind.QTY, sortable=False, zero_is_dash=False))
    more = [add_button(_("Add a policy"), lambda: acts.want_form("policy"))] if acts.may_edit() else []
    parts: list[QWidget] = [heading(_("Stock policy"), *more)]
    if card.policies:
        table = small_table(columns, sorted(card.policies, key=lambda row: row not in whole), _("Stock policy"))
        if acts.may_edit():
            table.row_activated.connect(lambda row: acts.want_form("policy", row))
        parts.append(table)
    else:
        parts.append(nothing(_("No minimum and maximum yet.")))
    return column_of(*parts)


def substitutes_part(acts: CardActs, card: ItemCard) -> QWidget:
    """What may stand in for it, the first to be tried on top."""
    more = [add_button(_("Add a substitute"), lambda: acts.want_form("substitute"))] if acts.may_edit() else []
    rows = [_substitute_line(acts, card, at) for at in range(len(card.substitutes))]
    return column_of(heading(_("Substitutes"), *more), *(rows or [nothing(_("Nothing stands in for it."))]), spacing=4)


def _substitute_line(acts: CardActs, card: ItemCard, at: int) -> QWidget:
    row: SubstituteRow = card.substitutes[at]
    line, layout = _line()
    name = (row.name_en or row.name) if acts.context.language == "en" else row.name
    shell = acts.context.shell
    layout.addWidget(Badge(BadgeLook(str(row.rank))))
    layout.addWidget(Button(name, lambda: shell.go("catalog.item", item_id=row.item_id), kind="link"))
    factor: Words = "" if row.factor == 1 else f"× {number_words(row.factor)}"
    layout.addWidget(Label(" · ".join(str(part) for part in (factor, row.note) if part), "muted"), 1)
    if acts.may_edit():
        if at:
            ids = [one.id for one in card.substitutes]
            ids[at - 1], ids[at] = ids[at], ids[at - 1]
            up = lambda: acts.act(catalog.rank_substitutes, item_id=card.id, row_ids=ids)  # noqa: E731
            layout.addWidget(Button(_("Try {name} earlier", name=name), up, icon_name="arrow-up", kind="icon"))
        take = lambda: acts.act(catalog.remove_substitute, substitute_row_id=row.id)  # noqa: E731
        layout.addWidget(Button(_("Remove {name}", name=name), take, icon_name="close", kind="icon"))
    return line
