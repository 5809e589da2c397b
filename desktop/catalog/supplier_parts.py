"""The parts of a supplier's card: who it is, how it is ordered from, its money, what it sells, what came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import catalog, stock
from core.catalog import ContactRow, PriceRow, SupplierCard, SupplierItemRow
from core.i18n import Text, _, _n, join
from core.iban import spaced
from desktop.catalog.deal_editors import percent_of, said_parts, weekday_words
from desktop.catalog.known import Known
from desktop.catalog.parts import add_button, column_of, heading, nothing
from desktop.catalog.price_chart import price_chart
from desktop.catalog.supplier_forms import LANGUAGES
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
    number_words,
    small_table,
    ui_text,
)

MOST_DAYS = 6
MOST_ITEMS = 6


class SupplierActs(Protocol):
    """What the parts of a card ask the panel for."""

    context: AppContext
    known: Known
    supplier_id: int

    def want_form(self, kind: str, row: object = None) -> None: ...

    def act(self, command: Callable[..., Any], **args: Any) -> None: ...

    def may_edit(self) -> bool: ...

    def choose_item(self, row: SupplierItemRow) -> None: ...


def _add(facts: Facts, name: Text, said: Words) -> None:
    if said:
        facts.add(name, said)


def _edit(acts: SupplierActs, words: Text, kind: str) -> list[Button]:
    make = lambda: acts.want_form(kind)  # noqa: E731
    return [Button(words, make, icon_name="edit", kind="link")] if acts.may_edit() else []


def facts_part(card: SupplierCard) -> QWidget:
    """How to reach it."""
    row, facts = card.row, Facts()
    for name, said in (
        (_("Contact"), row.contact), (_("Phone"), row.phone), (_("E-mail"), row.email), (_("Address"), row.address),
        (_("Papers in"), dict(LANGUAGES).get(row.language, "")), (_("Remark"), row.note),
    ):  # fmt: skip
        _add(facts, name, said)
    return facts


def contacts_part(acts: SupplierActs, card: SupplierCard) -> QWidget:
    """Further people there."""
    more = [add_button(_("Add a contact"), lambda: acts.want_form("contact"))] if acts.may_edit() else []
    rows = [_contact_line(acts, row) for row in card.contacts]
    return column_of(heading(_("Contacts"), *more), *(rows or [nothing(_("Nobody else yet."))]))


def _contact_line(acts: SupplierActs, row: ContactRow) -> QWidget:
    head = QWidget()
    line = QHBoxLayout(head)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    if acts.may_edit():
        line.addWidget(Button(row.name, lambda: acts.want_form("contact", row), kind="link"))
    else:
        line.addWidget(Label(row.name))
    line.addWidget(Label(row.role, "muted"))
    for gets, words in ((row.gets_orders, _("Gets orders")), (row.gets_claims, _("Gets claims"))):
        if gets:
            line.addWidget(Badge(BadgeLook(words)))
    line.addStretch(1)
    if acts.may_edit():
        words = _("Remove {name}", name=row.name)
        take = lambda: acts.act(catalog.remove_contact, contact_id=row.id)  # noqa: E731
        line.addWidget(Button(words, take, icon_name="close", kind="icon"))
    reached = said_parts((row.phone, row.email, row.note))
    return column_of(head, *([Label(reached, "muted", wrap=True)] if reached else []), spacing=0)


def ordering_part(acts: SupplierActs, card: SupplierCard) -> QWidget:
    """When and how much can be ordered."""
    values, facts = card.values, Facts()
    currency = str(values["currency"])
    _add(facts, _("Delivers on"), weekday_words(_whole(values["delivery_days"])))
    _add(facts, _("Order by"), str(values["cutoff_time"] or ""))
    _add(facts, _("Lead time"), _days(values["lead_days"]))
    _add(facts, _("Minimum order value"), _money(values["minimum_value"], currency))
    _add(facts, _("Budget a month"), _money(values["monthly_budget"], currency))
    return column_of(heading(_("Ordering"), *_edit(acts, _("Change"), "ordering")), facts)


def door_part(card: SupplierCard) -> QWidget:
    """What is accepted at the door."""
    values, facts = card.values, Facts()
    for key, name in (
        ("over_tolerance", _("Over-delivery accepted")), ("short_tolerance", _("Short delivery counts as complete")),
        ("price_jump_percent", _("A new price asks for a reason above")),
    ):  # fmt: skip
        _add(facts, name, percent_of(values[key]))
    return column_of(heading(_("At the door")), facts)


def closed_part(acts: SupplierActs, card: SupplierCard, today: date) -> QWidget:
    """The next days without delivery."""
    coming = [one for one in card.closed_days if one.day >= today]
    head = heading(_("Days without delivery"), *_edit(acts, _("Change"), "closed"))
    if not coming:
        return column_of(head, nothing(_("No such days ahead.")))
    facts = Facts([(date_words(one.day), one.note) for one in coming[:MOST_DAYS]])
    left = len(coming) - MOST_DAYS
    rest = [Label(_n("and {n} more day", "and {n} more days", left), "muted")] if left > 0 else []
    return column_of(head, facts, *rest)


def money_part(acts: SupplierActs, card: SupplierCard) -> QWidget:
    """Its currency and taxes."""
    values, facts = card.values, Facts()
    _add(facts, _("Currency"), str(values["currency"]))
    _add(facts, _("Prices"), _("with tax") if values["prices_incl_tax"] else _("without tax"))
    _add(facts, _("Tax rate"), percent_of(values["tax_rate"]))
    _add(facts, _("Tax number"), str(values["tax_number"]))
    return column_of(heading(_("Money"), *_edit(acts, _("Change"), "money")), facts)


def payment_part(acts: SupplierActs, card: SupplierCard) -> QWidget:
    """When an invoice is due, and how far it may differ."""
    values, facts = card.values, Facts()
    due = _days(values["payment_days"])
    since = _("{days} from the end of the month", days=due) if values["payment_end_of_month"] else due
    _add(facts, _("Payment term"), since)
    site = acts.known.site
    limits = [percent_of(values["match_percent"]), _money(values["match_amount"], site.currency if site else "")]
    said = [one for one in limits if one]
    _add(facts, _("Invoice may differ by"), " / ".join(said) if said else _("nothing"))
    return column_of(heading(_("Payment")), facts)


def bank_part(card: SupplierCard) -> QWidget | None:
    """Where it is paid to, for those who may know."""
    if not card.sees_secrets:
        return None
    values, facts = card.values, Facts()
    said = [
        (_("Bank"), str(values["bank_name"])), (_("Bank account"), str(values["bank_account"])),
        (_("IBAN"), spaced(str(values["iban"]))), (_("BIC"), str(values["bic"])),
    ]  # fmt: skip
    for name, words in said:
        _add(facts, name, words)
    known: list[QWidget] = [facts] if any(words for _name, words in said) else [nothing(_("No bank account yet."))]
    return column_of(heading(_("Bank")), *known)


def items_part(acts: SupplierActs, rows: list[SupplierItemRow], today: date) -> QWidget:
    """What it sells, how, and until when."""
    known, shell, language = acts.known, acts.context.shell, acts.context.language
    show = lambda: shell.go("catalog.items", supplier_id=acts.supplier_id)  # noqa: E731
    if not rows:
        return column_of(heading(_("What it sells")), nothing(_("No item names it yet.")))
    columns = [
        Column("name", _("Item"), 120, stretch=True, value=lambda row: row.title(language)),
        Column("supplier_code", _("Its code"), 84, muted=True),
        Column("unit", _("Unit"), 56, kind=Kind.UNIT, value=lambda row: known.unit(row.unit)),
    ]
    if known.sees_prices:
        columns.append(Column("price", _("Price"), 78, kind=Kind.MONEY))
    if any(row.valid_from or row.valid_to for row in rows):
        columns.append(
            Column("valid_to", _("Validity"), 92, value=lambda row: validity_words(row, today), sortable=False)
        )
    table = small_table(columns, rows, _("What it sells"), most=MOST_ITEMS)
    table.row_activated.connect(lambda row: acts.want_form("term", row))
    table.current_changed.connect(lambda row: acts.choose_item(row) if row is not None else None)
    more = Button(_("Show all items"), show, icon_name="item", kind="link")
    return column_of(heading(_sold_words(acts), more), table)


def _sold_words(acts: SupplierActs) -> Text:
    """The heading of what it sells, with the currency where it is not the site's."""
    site = acts.known.site
    mine = next((one.currency for one in acts.known.suppliers if one.id == acts.supplier_id), "")
    if site is None or mine in ("", site.currency):
        return _("What it sells")
    return _("What it sells, prices in {currency}", currency=mine)


