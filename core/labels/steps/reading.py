"""Reading barcodes back from the drawn dots with a second library, before anything is printed."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from core.errors import Refused
from core.i18n import Text, _
from core.labels.rules.symbologies import STANDARDS, element_bytes
from core.labels.steps.raster import region
from core.labels.types import LabelPage, Mismatch, Symbol

_FORMATS = {
    "ean13": "EAN13", "ean8": "EAN8", "upca": "EAN13", "itf14": "ITF", "code128": "Code128", "gs1-128": "Code128",
    "qr": "QRCode", "datamatrix": "DataMatrix", "gs1-datamatrix": "DataMatrix",
}  # fmt: skip
# What the reader says in front of the content (ISO/IEC 15424): the kind of code, and whether it is a GS1 one.
_AIM = {"gs1-128": ("]C1",), "gs1-datamatrix": ("]d2",), "code128": ("]C0",), "datamatrix": ("]d1", "]d4")}
_BORDER = 8  # white dots around the cut-out, so that the reader has an edge to start from


def read_back(page: LabelPage) -> list[Mismatch]:
    """The barcodes of a page that do not read as what they should say; empty when all is well.

    Each symbol is cut out of the dots with its quiet zone and read by zxing-cpp, which shares no code with the libraries
    that made it. GS1 codes must come with their FNC1 signs and as GS1.
    """
    return [wrong for symbol in page.symbols if (wrong := _read(page, symbol)) is not None]


def check_pages(pages: Iterable[LabelPage]) -> None:
    """Refuse labels that must not be printed: blocking troubles, and barcodes that do not read back. Each distinct barcode
    is read once. Raises Refused with the first sentence, naming the label's place in the job."""
    seen: set[tuple[str, str, bytes]] = set()
    for number, page in enumerate(pages, start=1):
        _check_page(page, number, seen)


def _check_page(page: LabelPage, number: int, seen: set[tuple[str, str, bytes]]) -> None:
    blocking = next((trouble for trouble in page.troubles if trouble.is_blocking), None)
    if blocking is not None:
        raise Refused(_("Label {n} was not printed: {why}", n=number, why=blocking.text), field="labels", row=number)
    for symbol in page.symbols:
        dots = _cut_out(page, symbol)
        key = (symbol.symbology, symbol.text, blake2b(dots).digest())
        if key in seen:
            continue
        seen.add(key)
        wrong = _compared(symbol, dots)
        if wrong is not None:
            raise Refused(_("Label {n} was not printed: {why}", n=number, why=wrong.text), field="labels", row=number)


def _read(page: LabelPage, symbol: Symbol) -> Mismatch | None:
    return _compared(symbol, _cut_out(page, symbol))


def _compared(symbol: Symbol, dots: bytes) -> Mismatch | None:
    found: tuple[tuple[bytes, str], ...] = ()
    for is_turned in (False, True):  # the second time for turned codes: looking in all directions takes longer
        found = found or _readings(dots, (symbol.width, symbol.height), _FORMATS[symbol.symbology], is_turned)
        if any(_is_right(symbol, *one) for one in found):
            return None
    read = found[0][0].decode("utf-8", "replace") if found else ""
    return Mismatch(symbol, read, _sentence(symbol, read))


def _sentence(symbol: Symbol, read: str) -> Text:
    name = STANDARDS[symbol.symbology].name
    if not read:
        return _(
            "the {name} code “{code}” cannot be read from the drawn label. Look at the layout.",
            name=name, code=symbol.text[:60],
        )  # fmt: skip
    return _(
        "the {name} code should say “{code}” but reads “{read}”. Look at the layout.",
        name=name, code=symbol.text[:60], read=read[:60].replace("\x1d", "\u241d"),
    )  # fmt: skip


def _is_right(symbol: Symbol, content: bytes, aim: str) -> bool:
    allowed = _AIM.get(symbol.symbology)
    if allowed is not None and aim not in allowed:
        return False
    return content == expected(symbol)


def expected(symbol: Symbol) -> bytes:
    """The bytes a reader gives for a symbol: UTF-8, in GS1 codes with GS (hex 1D) after fields of open length."""
    if symbol.symbology.startswith("gs1-"):
        return element_bytes(symbol.text, "\x1d").encode()
    text = symbol.text.zfill(13) if symbol.symbology == "upca" else symbol.text
    return text.encode()


def _cut_out(page: LabelPage, symbol: Symbol) -> bytes:
    """The symbol's dots, one byte a dot, 0 for black, with a white border."""
    from PIL import Image

    part = region(page, (symbol.x, symbol.y, symbol.width, symbol.height))
    size = symbol.width + 2 * _BORDER, symbol.height + 2 * _BORDER
    framed = Image.new("L", size, 255)
    framed.paste(0, (_BORDER, _BORDER), part)
    return framed.tobytes()


def _readings(dots: bytes, place: tuple[int, int], kind: str, is_turned: bool) -> tuple[tuple[bytes, str], ...]:
    import zxingcpp
    from PIL import Image

    size = place[0] + 2 * _BORDER, place[1] + 2 * _BORDER
    found = zxingcpp.read_barcodes(
        Image.frombytes("L", size, dots),
        formats=getattr(zxingcpp.BarcodeFormat, kind),
        try_rotate=is_turned,
        try_downscale=False,
        try_invert=False,
        binarizer=zxingcpp.Binarizer.FixedThreshold,
    )
    return tuple((one.bytes, one.symbology_identifier) for one in found)
