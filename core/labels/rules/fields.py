"""The fields a layout may bind, by what the label is about, with samples for preview and test label."""

from __future__ import annotations

from core.i18n import Text, _, verbatim
from core.labels.types import Field

_SITE = (
    Field("site", _("Site"), "一号店", "Site One"),
    Field("site_address", _("Address of the site"), "人民路 88 号", "88 Renmin Road"),
    Field("site_phone", _("Phone of the site"), "021-5555 0101"),
    Field("running", _("Running number in the job"), ""),
)
_ITEM = (
    Field("code", _("Item code"), "BEV-0042"),
    Field("name", _("Name"), "有机全脂纯牛奶 利乐枕装", "Organic whole milk, carton"),
    Field("name_en", _("English name"), "Organic whole milk, carton"),
    Field("name_zh", _("Chinese name"), "有机全脂纯牛奶 利乐枕装"),
    Field("spec", _("Specification"), "1 L"),
    Field("brand", _("Brand"), "牧场", "Meadow"),
    Field("origin", _("Place of origin"), "内蒙古", "Inner Mongolia"),
    Field("grade", _("Grade"), "一级", "Grade 1"),
    Field("category", _("Category"), "乳品", "Dairy"),
    Field("barcode", _("Barcode of the base unit"), "6901234567892"),
    Field("own_code", _("Own code"), ""),
    Field("supplier", _("Supplier"), "晨光乳业", "Morning Dairy"),
    Field("supplier_code", _("Supplier's code"), "MD-1001"),
    Field("place", _("Place code"), "A-03-2"),
    Field("place_name", _("Place"), "冷藏库 A 架 3 层", "Cold store, rack A, shelf 3"),
    Field("storage", _("Storage"), "冷藏", "Chilled"),
    Field("minimum", _("Least stock"), "12"),
    Field("maximum", _("Most stock"), "48"),
    Field("note", _("Note"), ""),
)
_PRICE = (
    Field("price", _("Price, figures only"), "12.80"),
    Field("price_text", _("Price with its sign"), "¥12.80"),
    Field("price_whole", _("Price before the point"), "12"),
    Field("price_cents", _("Price after the point"), "80"),
    Field("currency", _("Currency sign"), "¥"),
    Field("price_unit", _("Unit of price"), "盒", "carton"),
    Field("unit_price", _("Unit price"), "¥6.40/500 ml"),
    Field("unit_price_large", _("Unit price per kg or L"), "¥12.80/L"),
    Field("unit_price_small", _("Unit price per 100 g or ml"), "¥1.28/100 ml"),
    Field("unit_price_half", _("Unit price per 500 g or ml"), "¥6.40/500 ml"),
    Field("was_price", _("Price before the reduction"), ""),
    Field("lowest_price", _("Lowest price of 30 days"), ""),
    Field("hotline", _("Price complaints line"), "12315"),
)
_CASE = (
    Field("case_barcode", _("Barcode of the case"), "16901234567899"),
    Field("case_unit", _("Case unit"), "箱", "case"),
    Field("case_qty", _("Base units in a case"), "12"),
    Field("case_text", _("What a case holds"), "1 箱 = 12 盒", "1 case = 12 cartons"),
)
_KITCHEN = (
    Field("made_at", _("Made at"), "2026-11-22 08:30"),
    Field("opened_at", _("Opened at"), ""),
    Field("use_by", _("Use by"), "2026-11-25 08:30"),
    Field("use_by_day", _("Use by, day only"), "11-25"),
    Field("use_by_weekday", _("Use by, weekday"), "周三", "Wed"),
    Field("who", _("Made by"), "李梅"),
    Field("batch", _("Batch"), "2211A"),
    Field("allergens", _("Allergens"), "含：牛奶、大豆、含麸质的谷物", "Contains: milk, soybeans, gluten"),
    Field("allergen_words", _("Words to emphasise"), "牛奶\n大豆\n含麸质的谷物", "milk\nsoybeans\ngluten"),
    Field("batch_code", _("Code with batch and use-by date"), "(01)06901234567892(17)261125(10)2211A"),
)
_PLACE = (
    Field("code", _("Place code"), "A-03-2"),
    Field("name", _("Name"), "干货库 A 架 3 层 2 格", "Dry store, rack A, shelf 3, bin 2"),
    Field("path", _("Where it lies"), "主店 / 干货库 / A 架", "Main / Dry store / Rack A"),
    Field("storage", _("Storage"), "常温", "Dry"),
    Field("own_code", _("Own code"), ""),
)
_LOT = (
    Field("code", _("Lot number"), "L20261122-07"),
    Field("item_code", _("Item code"), "BEV-0042"),
    Field("name", _("Name"), "有机全脂纯牛奶 利乐枕装", "Organic whole milk, carton"),
    Field("spec", _("Specification"), "1 L"),
    Field("batch", _("Batch"), "L20261122-07"),
    Field("expires_on", _("Expires on"), "2027-02-28"),
    Field("produced_on", _("Produced on"), "2026-11-20"),
    Field("supplier", _("Supplier"), "晨光乳业", "Morning Dairy"),
    Field("own_code", _("Own code"), ""),
    Field("batch_code", _("Code with batch and use-by date"), "(01)06901234567892(17)270228(10)L2026112207"),
)
_PERSON = (
    Field("name", _("Name"), "欧阳慧敏", "Huimin Ouyang"),
    Field("roles", _("Roles"), "仓库管理员", "Storekeeper"),
    Field("code", _("Number"), "7"),
    Field("own_code", _("Own code"), ""),
)
_DOCUMENT = (
    Field("code", _("Number"), "RT-2026-000123"),
    Field("title", _("Kind of document"), "退货出库", "Return to supplier"),
    Field("date", _("Date"), "2026-11-22"),
    Field("party", _("Addressee"), "晨光乳业有限公司", "Morning Dairy Ltd"),
    Field("party_contact", _("Contact"), "王经理", "Mr Wang"),
    Field("party_phone", _("Phone"), "138 0000 1111"),
    Field(
        "party_address",
        _("Address"),
        "江苏省苏州市工业园区星湖街 328 号 5 幢",
        "328 Xinghu Street, Suzhou Industrial Park",
    ),
    Field("document", _("Their number"), "DN-7781"),
    Field("note", _("Note"), "易碎，向上", "Fragile, this side up"),
    Field("piece", _("Piece of the consignment"), "1/1"),
    Field("own_code", _("Own code"), ""),
)
_ASSET = (
    Field("code", _("Number"), "AST-0017"),
    Field("name", _("Name"), "立式冷藏展示柜", "Upright display fridge"),
    Field("spec", _("Specification"), "SC-450, 450 L"),
    Field("brand", _("Brand"), "海容", "Hiron"),
    Field("place_name", _("Place"), "一楼前厅", "Front hall"),
    Field("own_code", _("Own code"), ""),
)
FIELDS: dict[str, tuple[Field, ...]] = {
    "item": (*_ITEM, *_PRICE, *_CASE, *_KITCHEN, *_SITE),
    "location": (*_PLACE, *_SITE),
    "lot": (*_LOT, *_SITE),
    "person": (*_PERSON, *_SITE),
    "document": (*_DOCUMENT, *_SITE),
    "asset": (*_ASSET, *_SITE),
}
SUBJECTS = tuple(FIELDS)


def fields_for(subject: str) -> tuple[Field, ...]:
    """The fields of a kind of label, in the order a designer lists them; none for an unknown kind."""
    return FIELDS.get(subject, ())


def field_words(subject: str, name: str) -> Text:
    """What people call a field; an unknown one stands for itself."""
    return next((field.words for field in fields_for(subject) if field.name == name), verbatim(name))


def samples(subject: str, language: str) -> dict[str, str]:
    """A sample of every field of a kind of label. An own code shows what it would be for the sample."""
    found = {field.name: field.example(language) for field in fields_for(subject)}
    if "own_code" in found:
        found["own_code"] = f"SAMPLE-{found['code']}"
    return found
