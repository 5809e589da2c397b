"""Labels: 1,000 shelf labels as PDF and ZPL with every barcode read back, and the preview of one."""

from __future__ import annotations

from core import labels
from core.gtin import check_digit
from core.labels import LabelContent
from tests.bench.figures import Figure, milliseconds

COUNT = 1000
NAMES = "青岛雪花燕京珠江哈尔滨啤酒经典纯生原浆冰爽特酿有机牛奶酸奶豆腐花生瓜子巧克力饼干薯片方便面火腿肠矿泉水果汁"


def contents() -> list[LabelContent]:
    """A thousand different labels: names, prices, codes."""
    layout = labels.load_layout("shelf-60x40")
    sample = labels.sample_content(layout, "zh")
    return [_content(sample, number) for number in range(COUNT)]


def _content(sample: LabelContent, number: int) -> LabelContent:
    digits = f"6901{number * 7919 % 10**8:08d}"
    name = "".join(NAMES[(number * 7 + place * (3 + number % 11)) % len(NAMES)] for place in range(12)) + f" {number}"
    price = f"{number % 90 + 1}.{number % 100:02d}"
    return sample.with_fields(
        name=name,
        code=f"X-{number:04d}",
        barcode=digits + check_digit(digits),
        price=price,
        price_text=f"¥{price}",
        unit_price=f"¥{price}/500 ml",
        spec=f"{number % 900 + 100} ml",
        place=f"A-{number % 40:02d}",
    )


def run() -> list[Figure]:
    """Each with the check that every barcode reads back; goals of the issue."""
    layout, made = labels.load_layout("shelf-60x40"), contents()
    on_sheet = labels.load_layout("shelf-63x38")
    sheet = labels.find_sheet("L7160")
    labels.draw(layout, made[0], 203)

    def zpl(dpi: int, language: str = "zpl") -> None:
        pages = [labels.draw(layout, content, dpi) for content in made]
        labels.check_pages(pages)
        for page in pages:
            labels.encode(page, language)

    def pdf() -> None:
        pages = [labels.arrange(on_sheet, content, 600) for content in made]
        labels.check_pages(pages)
        labels.to_pdf(pages, sheet)

    def preview() -> None:
        labels.to_png(labels.draw(layout, made[17], 300))

    pages = [labels.arrange(on_sheet, content, 600) for content in made]
    return [
        Figure("labels: 1,000 as ZPL, 203 dpi, codes read back", milliseconds(lambda: zpl(203), 3), goal=2000),
        Figure("labels: 1,000 as ZPL, 300 dpi, codes read back", milliseconds(lambda: zpl(300), 3), goal=2000),
        Figure("labels: 1,000 as TSPL, 203 dpi, codes read back", milliseconds(lambda: zpl(203, "tspl"), 3), goal=2000),
        Figure("labels: 1,000 as PDF on L7160, codes read back", milliseconds(pdf, 3), goal=2000),
        Figure("labels: the PDF alone", milliseconds(lambda: labels.to_pdf(pages, sheet), 3)),
        Figure("labels: preview of one, 300 dpi", milliseconds(preview), goal=30),
    ]
