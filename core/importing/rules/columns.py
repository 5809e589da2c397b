"""Which columns a file may have, under which names, and which of them is meant by a heading."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import InvalidInput
from core.i18n import Text, _
from db.enums import ImportKind

LIKE = 0.8
HEADER_ROWS = 20


@dataclass(frozen=True, slots=True)
class Field:
    """What a column can mean: its stable word, its name for people, and other names it goes by."""

    key: str
    title: Text
    names: tuple[str, ...] = ()
    is_required: bool = False


_CODE = Field("code", _("Code"), ("编码", "编号", "代码", "no", "number"), True)
_NAME = Field("name", _("Name"), ("名称", "中文名", "name_zh", "品名"), True)
_NAME_EN = Field("name_en", _("Name in English"), ("英文名", "英文名称", "english_name"))
_NOTE = Field("note", _("Remark"), ("备注", "说明", "remark", "remarks", "comment"))
_AT = Field(
    "at", _("Date and time"), ("日期", "时间", "日期时间", "发生时间", "date", "datetime", "time", "posted", "when")
)
_ITEM = Field(
    "item",
    _("Item"),
    ("物料", "商品", "物料编码", "商品编码", "货号", "item_code", "sku", "code", "编码", "product"),
    True,
)
_LOCATION = Field(
    "location", _("Location"), ("库位", "仓库", "货位", "location_code", "from", "from_location", "warehouse", "bin")
)
_QTY = Field("qty", _("Quantity"), ("数量", "quantity", "amount_qty", "库存数量", "实盘数量"))
_UNIT = Field("unit", _("Unit"), ("单位", "uom", "unit_of_measure", "基本单位", "base_unit"))
_UNIT_COST = Field(
    "unit_cost",
    _("Unit cost"),
    ("单价", "进价", "成本单价", "单位成本", "price", "cost", "unit_price", "purchase_price"),
)
_VALUE = Field(
    "value",
    _("Value"),
    ("金额", "总金额", "总价", "成本金额", "库存金额", "total", "amount", "total_value", "total_cost"),
)
_LOT = Field("lot", _("Lot"), ("批号", "批次", "batch", "lot_number", "batch_number"))
_EXPIRY_NAMES = ("到期日", "有效期至", "有效期", "expiry", "expiry_date", "expires", "best_before", "use_by")
_EXPIRES = Field("expires_on", _("Expiry date"), _EXPIRY_NAMES)
_SUPPLIER = Field("supplier", _("Supplier"), ("供应商", "供应商编码", "供应商名称", "vendor", "supplier_code"))

COUNT = "count"
"""A count sheet that was filled in: no kind of its own on the import page, because it belongs to one open count."""

FIELDS: Mapping[str, tuple[Field, ...]] = {
    ImportKind.LOCATIONS: (
        _CODE, _NAME, _NAME_EN,
        Field("parent", _("Lies in"), ("上级", "上级库位", "所属库位", "parent_code", "inside")),
        Field("kind", _("Kind"), ("类型", "类别", "type", "level")),
        Field("storage_kind", _("Storage"), ("储存区", "储存条件", "温区", "storage", "temperature")),
        Field("allow_negative", _("Negative stock allowed"), ("允许负库存", "负库存", "negative")),
        Field("walk_order", _("Walking order"), ("拣货顺序", "顺序", "走位顺序", "order", "sequence")),
        Field("locked", _("Locked"), ("锁定", "是否锁定", "is_locked")),
        Field("lock_note", _("Why locked"), ("锁定原因", "lock_reason")),
    ),
    ImportKind.SUPPLIERS: (
        Field("code", _("Code"), ("编码", "供应商编码", "编号", "no", "supplier_code")), _NAME, _NAME_EN,
        Field("contact", _("Contact"), ("联系人", "contact_person", "person")),
        Field("phone", _("Telephone"), ("电话", "手机", "联系电话", "tel", "telephone", "mobile")),
        Field("email", _("E-mail"), ("邮箱", "电子邮件", "e_mail", "mail")),
        Field("address", _("Address"), ("地址", "street")),
        Field("language", _("Language"), ("语言", "lang")),
        Field("currency", _("Currency"), ("币种", "货币", "结算币种")),
        Field("tax_number", _("Tax number"), ("税号", "纳税人识别号", "统一社会信用代码", "vat_number", "vat")),
        Field("prices_incl_tax", _("Prices include tax"), ("含税", "含税价", "价格含税", "incl_tax")),
        Field("tax_rate", _("Tax rate (%)"), ("税率", "vat_rate")),
        Field("payment_days", _("Payment term (days)"), ("账期", "付款天数", "账期天数", "payment_terms", "terms")),
        Field("payment_end_of_month", _("From the end of the month"), ("月结", "月末起算", "end_of_month")),
        Field("delivery_days", _("Delivery days"), ("送货日", "配送日", "送货星期", "delivers_on", "weekdays")),
        Field("cutoff_time", _("Order cut-off time"), ("截单时间", "截单", "cutoff", "order_cutoff")),
        Field("lead_days", _("Lead time (days)"), ("交货周期", "提前期", "交货天数", "lead_time")),
        Field("minimum_value", _("Minimum order value"), ("起订额", "最低订货额", "起送价", "minimum_order")),
        Field("monthly_budget", _("Budget a month"), ("月预算", "每月预算", "budget")),
        Field("over_tolerance", _("Tolerated over-delivery (%)"), ("超收容差", "多货容差", "over")),
        Field("short_tolerance", _("Tolerated short delivery (%)"), ("短少容差", "少货容差", "short")),
        Field("price_jump_percent", _("Price change that asks why (%)"), ("涨跌幅提醒", "price_jump")),
        Field("match_percent", _("Match tolerance (%)"), ("匹配容差", "匹配容差比例")),
        Field("match_amount", _("Match tolerance (amount)"), ("匹配容差金额",)),
        Field("iban", _("IBAN"), ("国际账号",)),
        Field("bic", _("BIC"), ("swift", "swift_code")),
        Field("bank_name", _("Bank"), ("开户行", "开户银行", "银行")),
        Field("bank_account", _("Bank account"), ("银行账号", "账号", "account", "account_number")),
        _NOTE,
    ),
    ImportKind.SUPPLIER_PRICES: (
        Field("supplier", _("Supplier"), ("供应商", "供应商编码", "供应商名称", "vendor"), True),
        Field(_ITEM.key, _ITEM.title, _ITEM.names),
        Field("supplier_code", _("Supplier's code"), ("供应商货号", "supplier_item_code", "vendor_code", "货号")),
        _UNIT,
        Field("price", _("Price"), ("单价", "进价", "采购价", "协议价", "unit_price", "purchase_price", "cost"), True),
        Field("from_qty", _("From quantity"), ("起量", "数量起", "阶梯数量", "from", "break_qty", "break")),
        Field("minimum_qty", _("Minimum quantity"), ("起订量", "最小起订量", "min_qty", "minimum", "moq")),
        Field("multiple_qty", _("Order multiple"), ("订货倍数", "倍数", "multiple")),
        Field("lead_days", _("Lead time (days)"), ("交货周期", "提前期", "交货天数", "lead_time")),
        Field("valid_from", _("Valid from"), ("生效日", "生效日期", "有效期起", "start", "begins")),
        Field("valid_to", _("Valid to"), ("失效日", "失效日期", "有效期止", "有效期至", "end", "ends")),
    ),
    ImportKind.PURCHASE_ORDERS: (
        Field("order", _("Order"), ("订单", "订单号", "采购单号", "采购订单", "po", "order_no", "order_number", "单号"), True),
        Field("supplier", _("Supplier"), ("供应商", "供应商编码", "供应商名称", "vendor"), True),
        Field("deliver_on", _("Delivery on"), ("送货日", "送货日期", "到货日期", "要求送货日", "delivery_date", "due", "due_on")),
        _ITEM,
        Field("qty", _("Quantity"), ("数量", "订货数量", "采购数量", "quantity", "ordered"), True),
        _UNIT,
        Field("price", _("Price"), ("单价", "进价", "采购价", "unit_price", "purchase_price", "cost")),
        Field("currency", _("Currency"), ("币种", "货币")),
        Field("rate", _("Exchange rate"), ("汇率", "exchange_rate")),
        Field("state", _("State"), ("状态", "订单状态", "status")),
        _NOTE,
    ),
    ImportKind.RECEIPTS: (
        Field("delivery", _("Delivery"), ("到货", "到货单", "入库单", "入库单号", "收货单", "receipt"), True),
        _AT,
        Field("supplier", _("Supplier"), ("供应商", "供应商编码", "供应商名称", "vendor")),
        Field("document", _("Delivery note"), ("送货单", "送货单号", "单据", "delivery_note", "doc", "document_number")),
        Field("order", _("Order"), ("订单", "订单号", "采购单号", "po", "order_no", "order_number")),
        _ITEM, _QTY, _UNIT,
        Field("price", _("Price"), ("单价", "进价", "采购价", "unit_price", "purchase_price", "cost", "unit_cost")),
        _LOT, _EXPIRES, _LOCATION,
        Field("rejected_qty", _("Refused"), ("拒收", "拒收数量", "rejected", "refused_qty")),
        Field("reject_reason", _("Why refused"), ("拒收原因", "refused_because", "reason")),
        Field("free", _("Free goods"), ("赠品", "赠送", "is_free", "gift")),
        _NOTE,
    ),
    ImportKind.INVOICES: (
        Field("invoice", _("Invoice"), ("发票", "发票标识", "单据", "document", "doc"), True),
        Field("supplier", _("Supplier"), ("供应商", "供应商编码", "供应商名称", "vendor"), True),
        Field("number", _("Invoice number"), ("发票号", "发票号码", "发票编号", "invoice_number", "invoice_no"), True),
        Field("date", _("Invoice date"), ("开票日期", "发票日期", "日期", "invoice_date", "invoiced_on", "issued"), True),
        Field("due", _("Due on"), ("到期日", "付款到期日", "应付日期", "due_date", "due_on")),
        Field("kind", _("Kind"), ("类型", "单据类型", "type")),
        Field("currency", _("Currency"), ("币种", "货币")),
        Field("rate", _("Exchange rate"), ("汇率", "exchange_rate")),
        Field(_ITEM.key, _ITEM.title, _ITEM.names),
        Field("supplier_code", _("Supplier's code"), ("供应商货号", "supplier_item_code", "vendor_code")),
        Field("description", _("Description"), ("品名", "名称", "描述", "货物名称", "name", "text")),
        _QTY, _UNIT,
        Field("price", _("Price"), ("单价", "unit_price")),
        Field("amount", _("Amount"), ("金额", "总价", "value", "total", "line_amount")),
        Field("tax_rate", _("Tax rate (%)"), ("税率", "vat_rate", "vat")),
        Field("order", _("Order"), ("订单", "订单号", "采购单号", "po", "order_no", "order_number")),
        Field("line_kind", _("Kind of line"), ("行类型", "line_type")),
        Field("split_by", _("Spread by"), ("分摊方式", "分摊", "spread_by")),
        _NOTE,
    ),
    ImportKind.ITEMS: (
        Field("code", _("Item code"), ("物料编码", "商品编码", "货号", "编码", "item_code", "sku", "item"), True),
        Field("name", _("Name"), ("名称", "品名", "中文名", "物料名称", "商品名称", "name_zh", "item_name", "description"), True),
        _NAME_EN,
        Field("category", _("Category"), ("分类", "类别", "物料分类", "group", "item_group")),
        Field("unit", _("Base unit"), ("单位", "基本单位", "base_unit", "uom", "stock_unit"), True),
        Field("pack_units", _("Pack units"), ("包装单位", "包装规格", "多单位", "packs", "pack")),
        Field("barcodes", _("Barcodes"), ("条码", "条形码", "barcode", "ean", "gtin", "upc")),
        Field("cost_method", _("Cost method"), ("计价方法", "成本方法", "存货计价", "costing", "valuation")),
        Field("standard_cost", _("Standard cost"), ("标准成本", "计划成本", "std_cost")),
        Field("shelf_life_days", _("Shelf life (days)"), ("保质期", "保质期天", "保质期天数", "shelf_life")),
        Field("lot_tracked", _("Kept by lot"), ("批次管理", "按批次管理", "启用批次", "lots", "batch_tracked")),
        Field("sale_price", _("Sale price"), ("售价", "零售价", "销售价", "price", "retail_price")),
        _SUPPLIER,
        Field("supplier_code", _("Supplier's code"), ("供应商货号", "supplier_item_code", "vendor_code")),
        Field("purchase_price", _("Purchase price"), ("进价", "采购价", "cost_price")),
        Field("min", _("Minimum"), ("最低库存", "最小库存", "minimum", "min_stock")),
        Field("safety", _("Safety stock"), ("安全库存", "safety_stock")),
        Field("max", _("Maximum"), ("最高库存", "最大库存", "maximum", "max_stock")),
        Field("par", _("Par level"), ("标准库存", "备货基准量", "par_level")),
        Field("spec", _("Specification"), ("规格", "规格型号", "specification")),
        Field("brand", _("Brand"), ("品牌",)),
        Field("origin", _("Place of origin"), ("产地", "origin_country")),
        Field("aliases", _("Other names"), ("别名", "alias", "俗称")),
        Field("storage_kind", _("Storage"), ("储存区", "储存条件", "温区", "storage")),
        _NOTE,
    ),
    ImportKind.BUDGETS: (
        Field("month", _("Month"), ("月份", "月", "期间", "会计期间", "period"), True),
        Field("category", _("Category"), ("分类", "类别", "物料分类", "category_path", "group")),
        Field("amount", _("Budget"), ("预算", "预算金额", "金额", "budget", "budget_amount", "value"), True),
    ),
    ImportKind.OPENING_STOCK: (_ITEM, _LOCATION, _QTY, _UNIT, _VALUE, _UNIT_COST, _LOT, _EXPIRES, _AT, _NOTE),
    ImportKind.MOVEMENTS: (
        _AT,
        Field("type", _("Type"), ("类型", "单据类型", "业务类型", "kind", "movement", "movement_type"), True),
        Field(_ITEM.key, _ITEM.title, _ITEM.names), _LOCATION,
        Field("to_location", _("To location"), ("目标库位", "调入库位", "调入仓库", "to", "target", "destination")),
        _QTY, _UNIT, _UNIT_COST, _VALUE, _LOT, _EXPIRES,
        Field("reason", _("Reason"), ("原因", "报损原因", "领用部门", "用途", "purpose")),
        _SUPPLIER,
        Field("document", _("Document"), ("单据", "单据编号", "单号", "单据号", "doc", "document_number", "voucher")),
        Field("ref", _("Refers to"), ("关联单据", "关联单号", "原单号", "reference", "original_document")),
        _NOTE,
    ),
    COUNT: (
        Field("code", _("Code"), ("编码", "物料编码", "商品编码", "货号", "条码", "item_code", "item", "sku", "barcode"), True),
        Field("location", _("Place"), ("库位", "位置", "地点", "库位编码", "location", "location_code", "bin", "shelf")),
        _LOT, _UNIT,
        Field("qty", _("Counted"), ("实盘", "实盘数量", "盘点数量", "数量", "counted_qty", "quantity", "count"), True),
    ),
}  # fmt: skip


def plain_heading(heading: str) -> str:
    """A heading as it is compared: small letters, no blanks, marks or remarks in brackets (Qty (kg) * is qty)."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"\(.*?\)|\[.*?\]|【.*?】", "", text)
    return re.sub(r"[\s_\-*:./#'\"]+", "", text)


