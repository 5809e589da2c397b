"""Which entries stand behind the figures of each report; where a report is not here, its rows are the entries themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.reports.types.behind import COUNT, Behind, Key, When, Within

_ITEM = (Key("item", "item_id"),)
_CATEGORY = (Key("only_category_id", "category_id", "category"),)
_PLACE = (Key("only_location_id", "location_id", "location_name"),)
_LOT = Key("only_lot", "lot", "lot")
_SUPPLIER = (Key("only_supplier_id", "supplier_id", "supplier"),)
_DEALS = ("supplier", "item", "category")
_WASTE = ("item", "category", "location", "reason")
_CHOSEN = ("text", "supplier", "days", "location")
"""Filters that only choose among items."""
_COUNTED = "count-differences"


def _stock(*keys: Key, qty: str = "", value: str = "", has_total: bool = False) -> Behind:
    """What is in stock: all entries up to the moment."""
    figures = tuple(pair for pair in ((qty, "share_qty"), (value, "share")) if pair[0])
    carried = ("item", "category")
    return Behind(figures, "stock", keys, When.UNTIL, carried=carried, ignored=_CHOSEN, has_total=has_total)


def _review() -> tuple[Behind, ...]:
    found = []
    for key in ("opening", "receipts", "other_in", "usage", "waste", "adjustments", "other_out", "closing"):
        when = {"opening": When.BEFORE, "closing": When.UNTIL}.get(key, When.PERIOD)
        figure = "stock" if key in ("opening", "closing") else key
        figures = ((f"{key}_value", "share"), (f"{key}_qty", "share_qty"))
        found.append(Behind(figures, figure, _ITEM, when, carried=("item", "category")))
    return tuple(found)


def _flow(
    figure: str, *keys: Key, qty: str = "", carried: tuple[str, ...] = ("item", "category", "location")
) -> Behind:
    """What flowed in the period, as amount and number of entries."""
    more = ((qty, "share_qty"),) if qty else ()
    return Behind((("value", "share"), ("entries", COUNT), *more), figure, keys, carried=carried)


def _wasted(*keys: Key, qty: str = "") -> Behind:
    return _flow("waste", *keys, qty=qty, carried=_WASTE)


def _counted(*keys: Key) -> tuple[Behind, ...]:
    """What counts found: the lines that differed."""
    net = Behind((("net", "value"), ("qty", "qty")), "", keys, report=_COUNTED)
    gain = replace(net, figures=(("gain", "value"),), fixed=(("side", ("gain",)),))
    loss = replace(net, figures=(("loss", "-value"),), fixed=(("side", ("loss",)),))
    return net, gain, loss


def _of_day(*figures: str) -> tuple[Behind, ...]:
    return tuple(Behind(((key, "share"),), key, within=("day", Within.DAY)) for key in figures)


_GONE = Behind((("gone", "share"),), "gone", _ITEM, has_total=False)
_STOCKED = _stock(*_ITEM, qty="on_hand", value="stock_value")
_TURNED = Behind((("opening", "share"),), "stock", _ITEM, When.BEFORE, carried=("item", "category"))
BEHIND: Mapping[str, tuple[Behind, ...]] = {
    "stock-on-hand": (
        replace(_stock(*_ITEM, *_PLACE, _LOT, qty="qty", has_total=True), carried=("item", "category", "location")),
    ),
    "stock-value": (_stock(*_ITEM, qty="qty", value="value", has_total=True),),
    "month-review": _review(),
    "stock-by-category": (_stock(*_CATEGORY, value="stock_value", has_total=True),),
    "stock-by-supplier": (
        _stock(Key("only_main_supplier", "supplier_id", "supplier"), value="stock_value", has_total=True),
    ),
    "abc-xyz": (_stock(*_ITEM, value="stock_value"),),
    "below-minimum": (_STOCKED,),
    "above-maximum": (_STOCKED,),
    "negative-stock": (
        _stock(*_ITEM, *_PLACE, qty="qty"),
        _stock(*_ITEM, qty="site_qty", value="stock_value"),
    ),
    "days-of-stock": (_STOCKED,),
    "stock-outs": (_STOCKED,),
    "reserved-stock": (_STOCKED,),
    "in-transit": (_stock(*_ITEM, *_PLACE, qty="qty"),),
    "stock-age": (_stock(*_ITEM, qty="qty", value="stock_value"),),
    "expiring-lots": (_stock(*_ITEM, _LOT, qty="qty"),),
    "dead-stock": (_STOCKED,),
    "stock-turnover": (
        _TURNED,
        replace(_TURNED, figures=(("closing", "share"),), when=When.UNTIL),
        replace(_TURNED, figures=(("gone", "share"),), figure="gone", when=When.PERIOD),
    ),
    "usage-by-item": (_flow("usage", *_ITEM, qty="qty"),),
    "usage-by-category": (_flow("usage", *_CATEGORY),),
    "usage-by-department": (_flow("usage", Key("only_purpose", "purpose", "department"), Key("kind", "kinds")),),
    "usage-by-day": (replace(_flow("usage"), within=("day", Within.DAY)),),
    "usage-by-weekday": (_flow("usage", Key("only_weekday", "weekday_number", "weekday")),),
    "movements-by-kind": (
        Behind((("net", "share"), ("entries", COUNT)), "stock", (Key("kind", "kind"),)),
        Behind((("in", "share"),), "in", (Key("kind", "kind"),)),
        Behind((("out", "share"),), "out", (Key("kind", "kind"),)),
    ),
    "movements-by-day": (
        *_of_day("receipts", "usage", "waste", "adjustments"),
        Behind((("change", "share"),), "stock", within=("day", Within.DAY)),
    ),
    "waste-by-reason": (_wasted(Key("only_reason_code", "reason_key", "reason")),),
    "waste-by-item": (_wasted(*_ITEM, qty="qty"), _GONE),
    "waste-by-category": (_wasted(*_CATEGORY), replace(_GONE, keys=_CATEGORY)),
    "waste-by-location": (_wasted(*_PLACE),),
    "waste-by-stage": (_wasted(Key("only_stage", "stage_code", "stage")),),
    "waste-by-person": (_wasted(Key("only_by", "by", "by")),),
    "waste-by-week": (
        replace(_wasted(), within=("week", Within.WEEK)),
        replace(_GONE, keys=(), within=("week", Within.WEEK), has_total=True),
    ),
    "count-accuracy": _counted(Key("only_count_id", "count_id", "number")),
    "count-differences-by-item": _counted(*_ITEM),
    "count-causes": _counted(Key("only_reason", "reason_code", "reason")),
    "count-coverage": (replace(_stock(*_CATEGORY, value="stock_value", has_total=True), ignored=()),),
    "not-counted": (_STOCKED,),
    "purchases-by-supplier": (
        _flow("receipts", *_SUPPLIER, carried=_DEALS),
        Behind((("returned", "share"),), "returned", _SUPPLIER, carried=_DEALS, has_total=False),
    ),
    "purchases-by-category": (_flow("receipts", *_CATEGORY, carried=_DEALS),),
    "purchases-by-item": (_flow("receipts", *_ITEM, qty="qty", carried=_DEALS),),
    "purchases-by-month": (
        Behind((("value", "share"),), "receipts", _SUPPLIER, within=("month", Within.MONTH), carried=_DEALS),
        Behind((("returned", "share"),), "returned", _SUPPLIER, within=("month", Within.MONTH), carried=_DEALS),
    ),
    "price-movers": (
        Behind((("qty", "share_qty"), ("value", "share")), "receipts", _ITEM, carried=("item", "category"), has_total=False),
    ),
    "payables-by-supplier": tuple(
        Behind(
            ((column, "open_site"),), keys=(Key("supplier", "supplier_id"),), carried=("supplier",), report="payables",
            fixed=(("age_code", (column,)),) if column != "value" else (),
        )
        for column in ("value", "not_due", "to_30", "to_60", "to_90", "over_90")
    ),
}  # fmt: skip
