"""Orders and deliveries: what was ordered, what came in full, late, refused or too warm, and what is claimed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from core.i18n import _
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Columns, Definition
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.selected import Made, Reading, Selected
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import items_of, named_in, suppliers_of, unit_names
from core.reports.types import (
    Area,
    ChartKind,
    ChartSpec,
    DrillKind,
    DrillSpec,
    FilterKind,
    ReportColumn,
    ReportEntry,
    ReportFilter,
    Sort,
    SpanKind,
)
from core.values import digits_of, from_micro, round_to_minor
from core.words import word
from db.catalog import Category, Item, Supplier
from db.enums import ClaimKind, ClaimState, InspectionState, OrderState, Permission, StorageKind
from db.purchasing import (
    Claim,
    ClaimLine,
    DeliveryCheck,
    PurchaseOrder,
    PurchaseOrderLine,
    PurchaseReceipt,
    PurchaseReceiptLine,
)
from db.sql import total

R, L, PO, OL = PurchaseReceipt, PurchaseReceiptLine, PurchaseOrder, PurchaseOrderLine
NOT_SENT = (OrderState.DRAFT, OrderState.APPROVED, OrderState.CANCELLED)


def site_money(making: Making, minor: int, currency: str, rate: Decimal) -> Decimal:
    """An amount of another currency in the site's, at the document's rate."""
    if currency == making.uow.site.currency:
        return making.money(minor)
    amount = Decimal(minor).scaleb(-digits_of(currency)) * rate
    return making.money(round_to_minor(amount, making.uow.site.digits))


def orders(making: Making) -> list[Row]:
    """Every order of the period."""
    names = suppliers_of(making)
    where: list[Any] = [PO.created_at <= making.end]
    if making.span.start is not None:
        where.append(PO.created_at >= making.span.start)
    rows = making.uow.sql.execute(
        select(
            PO.id, PO.number, PO.created_at, PO.sent_at, PO.supplier_id, PO.state, PO.currency, PO.rate, PO.deliver_on,
            PO.last_promise, func.count(OL.id), total(OL.amount),
        )
        .outerjoin(OL, OL.order_id == PO.id).where(*where)
        .group_by(
            PO.id, PO.number, PO.created_at, PO.sent_at, PO.supplier_id, PO.state, PO.currency, PO.rate, PO.deliver_on,
            PO.last_promise,
        ).order_by(PO.created_at, PO.id)
    )  # fmt: skip
    return [
        {
            "order_id": row[0], "number": row[1], "day": making.day_of(row[2]), "sent_at": row[3], "supplier_id": row[4],
            "supplier": names.get(row[4], ""), "state": OrderState(row[5]), "due_on": row[9] or row[8],
            "lines": int(row[10]), "value": site_money(making, int(row[11]), row[6], row[7]), "orders": 1,
        }
        for row in rows
    ]  # fmt: skip


def _first_deliveries(making: Making) -> dict[int, tuple[date, int, int]]:
    """The first day something came of each order line, and what came that day in millionths of the base unit: taken in
    and kept, refused."""
    rows = making.uow.sql.execute(
        select(L.order_line_id, R.received_at, L.base_qty, L.rejected_qty, L.factor)
        .join(R, R.id == L.receipt_id)
        .where(L.order_line_id.is_not(None), R.reversal_id.is_(None), R.received_at <= making.end)
    )
    found: dict[int, tuple[date, int, int]] = {}
    for line_id, at, base_qty, rejected, factor in rows:
        day, refused = making.day_of(at), int(rejected * factor * 1_000_000)
        known = found.get(line_id or 0)
        if known is None or day < known[0]:
            found[line_id or 0] = (day, int(base_qty), refused)
        elif day == known[0]:
            found[line_id or 0] = (day, known[1] + int(base_qty), known[2] + refused)
    return found


def order_lines(making: Making) -> list[Row]:
    """The lines of orders of the period that were sent, with their first delivery."""
    items, names, came = items_of(making), suppliers_of(making), _first_deliveries(making)
    where: list[Any] = [PO.state.not_in(NOT_SENT), PO.sent_at <= making.end]
    if making.span.start is not None:
        where.append(PO.sent_at >= making.span.start)
    rows = making.uow.sql.execute(
        select(
            OL.id, OL.item_id, OL.base_qty, OL.promised_on, PO.first_promise, PO.deliver_on, PO.id, PO.number,
            PO.supplier_id, PO.sent_at,
        ).join(PO, PO.id == OL.order_id).where(*where).order_by(PO.sent_at, OL.id)
    )  # fmt: skip
    found = []
    for line_id, item_id, qty, promised, first, wanted, order_id, number, supplier_id, sent_at in rows:
        due = promised or first or wanted
        day, kept, refused = came.get(line_id, (None, 0, 0))
        is_due = day is not None or (due is not None and due < making.today)
        late = 0 if due is None or not is_due else ((day or making.today) - due).days
        found.append({
            **items[item_id], "order_id": order_id, "number": number, "supplier_id": supplier_id,
            "supplier": names.get(supplier_id, ""), "sent_on": None if sent_at is None else making.day_of(sent_at),
            "due_on": due, "came_on": day,
            "days_late": max(late, 0), "ordered": from_micro(int(qty)), "first": from_micro(kept), "refused": from_micro(refused),
            "missing": from_micro(max(int(qty) - kept, 0)), "lines": 1 if is_due else 0,
            "full": 1 if is_due and kept >= int(qty) else 0, "late": 1 if is_due and late > 0 else 0,
            "part": min(quantity_share(kept, int(qty)), Decimal(1)) if is_due else Decimal(0),
        })  # fmt: skip
    return found


def quantity_share(part: int, whole: int) -> Decimal:
    """What part of a quantity came; nothing ordered came in full."""
    return Decimal(part) / whole if whole > 0 else Decimal(1)


def fill_rate(making: Making) -> list[Row]:
    """How complete first deliveries were, by supplier."""
    found: dict[int, Row] = {}
    zero = {"lines": 0, "full": 0, "late": 0, "part": Decimal(0), "orders": 0}
    seen: dict[int, set[int]] = defaultdict(set)
    for line in order_lines(making):
        names = {"supplier": line["supplier"], "supplier_id": line["supplier_id"]}
        row = found.setdefault(line["supplier_id"], {**names, **zero})
        for key in ("lines", "full", "late", "part"):
            row[key] += line[key]
        seen[line["supplier_id"]].add(line["order_id"])
    for supplier_id, row in found.items():
        row["orders"] = len(seen[supplier_id])
    return sorted(found.values(), key=lambda row: (-row["lines"], row["supplier"]))


def late_lines(making: Making) -> list[Row]:
    """Lines that came late, or did not come and are overdue; the latest first."""
    return sorted(
        (row for row in order_lines(making) if row["days_late"]), key=lambda row: (-row["days_late"], row["number"])
    )


def short_lines(making: Making) -> list[Row]:
    """Lines whose first delivery did not bring all."""
    return [row for row in order_lines(making) if row["came_on"] is not None and not row["full"]]


def rejected(making: Making, columns: Columns) -> Selected:
    """Every line of a delivery of which something was refused or put aside."""
    units = unit_names(making)
    where: list[Any] = [R.received_at <= making.end]
    if making.span.start is not None:
        where.append(R.received_at >= making.span.start)
    statement: Any = (
        select(
            L.id.label("line_id"), R.id.label("receipt_id"), R.received_at.label("at"), R.number, R.document, R.supplier_id,
            named_in(making, Supplier.name, Supplier.name_en).label("supplier"), L.item_id, Item.category_id,
            Item.code.label("item"), named_in(making, Item.name, Item.name_en).label("name"),
            named_in(making, Category.path, Category.path_en).label("category"), L.qty.label("taken"),
            L.rejected_qty.label("refused"), L.unit, L.inspection, L.reject_reason.label("why"), L.note, L.temperature,
        )
        .join(R, R.id == L.receipt_id)
        .outerjoin(Supplier, Supplier.id == R.supplier_id)
        .outerjoin(Item, Item.id == L.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .where((L.rejected_qty > 0) | (L.inspection != InspectionState.ACCEPTED), *where)
    )  # fmt: skip
    made = {"unit": Made(("unit",), lambda unit: units.get(unit, unit))}
    reading = Reading({"inspection": InspectionState, "why": ClaimKind}, made)
    return Selected(making, statement, columns, (Sort("at"), Sort("line_id")), reading)


def temperatures(making: Making, columns: Columns) -> Selected:
    """Every temperature measured on a delivery."""
    where: list[Any] = [R.received_at <= making.end]
    if making.span.start is not None:
        where.append(R.received_at >= making.span.start)
    statement: Any = (
        select(
            DeliveryCheck.id.label("check_id"), R.id.label("receipt_id"), R.received_at.label("at"), R.number, R.supplier_id,
            named_in(making, Supplier.name, Supplier.name_en).label("supplier"), DeliveryCheck.storage_kind.label("storage"),
            DeliveryCheck.reading, DeliveryCheck.highest, DeliveryCheck.is_ok, DeliveryCheck.note,
        )
        .join(R, R.id == DeliveryCheck.receipt_id)
        .outerjoin(Supplier, Supplier.id == R.supplier_id)
        .where(*where)
    )  # fmt: skip
    made = {"verdict": Made(("is_ok",), lambda is_ok: _("In order") if is_ok else _("Too warm"))}
    reading = Reading({"storage": StorageKind}, made)
    return Selected(making, statement, columns, (Sort("at"), Sort("check_id")), reading)


def claims(making: Making) -> list[Row]:
    """Every claim of the period, with what was credited."""
    names = suppliers_of(making)
    where: list[Any] = [Claim.created_at <= making.end]
    if making.span.start is not None:
        where.append(Claim.created_at >= making.span.start)
    kinds: dict[int, str] = {}
    for claim_id, kind in making.uow.sql.execute(
        select(ClaimLine.claim_id, ClaimLine.kind).order_by(ClaimLine.line.desc())
    ):
        kinds[claim_id] = kind
    found = []
    for one in making.uow.sql.execute(select(Claim.__table__).where(*where).order_by(Claim.created_at, Claim.id)):
        asked, credited = (
            site_money(making, int(minor), one.currency, one.rate) for minor in (one.asked, one.credited)
        )
        is_open = one.state in (ClaimState.OPEN, ClaimState.SENT)
        found.append({
            "claim_id": one.id, "number": one.number, "day": making.day_of(one.created_at), "supplier_id": one.supplier_id,
            "supplier": names.get(one.supplier_id, ""), "state": ClaimState(one.state),
            "kind": ClaimKind(kinds[one.id]) if one.id in kinds else "", "asked": asked, "credited": credited,
            "left": max(asked - credited, Decimal(0)) if is_open else Decimal(0), "claims": 1,
            "age": (making.today - making.day_of(one.created_at)).days if is_open else None,
        })  # fmt: skip
    return found


_VIEW = (Permission.PURCHASE_VIEW,)
_ORDER, _RECEIPT = DrillSpec(DrillKind.ORDER, "order_id"), DrillSpec(DrillKind.RECEIPT, "receipt_id")
STATE = c.col("state", _("State"))
LINES = c.col("lines", _("Lines"), "number", _("Lines of orders that were sent and have come or are overdue."))
FULL = c.col(
    "full",
    _("In full"),
    "number",
    _("Lines whose first delivery brought all that was ordered, refused goods not counted."),
)
FILL = _("What came good at the first delivery by what was ordered, mean of lines; more than ordered counts as all.")
FIRST = c.col("first", _("Came first"), "qty", _("Taken in on the first day something came, in the base unit."))
_LINE = (
    c.col("number", _("Purchase order")),
    c.SUPPLIER,
    c.ITEM,
    c.NAME,
    c.hidden(c.CATEGORY),
    c.col("sent_on", _("Ordered on"), "date"),
    c.col(
        "due_on",
        _("Delivery due"),
        "date",
        _("The day promised for the line, first promised for the order, or asked for."),
    ),
    c.col("came_on", _("First delivery"), "date"),
)
_BY_LINE = (*c.ITEMS, c.BY_SUPPLIER)
_GROUPS = ("supplier", "number", "item", "category")
REPORTS = (
    Definition(
        ReportEntry(
            "orders", _("Orders"), _("Every order of a period: from whom, for how much, and how far it is."), Area.PURCHASING,
            SpanKind.PERIOD, starts_with_month=True, permissions=_VIEW,
            columns=(
                c.col("number", _("Purchase order")), c.col("day", _("Made on"), "date"), c.SUPPLIER, STATE,
                c.col("due_on", _("Delivery due"), "date"), c.col("lines", _("Lines"), "number"),
                c.money("value", _("Value"), _("The lines as ordered, in the site's currency at the order's rate.")),
                c.hidden(c.col("orders", _("Orders"), "number")),
            ),
            filters=(
                c.BY_SUPPLIER, c.BY_TEXT,
                ReportFilter("state", _("State"), FilterKind.CHOICE, tuple((str(one), word(one)) for one in OrderState)),
            ),
            groups=("supplier", "state", "day"), chart=ChartSpec(ChartKind.BAR, "supplier", ("value",)), drill=_ORDER,
        ),
        orders,
    ),
    Definition(
        ReportEntry(
            "fill-rate", _("Fill rate of suppliers"), _("How complete the first delivery of what was ordered is."), Area.SUPPLIERS,
            SpanKind.PERIOD, starts_with_month=True, permissions=_VIEW,
            columns=(
                c.SUPPLIER, c.col("orders", _("Orders"), "number"), LINES, FULL,
                c.share("full_rate", _("Lines in full"), ("full", "lines"), _("Lines in full, of the lines that came or are overdue.")),
                c.hidden(c.col("part", _("Sum of parts delivered"), "number")),
                c.share("fill", _("Fill rate"), ("part", "lines"), FILL),
                c.col("late", _("Late"), "number", _("Lines whose first delivery came after the day due, or is overdue.")),
                c.share("late_rate", _("Late %"), ("late", "lines"), _("Late lines, of the lines that came or are overdue.")),
            ),
            filters=(c.BY_SUPPLIER,), chart=ChartSpec(ChartKind.BAR, "supplier", ("fill",)),
            drill=DrillSpec(DrillKind.REPORT, report="short-deliveries", filters=(("supplier", "supplier_id"),)),
        ),
        fill_rate,
    ),
    Definition(
        ReportEntry(
            "short-deliveries", _("Short deliveries"), _("Lines whose first delivery did not bring all that was ordered."),
            Area.SUPPLIERS,
            SpanKind.PERIOD, starts_with_month=True, permissions=_VIEW,
            columns=(
                *_LINE, c.col("ordered", _("Quantity ordered"), "qty"), FIRST,
                c.col("refused", _("Refused"), "qty"), c.col("missing", _("Missing"), "qty", _("Ordered less what came first.")), c.UNIT,
            ),
            filters=_BY_LINE, groups=_GROUPS, drill=_ORDER,
        ),
        short_lines,
    ),
    Definition(
        ReportEntry(
            "late-deliveries", _("Late deliveries"), _("Lines that came after the day due, or are overdue."), Area.SUPPLIERS,
            SpanKind.PERIOD, starts_with_month=True, permissions=_VIEW,
            columns=(
                *_LINE, c.alone(c.col("days_late", _("Days late"), "number", _("First delivery, or today, less the day due."))),
                c.hidden(c.col("late", _("Lines"), "number")),
            ),
            filters=_BY_LINE, groups=_GROUPS, chart=ChartSpec(ChartKind.BAR, "supplier", ("late",)), drill=_ORDER,
        ),
        late_lines,
    ),
    Definition(
        ReportEntry(
            "rejected-goods", _("Refused at delivery"), _("What was refused at the dock or put aside to be inspected, and why."),
            Area.SUPPLIERS,
            SpanKind.PERIOD, starts_with_month=True, permissions=_VIEW,
            columns=(
                c.AT, c.col("number", _("Receipt")), c.SUPPLIER, c.ITEM, c.NAME, c.hidden(c.CATEGORY),
                c.col("taken", _("Taken in"), "qty"), c.col("refused", _("Refused"), "qty"), c.UNIT,
                c.col("inspection", _("Inspection")), c.col("why", _("Reason")), c.col("note", _("Remark")),
            ),
            filters=(*c.ITEMS, c.BY_SUPPLIER), groups=("supplier", "why", "item", "inspection"), drill=_RECEIPT,
        ),
        select=rejected,
    ),
    Definition(
        ReportEntry(
            "delivery-temperatures", _("Delivery temperatures"), _("Every temperature measured on a delivery, and its limit."),
            Area.SUPPLIERS,
            SpanKind.PERIOD, starts_with_month=True, permissions=_VIEW,
            columns=(
                c.AT, c.col("number", _("Receipt")), c.SUPPLIER, c.col("storage", _("Storage")),
                c.alone(c.col("reading", _("Temperature °C"), "number")), c.alone(c.col("highest", _("Limit °C"), "number")),
                ReportColumn("verdict", _("Verdict"), can_sort=False), c.col("note", _("Remark")),
            ),
            filters=(c.BY_SUPPLIER, c.BY_TEXT), groups=("supplier", "storage"), drill=_RECEIPT,
        ),
        select=temperatures,
    ),
    Definition(
        ReportEntry(
            "claims", _("Claims"), _("What was claimed from suppliers, and what they credited."), Area.SUPPLIERS, SpanKind.PERIOD,
            starts_with_month=True, permissions=(Permission.COST_VIEW, Permission.PURCHASE_VIEW),
            columns=(
                c.col("number", _("Claim")), c.col("day", _("Made on"), "date"), c.SUPPLIER, c.col("kind", _("What for")), STATE,
                c.money("asked", _("Claimed"), _("In the site's currency at the claim's rate.")), c.money("credited", _("Credited")),
                c.money("left", _("Still claimed"), _("Of open claims: claimed less credited.")),
                c.alone(c.col("age", _("Days"), "number", _("Days since an open claim was made."))),
                c.share("rate", _("Credited %"), ("credited", "asked"), _("Credited, of what was claimed.")),
            ),
            filters=(c.BY_SUPPLIER, c.BY_TEXT), groups=("supplier", "kind", "state"),
            chart=ChartSpec(ChartKind.BAR, "supplier", ("asked", "credited")),
            drill=DrillSpec(DrillKind.CLAIM, "claim_id"),
        ),
        claims,
    ),
)  # fmt: skip
