"""Layouts and contents to draw, and reading what was drawn."""

from __future__ import annotations

from typing import Any

import zxingcpp
from PIL import Image

from core import labels
from core.labels import BarcodeElement, LabelContent, LabelPage, Layout, Symbol, TextElement

EAN = "6901234567892"
LONG_NAMES = {
    "zh": "正宗内蒙古锡林郭勒大草原有机全脂巴氏杀菌纯牛奶 利乐枕装家庭量贩组合",
    "en": "Genuine Inner Mongolian organic whole pasteurised grass-fed milk, family value multipack",
}
LONG: dict[str, dict[str, str]] = {
    "zh": {
        "spec": "1000 ml × 12 盒/箱",
        "origin": "内蒙古自治区锡林郭勒盟",
        "supplier": "内蒙古锡林郭勒晨光乳业股份有限公司",
        "place_name": "一号冷藏库 A 架 3 层右侧",
        "path": "一号店 / 冷藏库 / 乳制品区 / A 架",
    },
    "en": {
        "spec": "1000 ml × 12 cartons",
        "origin": "Xilingol, Inner Mongolia",
        "supplier": "Inner Mongolia Morning Dairy Joint Stock Company",
        "place_name": "Cold store one, rack A, shelf 3, right",
        "path": "Main / Cold store / Dairy / Rack A",
    },
}
_PRICES = {"price": "1,288.80", "price_text": "¥1,288.80", "was_price": "¥1,388.80", "unit_price": "¥644.40/500 ml"}


def layout_of(*elements: Any, width: float = 60, height: float = 40, **over: Any) -> Layout:
    """A layout with these elements."""
    return Layout("test", "试", width, height, tuple(elements), **over)


def words(text: str = "{name}", **over: Any) -> TextElement:
    """Words in a frame of 50 by 10 mm."""
    place: dict[str, Any] = {"x": 2, "y": 2, "width": 50, "height": 10, **over}
    return TextElement(text=text, **place)


def code(content: str = "{barcode}", **over: Any) -> BarcodeElement:
    """A code in a frame of 50 by 20 mm."""
    place: dict[str, Any] = {"x": 5, "y": 15, "width": 50, "height": 20, **over}
    return BarcodeElement(content=content, **place)


def content_of(language: str = "zh", **fields: str) -> LabelContent:
    """A label's words."""
    return LabelContent("item", 1, "A-1", fields, language)


def long_content(layout: Layout, language: str) -> LabelContent:
    """The longest words a template must bear."""
    sample = labels.sample_content(layout, language)
    more = {"name": LONG_NAMES[language], **LONG[language], **_PRICES}
    return sample.with_fields(**{name: text for name, text in more.items() if name in sample.fields})


def drawn(element: Any, dpi: int = 203, **fields: str) -> LabelPage:
    """A label with one element."""
    return labels.draw(layout_of(element), content_of(**fields), dpi)


def read(picture: Image.Image) -> list[str]:
    """Everything a reader finds on a picture with some paper around it, GS shown as it is."""
    paper = Image.new("L", (picture.width + 80, picture.height + 80), 255)
    paper.paste(picture.convert("L"), (40, 40))
    return sorted(one.bytes.decode() for one in zxingcpp.read_barcodes(paper))


def expected(symbol: Symbol) -> str:
    """What a reader says of a symbol."""
    if symbol.symbology == "upca":
        return symbol.text.zfill(13)
    if not symbol.symbology.startswith("gs1-"):
        return symbol.text
    # All fields of the samples but the last are of fixed length.
    return symbol.text.replace("(", "").replace(")", "")


def inked(page: LabelPage, x: int, y: int, width: int, height: int) -> int:
    """Black dots in a part of a page."""
    part = labels.picture_of(page).crop((x, y, x + width, y + height)).convert("L")
    return sum(part.histogram()[:128])
