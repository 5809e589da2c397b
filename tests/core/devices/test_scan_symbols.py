"""Symbols as they are printed, read by a decoder as scanners hold one: id and content, then what they mean."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from core.devices import OwnKind, own_code, parse_scan, scan_as_json

G = "04006381333931"
OWN = own_code(OwnKind.LOCATION, "A-01-02")


def sent(content: str, symbology: str, *, is_gs1: bool = False) -> str:
    """What a scanner with its AIM ids on sends for this symbol."""
    made = zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, symbology), gs1=is_gs1)
    picture = zxingcpp.write_barcode_to_image(made, scale=4)
    height, width = picture.shape
    paper = Image.new("L", (width + 80, height + 80), 255)
    paper.paste(Image.frombytes("L", (width, height), bytes(memoryview(picture))), (40, 40))  # type: ignore[arg-type]
    (read,) = zxingcpp.read_barcodes(paper)
    return str(read.symbology_identifier) + (read.bytes.decode() if is_gs1 else str(read.text))


@pytest.mark.parametrize(
    ("content", "symbology", "meant"),
    [
        (f"(01){G}(10)AB12(17)261231", "Code128", {"gtin": G, "batch": "AB12", "expiry": "2026-12-31"}),
        (f"(01){G}(21)S1(10)AB12", "DataMatrix", {"gtin": G, "serial": "S1", "batch": "AB12"}),
        (f"(01){G}(3103)001250", "QRCode", {"gtin": G, "net_weight_kg": "1.250"}),
        ("(00)106141411234567897", "Code128", {"sscc": "106141411234567897"}),
    ],
)
def test_gs1_symbols_mean_what_was_encoded(content: str, symbology: str, meant: dict[str, str]) -> None:
    said = scan_as_json(parse_scan(sent(content, symbology, is_gs1=True)))
    assert {name: value for name, value in said.items() if name != "kind"} == meant


@pytest.mark.parametrize(
    ("content", "symbology", "meant"),
    [
        ("4006381333931", "EAN13", {"kind": "gtin", "gtin": G}),
        ("96385074", "EAN8", {"kind": "gtin", "gtin": "00000096385074"}),
        ("14006381333938", "ITF", {"kind": "gtin", "gtin": "14006381333938"}),
        ("0104006381333931", "Code128", {"kind": "text", "text": "0104006381333931"}),
        ("番茄", "QRCode", {"kind": "text", "text": "番茄"}),
        (OWN, "QRCode", {"kind": "own", "text": "A-01-02", "own": "location"}),
        (OWN, "Code128", {"kind": "own", "text": "A-01-02", "own": "location"}),
        (OWN, "DataMatrix", {"kind": "own", "text": "A-01-02", "own": "location"}),
    ],
)
def test_other_symbols_mean_what_was_encoded(content: str, symbology: str, meant: dict[str, str]) -> None:
    assert scan_as_json(parse_scan(sent(content, symbology))) == meant