def validity_words(row: Any, today: date) -> str:
    """Until when a price holds, or from when on."""
    if row.valid_to is not None and row.valid_to < today:
        return ui_text(_("over"))
    if row.valid_from is not None and row.valid_from > today:
        return ui_text(_("from {day}", day=f"{row.valid_from:%m-%d}"))
    return ui_text(_("to {day}", day=f"{row.valid_to:%m-%d}")) if row.valid_to is not None else ""


def item_prices_part(acts: SupplierActs, row: SupplierItemRow, prices: list[PriceRow]) -> QWidget:
    """How one item's price went with this supplier, and its price breaks."""
    name, unit = row.title(acts.context.language), acts.known.unit(row.unit)
    parts: list[QWidget] = [heading(_("{item}: price of one base unit, without tax", item=name))]
    parts.append(price_chart(prices) if len(prices) > 1 else nothing(_("Only one price so far.")))
    if row.breaks:
        steps = [_("from {qty} {unit}: {price}", qty=number_words(one.from_qty), unit=unit,
                   price=number_words(one.price)) for one in row.breaks]  # fmt: skip
        parts.append(Label(join(steps, " · "), "muted", wrap=True))
    return column_of(*parts)


def receipts_part(acts: SupplierActs, rows: list[stock.PostingRow]) -> QWidget:
    """What came last."""
    if not rows:
        return column_of(heading(_("Last receipts")), nothing(_("Nothing was received yet.")))
    columns = [
        Column("at", _("When"), 138, kind=Kind.INSTANT, muted=True, sortable=False),
        Column("number", _("Number"), 120, stretch=True, sortable=False),
        Column("lines", _("Lines"), 62, kind=Kind.QTY, sortable=False),
    ]
    if acts.known.sees_cost:
        columns.append(Column("value", _("Value"), 96, kind=Kind.MONEY, sortable=False))
    table = small_table(columns, rows, _("Last receipts"))
    shell = acts.context.shell
    if shell.can_go("stock.posting"):
        table.row_activated.connect(lambda row: shell.go("stock.posting", posting_id=row.posting_id))
    return column_of(heading(_("Last receipts")), table)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _days(value: object) -> Text:
    return _n("{n} day", "{n} days", _whole(value))


def _money(value: object, currency: str) -> str:
    return f"{number_words(value)} {currency}" if isinstance(value, Decimal) else ""
