"""A label for trying a printer out: a frame, a ruler in centimetres, words in both scripts, and a code to scan."""

from __future__ import annotations

import re

from core.devices import DeviceRow, PrinterStatus, Talk, open_link
from core.labels.sending.ink import USUAL_DPI, media_of
from core.labels.steps.languages import check_language, encode
from core.labels.steps.raster import draw
from core.labels.steps.reading import check_pages
from core.labels.types import BarcodeElement, BoxElement, Element, LabelContent, Layout, LineElement, TextElement

USUAL_SIZE = (60.0, 40.0)
LEAST, MOST = 25.0, 300.0
CODE = "STEWARD-1"
_SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)x(\d{1,3}(?:\.\d{1,2})?)")


def trial_layout(stock: str) -> Layout:
    """A layout of the size of a paper such as 60x40; of 60 by 40 mm where nothing sensible is said."""
    found = _SIZE.fullmatch(stock.strip())
    width, height = (float(found[1]), float(found[2])) if found else USUAL_SIZE
    width, height = min(max(width, LEAST), MOST), min(max(height, LEAST), MOST)
    elements: list[Element] = [BoxElement(1, 1, width - 2, height - 2)]
    for mm in range(5, int(width) - 1, 5):
        elements.append(LineElement(mm, 1, mm, 3.0 if mm % 10 == 0 else 2.0))
    elements += [
        TextElement(2, 3.5, width - 4, 5, "{name}", size=4, least=2.5, align="centre", bold=True),
        TextElement(2, 9, width - 4, 3.5, "{set}", size=2.8, least=2.5, align="centre"),
        BarcodeElement(2, height - 10, width - 4, 8, "{code}", "datamatrix", dots=3, words=False),
    ]
    return Layout("trial", "测试标签", width, height, tuple(elements), "Test label")


def send_test_label(device: DeviceRow) -> PrinterStatus:
    """Print one label that shows whether size, darkness, language and codes are right, and answer how the printer stands
    afterwards.

    Raises InvalidInput for a printer whose language is not set, Refused when the label cannot be drawn, LinkFault.
    """
    check_language(device.protocol)
    dpi = int(device.settings.get("dpi", USUAL_DPI))
    layout = trial_layout(str(device.settings.get("stock", "")))
    fields = {
        "name": f"{device.name} 测试 Test",
        "set": f"{device.protocol.upper()} · {dpi} dpi · {layout.width:g} × {layout.height:g} mm",
        "code": CODE,
    }
    page = draw(layout, LabelContent("item", 0, CODE, fields), dpi)
    check_pages([page])
    link = open_link(device)
    try:
        link.write(encode(page, device.protocol, 1, media_of(device)))
        link.flush()
        return Talk(link, device.protocol).status()
    finally:
        link.close()