def field_of(kind: str, heading: str) -> str:
    """The field a heading certainly means, or nothing."""
    return _names(kind).get(plain_heading(heading), "")


def like_field(kind: str, heading: str) -> str:
    """The field a heading probably means, or nothing: for a proposal that a person looks at."""
    close = difflib.get_close_matches(plain_heading(heading), _names(kind), n=1, cutoff=LIKE)
    return _names(kind)[close[0]] if close else ""


def certain_columns(kind: str, header: Sequence[str]) -> dict[int, str]:
    """Field by column number where the headings leave no doubt. A stable word wins over other names for the same field.

    Raises InvalidInput when one field is named twice.
    """
    found: dict[str, tuple[bool, int]] = {}
    for number, heading in enumerate(header):
        key = field_of(kind, heading)
        is_word = plain_heading(heading) == plain_heading(key)
        known = found.get(key)
        if key and known is not None and known[0] == is_word:
            raise InvalidInput(
                _("Two columns are called {heading}. Rename or remove one.", heading=heading.strip()), field=key
            )
        if key and (known is None or is_word):
            found[key] = (is_word, number)
    return {number: key for key, (_is_word, number) in found.items()}


def proposed_columns(kind: str, header: Sequence[str]) -> dict[int, str]:
    """The certain columns, and likely ones for the fields that are left."""
    found = certain_columns(kind, header)
    for number, heading in enumerate(header):
        key = "" if number in found else like_field(kind, heading)
        if key and key not in found.values():
            found[number] = key
    return found


