"""The label that shows how a printer is set: a frame two millimetres from every edge, a ruler, a code, small words."""

from __future__ import annotations

from core import labels
from core.devices import DeviceRow, PrinterStatus, ask_status, open_link
from core.i18n import Text, _
from core.labels import BarcodeElement, BoxElement, LabelContent, Layout, LineElement, TextElement

EDGE = 2.0
USUAL_STOCK = "60x40"
USUAL_DPI = 203
LONG, SHORT = 2.4, 1.2
FROM_MM = 4


def size_of(stock: str) -> tuple[float, float]:
    """Millimetres of a paper such as 60x40; the usual one when it cannot be read."""
    wide, _x, high = (stock or USUAL_STOCK).lower().partition("x")
    try:
        found = float(wide), float(high)
    except ValueError:
        return size_of(USUAL_STOCK)
    return found if min(found) >= 10 and max(found) <= 300 else size_of(USUAL_STOCK)


def trial_layout(stock: str) -> Layout:
    """A test label for a paper; on a small one only what has room."""
    width, height = size_of(stock)
    inner = width - 2 * EDGE
    elements: list[labels.Element] = [BoxElement(EDGE, EDGE, inner, height - 2 * EDGE, 0.25)]
    for mm in range(FROM_MM, int(width) - FROM_MM + 1):
        length = LONG if mm % 5 == 0 else SHORT
        elements.append(LineElement(float(mm), EDGE, float(mm), EDGE + length, 0.125))
    for mm in range(FROM_MM, int(height) - FROM_MM + 1):
        length = LONG if mm % 5 == 0 else SHORT
        elements.append(LineElement(EDGE, float(mm), EDGE + length, float(mm), 0.125))
    room = inner - 6
    elements.append(TextElement(EDGE + 4, EDGE + 3, room, 4, "{name}", size=3.2, least=1.9, bold=True))
    elements.append(TextElement(EDGE + 4, EDGE + 7, room, 3, "{facts}", size=2.4, least=1.9))
    if height >= 28 and width >= 46:
        elements.append(
            BarcodeElement(
                EDGE + 4, EDGE + 10.5, min(room, 40), min(height - 2 * EDGE - 12, 14), "TEST-0123", "code128"
            )
        )
    return Layout("test", "测试标签", width, height, tuple(elements), "Test label")


def trial_bytes(device: DeviceRow) -> bytes:
    """The test label in a printer's language, for the roll it holds. Raises InvalidInput."""
    stock = str(device.settings.get("stock", "") or USUAL_STOCK)
    dpi = int(device.settings.get("dpi", USUAL_DPI))
    facts = f"{device.protocol.upper()}  {dpi} dpi  {stock} mm"
    content = LabelContent("item", 0, "TEST", {"name": device.name, "facts": facts}, "en")
    return labels.encode(labels.draw(trial_layout(stock), content, dpi), device.protocol, 1, labels.media_of(device))


def send_trial(device: DeviceRow) -> Text:
    """Send one test label; answers how the printer stood. Called beside the window. Raises LinkFault, InvalidInput."""
    data = trial_bytes(device)
    link = open_link(device)
    try:
        link.write(data)
        link.flush()
    finally:
        link.close()
    return _("A test label went to {printer}. Its frame should be 2 mm from every edge.", printer=device.name)


def look_at(device: DeviceRow) -> PrinterStatus | None:
    """How a printer stands now; None where nothing can come back. Called beside the window. Raises LinkFault."""
    link = open_link(device)
    try:
        return ask_status(link, device.protocol) if link.answers else None
    finally:
        link.close()
