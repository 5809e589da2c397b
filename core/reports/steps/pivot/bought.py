"""The prepared tables of purchasing: receipts, orders, invoices, prices."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case

from core.i18n import Text, _
from core.reports.rules.pivot import Shape
from core.reports.steps.pivot.fields import (
    Dimension,
    Measure,
    Named,
    Prepared,
    count,
    measure,
    month_of_day,
    of_day,
    of_moment,
)
from core.reports.steps.pivot.tables import (
    ITEM,
    LINES,
    ONE,
    ZERO,
    join_item,
    of_item,
    person,
    qty,
    raw,
    supplier,
    unit_cost,
)
from core.reports.types.parts import DrillKind
from core.reports.types.pivot import PivotField
from db.base import table_of
from db.catalog import PriceHistory
from db.enums import InvoiceKind, InvoiceState, OrderState, Permission
from db.purchasing import Invoice, PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine

RECEIPT, RECEIPT_LINE = table_of(PurchaseReceipt), table_of(PurchaseReceiptLine)
ORDER, ORDER_LINE = table_of(PurchaseOrder), table_of(PurchaseOrderLine)
INVOICE, PRICE = table_of(Invoice), table_of(PriceHistory)


def _currency(column: Any, needs: tuple[str, ...] = ()) -> Dimension:
    words = PivotField("currency", _("Currency"), _("The currency of the document."))
    return Dimension(words, column, Named.TEXT, needs)


RECEIPTS = Prepared(
    name="receipts",
    title=_("Goods received"),
    about=_(
        "Every line of the deliveries taken in, at the value they came into stock with; those taken back left out."
    ),
    permission=Permission.PURCHASE_VIEW,
    start=RECEIPT_LINE,
    joins={
        "item": join_item(RECEIPT_LINE.c.item_id),
        "receipt": (RECEIPT, RECEIPT_LINE.c.receipt_id == RECEIPT.c.id),
    },
    where=(RECEIPT.c.reversal_id.is_(None),),
    where_needs=("receipt",),
    at=RECEIPT.c.received_at,
    at_needs=("receipt",),
    opens=(DrillKind.RECEIPT, RECEIPT_LINE.c.receipt_id),
    dimensions=(
        *of_moment(RECEIPT.c.received_at, ("receipt",)),
        supplier(RECEIPT.c.supplier_id, ("receipt",)),
        *of_item(RECEIPT_LINE.c.item_id),
        person(RECEIPT.c.person_id, ("receipt",)),
    ),
    measures=(
        count("lines", *LINES, ONE),
        count(
            "rejected",
            _("Lines with goods refused"),
            _("Lines of which something was refused at the dock."),
            case((raw(RECEIPT_LINE.c.rejected_qty) > ZERO, ONE), else_=ZERO),
        ),
        qty("qty", _("Quantity"), _("What was taken in."), RECEIPT_LINE.c.base_qty),
        measure(
            ("value", _("Value"), _("What it came into stock with.")),
            Shape.MONEY,
            (RECEIPT_LINE.c.accrued,),
            is_cost=True,
        ),
        unit_cost(RECEIPT_LINE.c.accrued, RECEIPT_LINE.c.base_qty),
    ),
)
ORDERS = Prepared(
    name="orders",
    title=_("Purchase orders"),
    about=_("Every line of the purchase orders, by the day the order was written."),
    permission=Permission.PURCHASE_VIEW,
    start=ORDER_LINE,
    joins={"item": join_item(ORDER_LINE.c.item_id), "order": (ORDER, ORDER_LINE.c.order_id == ORDER.c.id)},
    where_needs=("order",),
    at=ORDER.c.created_at,
    at_needs=("order",),
    opens=(DrillKind.ORDER, ORDER_LINE.c.order_id),
    dimensions=(
        *of_moment(ORDER.c.created_at, ("order",)),
        supplier(ORDER.c.supplier_id, ("order",)),
        *of_item(ORDER_LINE.c.item_id),
        Dimension(
            PivotField("state", _("State"), _("Where the order stands.")),
            ORDER.c.state,
            Named.WORD,
            ("order",),
            words=OrderState,
        ),
        _currency(ORDER.c.currency, ("order",)),
        person(ORDER.c.person_id, ("order",)),
    ),
    measures=(
        count("lines", *LINES, ONE),
        qty("qty", _("Quantity"), _("What was ordered."), ORDER_LINE.c.base_qty),
        measure(
            ("amount", _("Amount"), _("What was ordered, in the order's currency.")),
            Shape.MONEY_IN,
            (ORDER_LINE.c.amount, ORDER.c.currency, ORDER.c.currency),
            ("order",),
            is_cost=True,
        ),
    ),
)


def _amount(key: str, title: Text, about: Text, column: Any) -> Measure:
    columns = (column, INVOICE.c.currency, INVOICE.c.currency)
    return measure((key, title, about), Shape.MONEY_IN, columns, is_cost=True)


INVOICES = Prepared(
    name="invoices",
    title=_("Invoices and credit notes"),
    about=_("Every invoice and credit note of suppliers, by its date; credit notes are below zero."),
    permission=Permission.PURCHASE_VIEW,
    start=INVOICE,
    where=(INVOICE.c.state.not_in((InvoiceState.DRAFT, InvoiceState.CANCELLED)),),
    on=INVOICE.c.invoiced_on,
    opens=(DrillKind.INVOICE, INVOICE.c.id),
    dimensions=(
        of_day(INVOICE.c.invoiced_on, "day", _("Day"), _("The date of the invoice.")),
        month_of_day(INVOICE.c.invoiced_on, "month", _("Month"), _("The month of the invoice.")),
        month_of_day(INVOICE.c.due_on, "due", _("Month it is due"), _("The month it is to be paid in.")),
        supplier(INVOICE.c.supplier_id),
        Dimension(
            PivotField("kind", _("Type"), _("Invoice or credit note.")), INVOICE.c.kind, Named.WORD, words=InvoiceKind
        ),
        Dimension(
            PivotField("state", _("State"), _("Where the invoice stands.")),
            INVOICE.c.state,
            Named.WORD,
            words=InvoiceState,
        ),
        _currency(INVOICE.c.currency),
    ),
    measures=(
        count("invoices", _("Number of invoices"), _("How many there are."), ONE),
        _amount("net", _("Net"), _("Without tax."), INVOICE.c.net),
        _amount("tax", _("Tax"), _("The tax stated."), INVOICE.c.tax),
        _amount("gross", _("Gross"), _("With tax."), INVOICE.c.gross),
        _amount("open", _("Not paid"), _("With tax, less what was paid."), INVOICE.c.gross - INVOICE.c.paid),
    ),
)
_IN = PRICE.c.currency + "/" + ITEM.c.base_unit
_PRICED = (_IN, _IN)
PRICES = Prepared(
    name="prices",
    title=_("Purchase prices"),
    about=_("Every price asked or paid for one base unit without tax."),
    permission=Permission.COST_VIEW,
    start=PRICE,
    joins={"item": join_item(PRICE.c.item_id)},
    at=PRICE.c.at,
    opens=(DrillKind.ITEM, PRICE.c.item_id),
    dimensions=(
        *of_moment(PRICE.c.at),
        supplier(PRICE.c.supplier_id),
        *of_item(PRICE.c.item_id),
        _currency(PRICE.c.currency),
    ),
    measures=(
        count("prices", _("Number of prices"), _("How many there are."), ONE),
        measure(
            ("lowest", _("Lowest price"), _("Of one base unit.")), Shape.LOW, (raw(PRICE.c.price), *_PRICED), ("item",)
        ),
        measure(
            ("highest", _("Highest price"), _("Of one base unit.")),
            Shape.HIGH,
            (raw(PRICE.c.price), *_PRICED),
            ("item",),
        ),
        measure(
            ("mean", _("Mean price"), _("The mean of all prices, each counted once.")),
            Shape.MEAN,
            (raw(PRICE.c.price), ONE, *_PRICED),
            ("item",),
        ),
    ),
)
BOUGHT = (RECEIPTS, ORDERS, INVOICES, PRICES)