def key_field(kind: str) -> str:
    """The field by which what is there already is found; nothing for files that post."""
    return "code" if any(one.key == "code" for one in FIELDS[kind]) else ""


def check_columns(kind: str, columns: Mapping[int, str], *, is_update: bool = False) -> None:
    """Every column that must be there is; an update needs the key alone. Raises InvalidInput naming the first that is
    missing and what the file needs."""
    known = {one.key: one for one in FIELDS[kind]}
    for key in columns.values():
        if key not in known:
            raise InvalidInput(_("There is no field {key} to bring a column into.", key=key), field=key)
    required = [key_field(kind)] if is_update else [field.key for field in FIELDS[kind] if field.is_required]
    for one in FIELDS[kind]:
        if one.key in required and one.key not in columns.values():
            needed = ", ".join(required)
            raise InvalidInput(
                _(
                    "The file has no column {key}. The first row must hold headings; needed are: {needed}.",
                    key=one.key,
                    needed=needed,
                ),
                field=one.key,
            )


def header_row(kind: str, rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows holds the headings: the one most fields are known in, else the first that is not empty."""
    best, most = -1, 0
    for number, row in enumerate(rows[:HEADER_ROWS]):
        known = len({field_of(kind, heading) for heading in row} - {""})
        if known > most:
            best, most = number, known
        if best < 0 and any(heading.strip() for heading in row):
            best = number
    return best


def _names(kind: str) -> dict[str, str]:
    if kind not in _NAMES:
        names: dict[str, str] = {}
        for one in FIELDS[kind]:
            for name in (one.title.render("zh"), one.title.msgid, *one.names):
                names.setdefault(plain_heading(name), one.key)
        names.update({plain_heading(one.key): one.key for one in FIELDS[kind]})
        _NAMES[kind] = names
    return _NAMES[kind]


_NAMES: dict[str, dict[str, str]] = {}
