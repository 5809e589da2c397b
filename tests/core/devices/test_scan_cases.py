"""Awkward scans and what each of them means: one line a case, as `steward scan --json` tells it (the kind left out)."""

from __future__ import annotations

import pytest

from core.devices import named_profile, scan_as_json
from core.devices.rules.scans import read_scan
from core.gtin import check_digit

GS, RS, EOT = "\x1d", "\x1e", "\x04"
G = "04006381333931"
EAN = "4006381333931"
THIS_YEAR = 2026


def told(raw: str, profile: str = "", year: int = THIS_YEAR) -> dict[str, str]:
    """What the scan says, without its kind."""
    said = scan_as_json(read_scan(raw, named_profile(profile), year))
    said.pop("kind", None)
    return said


def checked(digits: str) -> str:
    """The number with its check digit."""
    return digits + check_digit(digits)


NUMBERS = {
    EAN: {"gtin": G},
    "96385074": {"gtin": "00000096385074"},
    "12345670": {"gtin": "00000012345670"},
    "036000291452": {"gtin": "00036000291452"},
    "10614141543219": {"gtin": "10614141543219"},
    "01234567890128": {"gtin": "01234567890128"},
    # Eight digits that are right as UPC-E and as GTIN-8: UPC-E, unless the scanner says EAN-8.
    "01234565": {"gtin": "00012345000065"},
    "]E401234565": {"gtin": "00000001234565"},
    "]E012345670": {"gtin": "00123456000070"},
    "04252614": {"gtin": "00042100005264"},
    "]E0425261": {"gtin": "00042100005264"},
    "]E00425261": {"gtin": "00042100005264"},
    f"]E0{EAN}": {"gtin": G},
    f"]e0{EAN}": {"gtin": G},
    "]E496385074": {"gtin": "00000096385074"},
    "]I114006381333938": {"gtin": "14006381333938"},
    f"]E3{EAN}12": {"gtin": G},
    f"]E3{EAN}12345": {"gtin": G},
    "977123456789812": {"gtin": "09771234567898"},
    "4 006381 333931": {"gtin": G},
    "978-3-16-148410-0": {"gtin": "09783161484100"},
    "４００６３８１３３３９３１": {"gtin": G},
    f"\ufeff\u200e{EAN}\u200f": {"gtin": G},
    f"\x02{EAN}\x03\r\n": {"gtin": G},
    f"*{EAN}*": {"gtin": G},
    "2112345678900": {"gtin": "02112345678900"},
    "4006381333932": {"error": "check_digit"},
    "400638133393": {"error": "check_digit"},
    "96385075": {"error": "check_digit"},
    "]E0400638133393": {"error": "check_digit"},
    "]E440063813": {"error": "check_digit"},
    "]E012345": {"error": "bad_length"},
    f"]E4{EAN}": {"error": "bad_length"},
    "]e117261231": {"expiry": "2026-12-31"},
    "9780201379624 51995": {"gtin": "09780201379624"},
    "]E0ABC": {"error": "bad_char"},
    "٤٠٠٦٣٨١٣٣٣٩٣١": {"error": "bad_char"},
    "४००६३८१३३३९३१": {"error": "bad_char"},
    "40063813339³¹": {"error": "bad_char"},
    "0000000000000": {"error": "malformed"},
    "1" * 5000: {"error": "too_long"},
    "7" * 100: {"error": "too_long"},
    EAN + EAN: {"error": "glued"},
    f"{EAN} {EAN}": {"error": "glued"},
    f"{EAN}\r\n{EAN}": {"error": "glued"},
    f"{EAN}\tABC123": {"error": "glued"},
    EAN + "96385074": {"error": "glued"},
    f"]E0{EAN}]E0{EAN}": {"error": "glued"},
    f"{EAN}01{G}": {"error": "glued"},
    f"{EAN}https://a.example/": {"error": "glued"},
    "00106141411234567897": {"sscc": "106141411234567897"},
    "106141411234567897": {"sscc": "106141411234567897"},
    "340123450000000000": {"sscc": "340123450000000000"},
    "00106141411234567898": {"error": "check_digit"},
    "0010614141123456789": {"error": "truncated"},
    "340123450000000001": {"error": "check_digit"},
    "134567890123456789": {"error": "payment_code"},
    "281234567890123456": {"error": "payment_code"},
    "2812345678901234567890": {"error": "payment_code"},
    "6212345678901234567": {"error": "payment_code"},
    "12345": {"text": "12345"},
    "": {"error": "empty"},
    " \t\r\n": {"error": "empty"},
    "]C1": {"error": "empty"},
    GS: {"error": "empty"},
}

MESSAGES = {
    f"01{G}": {"gtin": G},
    f"]C101{G}1726123110AB12": {"gtin": G, "expiry": "2026-12-31", "batch": "AB12"},
    f"]d201{G}10AB12{GS}17261231": {"gtin": G, "expiry": "2026-12-31", "batch": "AB12"},
    f"]Q3{GS}01{G}21S/1{GS}{GS}10b": {"gtin": G, "serial": "S/1", "batch": "b"},
    f"]e001{G}": {"gtin": G},
    f"]J101{G}": {"gtin": G},
    f"]c101{G}": {"gtin": G},
    f"{GS}01{G}": {"gtin": G},
    f"]C00104006381333931{G}": {"text": f"0104006381333931{G}"},
    "]C010AB12": {"text": "10AB12"},
    f"]C1(01){G}(10)A(12)B": {"gtin": G, "batch": "A(12)B"},
    f"（01）{G}（17）261231": {"gtin": G, "expiry": "2026-12-31"},
    f"(01) {G} (15) 261231 (10) AB": {"gtin": G, "best_before": "2026-12-31", "batch": "AB"},
    f"01 {G} 17 261231 10 AB": {"gtin": G, "expiry": "2026-12-31", "batch": "AB"},
    f"17261231{'01' + G}10A": {"gtin": G, "expiry": "2026-12-31", "batch": "A"},
    **{f"01{G}10AB{sign}17261231": {"gtin": G, "expiry": "2026-12-31", "batch": "AB"}
       for sign in ("|", "^", "#", "~", "<GS>", "{GS}", "[GS]", "␝", "↔", "^]", "\\x1d", " ", RS, "&#29;", "<FNC1>", "%1D", "]", "è", "@")},
    f"~01{G}10A~21B": {"gtin": G, "batch": "A", "serial": "B"},
    f"ñ01{G}10Añ21B": {"gtin": G, "batch": "A", "serial": "B"},
    f"{{GS}}01{G}10A{{GS}}21B": {"gtin": G, "batch": "A", "serial": "B"},
    f"]E0{EAN}]e01726123110AB": {"gtin": G, "expiry": "2026-12-31", "batch": "AB"},
    f"]C117261231{GS}10A": {"expiry": "2026-12-31", "batch": "A"},
    # dates
    f"]C101{G}17260200": {"gtin": G, "expiry": "2026-02-28"},
    f"]C101{G}17280200": {"gtin": G, "expiry": "2028-02-29"},
    f"]C101{G}11760101": {"gtin": G, "production": "2076-01-01"},
    f"]C101{G}11770101": {"gtin": G, "production": "1977-01-01"},
    f"]C101{G}70032612312359": {"gtin": G, "expiry": "2026-12-31"},
    f"]C101{G}800826011512": {"gtin": G, "production": "2026-01-15"},
    f"]C101{G}13260115": {"gtin": G},
    f"]C101{G}1726023010AB12": {"gtin": G, "batch": "AB12", "error": "invalid_date"},
    f"]C101{G}17261300": {"gtin": G, "error": "invalid_date"},
    f"]C101{G}17270229": {"gtin": G, "error": "invalid_date"},
    f"]C101{G}70032612002359": {"gtin": G, "error": "invalid_date"},
    f"]C101{G}70032612312460": {"gtin": G, "error": "invalid_date"},
    # measures
    f"]C101{checked('9400638133393')}3103001250": {"gtin": checked("9400638133393"), "net_weight_kg": "1.250"},
    f"]C101{G}3100000012": {"gtin": G, "net_weight_kg": "12"},
    f"]C101{G}3201000011": {"gtin": G, "net_weight_kg": "0.498951607"},
    f"]C101{G}3103000000": {"gtin": G, "error": "zero_measure"},
    f"]C102{G}3724": {"gtin": G, "count": "24"},
    f"]C100106141411234567897{'02' + G}3712{GS}10A": {
        "sscc": "106141411234567897", "gtin": G, "count": "12", "batch": "A"},
    f"]C101{G}3012": {"gtin": G, "count": "12"},
    f"]C101{G}39221299": {"gtin": G, "price": "12.99"},
    f"]C101{G}39321561299": {"gtin": G, "price": "12.99", "currency": "CNY"},
    f"]C101{G}39329991299": {"gtin": G, "price": "12.99", "currency": "999"},
    f"]C101{G}240P-1{GS}8200http://a.b": {"gtin": G, "item_code": "P-1", "url": "http://a.b"},
    f"]C18006{G}0102": {"gtin": G},
    "]C191SECRET": {"text": "(91)SECRET"},
    # what is wrong; what is good is still there
    f"01{G[:-1]}21726123110A": {"batch": "A", "expiry": "2026-12-31", "error": "check_digit"},
    f"01{G}172612": {"gtin": G, "error": "truncated"},
    f"01{G}17": {"gtin": G, "error": "truncated"},
    f"01{G}10": {"gtin": G, "error": "truncated"},
    f"01{G}31": {"gtin": G, "error": "truncated"},
    "010400638133393": {"error": "truncated"},
    f"01{G[:10]}{GS}10A": {"batch": "A", "error": "bad_length"},
    "(01)4006381333931": {"error": "bad_length"},
    f"]C101{G}10ABCDEFGHIJKLMNOPQRSTU": {"gtin": G, "error": "bad_length"},
    f"]C101{G}10АБ{GS}17261231": {"gtin": G, "expiry": "2026-12-31", "error": "bad_char"},
    f"]C101{G}10AB 12": {"gtin": G, "error": "bad_char"},
    f"]C101{G}10A\x00B": {"gtin": G, "error": "bad_char"},
    "]C1٠١": {"error": "bad_char"},
    f"]C101{G}05123": {"gtin": G, "error": "unknown_ai"},
    f"]C105123{GS}01{G}": {"gtin": G, "error": "unknown_ai"},
    f"]C101{G}10A{GS}10B": {"gtin": G, "error": "conflict"},
    f"]C101{G}10A{GS}10A": {"gtin": G, "batch": "A"},
    f"]C101{G}01{checked('0950110153000')}": {"error": "conflict"},
    f"]C101{G}1127010117260101": {
        "gtin": G, "production": "2027-01-01", "expiry": "2026-01-01", "error": "conflict"},
    f"]C102{G}": {"gtin": G, "error": "missing_ai"},
    f"]C101{G}3724": {"gtin": G, "count": "24", "error": "missing_ai"},
    "]C13103001250": {"net_weight_kg": "1.250", "error": "missing_ai"},
    f"]C101{G}10AB]C101{G}": {"error": "glued"},
    f"ABC123]C101{G}": {"error": "glued"},
    f"01{G}10AB1701{G}10B": {"gtin": G, "error": "glued"},
    # separators that were not sent: seen in threads about it
    "1021072911172405310100693570007182": {"error": "missing_separator"},
    f"]C101{G}10AB1217261231": {"gtin": G, "error": "missing_separator"},
    "01108573260055401722081110A2021121092220084115197": {
        "gtin": "10857326005540", "expiry": "2022-08-11", "error": "missing_separator"},
    "010404188511271221X12Y9JNZ961721080610176600715": {"gtin": "04041885112712", "error": "missing_separator"},
    "01041500111641401726013110V1002521JGFMG4P38R": {
        "gtin": "04150011164140", "expiry": "2026-01-31", "error": "missing_separator"},
    f"]C102{G}372410LOT5": {"gtin": G, "error": "missing_separator"},
    f"]C101{G}10L210415": {"gtin": G, "batch": "L210415"},
    f"]C101{G}10X202109876543": {"gtin": G, "batch": "X202109876543"},
    f"]C101{G}10AB17261231{GS}21S": {"gtin": G, "batch": "AB17261231", "serial": "S"},
}  # fmt: skip

OTHERS = {
    f"https://id.gs1.org/01/{G}/10/AB%2F1?17=261231": {
        "gtin": G, "batch": "AB/1", "expiry": "2026-12-31", "url": f"https://id.gs1.org/01/{G}/10/AB%2F1?17=261231"},
    f"HTTPS://ID.GS1.ORG/01/{G}/21/S": {"gtin": G, "serial": "S", "url": f"HTTPS://ID.GS1.ORG/01/{G}/21/S"},
    f"]Q1https://shop.example/x/01/{EAN}": {"gtin": G, "url": f"https://shop.example/x/01/{EAN}"},
    f"https://a.example/gtin/{EAN}/lot/A?exp=260230": {
        "gtin": G, "batch": "A", "url": f"https://a.example/gtin/{EAN}/lot/A?exp=260230", "error": "invalid_date"},
    "https://id.gs1.org/00/106141411234567897": {
        "sscc": "106141411234567897", "url": "https://id.gs1.org/00/106141411234567897"},
    "https://example.com/2026/01/12345678": {"url": "https://example.com/2026/01/12345678"},
    "https://example.com/?u=https://b.example": {"url": "https://example.com/?u=https://b.example"},
    "https://id.gs1.org/01/04006381333932": {"error": "check_digit"},
    "https://id.gs1.org/01/123": {"error": "bad_length"},
    "https://id.gs1.org/what/ever": {"error": "malformed"},
    f"https://id.gs1.org/01/{G}/10": {"gtin": G, "url": f"https://id.gs1.org/01/{G}/10", "error": "malformed"},
    f"https://id.gs1.org/01/{G}/10/A?10=B": {
        "gtin": G, "url": f"https://id.gs1.org/01/{G}/10/A?10=B", "error": "conflict"},
    "https://": {"error": "malformed"},
    "https://a.\x00example/": {"error": "malformed"},
    '{"sku":"\\ud800","lot":"A"}': {"batch": "A", "text": '{"sku":"\\ud800","lot":"A"}', "error": "bad_char"},
    "https://exa mple.com/": {"error": "malformed"},
    "https://a.example/bhttps://c.example/": {"error": "glued"},
    "wxp://f2f0abc": {"error": "payment_code"},
    "HTTPS://QR.ALIPAY.COM/FKX0123": {"error": "payment_code"},
    "00020101021129370016A000000677010111011300668000000015303764": {"error": "payment_code"},
    "BCD\n002\n1\nSCT\n\nName\nDE00": {"error": "payment_code"},
    f"[)>{RS}06{GS}P596-777{GS}1PXAF4444{GS}Q3{GS}10D1452{GS}1TBF1103{GS}4LUS{RS}{EOT}": {
        "item_code": "596-777", "count": "3", "production": "2014-12-22", "batch": "BF1103"},
    f"]d1>[)>06{GS}P{GS}1PXAF4444{GS}Q1,000EA{GS}SN1{GS}14D20271231": {
        "item_code": "XAF4444", "count": "1000", "serial": "N1", "expiry": "2027-12-31"},
    f"[)>{RS}05{GS}01{G}{GS}10A{RS}{EOT}": {"gtin": G, "batch": "A"},
    "[)>{RS}06{GS}P12{GS}7Q2.5KG{RS}{EOT}": {"item_code": "12", "net_weight_kg": "2.5"},
    "[)>@06@P12@Q5": {"item_code": "12", "count": "5"},
    "[)>06P123Q5": {"error": "missing_separator"},
    f"[)>{RS}99{GS}P1": {"error": "malformed"},
    "[)>": {"error": "malformed"},
    f"[)>{RS}06{GS}": {"error": "truncated"},
    f"[)>{RS}06{GS}P1{GS}1": {"item_code": "1", "error": "truncated"},
    f"[)>{RS}06{GS}P1{GS}Q0": {"item_code": "1", "error": "zero_measure"},
    f"[)>{RS}06{GS}P1{GS}10D2660": {"item_code": "1", "error": "invalid_date"},
    f"[)>{RS}06{GS}P1{GS}Q5{GS}Q6": {"item_code": "1", "error": "conflict"},
    f"[)>{RS}06{GS}P1{GS}QX": {"item_code": "1", "error": "bad_char"},
    f"[)>{RS}06{GS}P1{RS}{EOT}[)>{RS}06{GS}P2": {"error": "glued"},
    "{pbn:PICK1,on:SO1,pc:C22775,pm:0402WGF1001TCE,qty:100,mc:,cc:1}": {"item_code": "C22775", "count": "100"},
    '{"a":': {"error": "malformed"},
    "{pbn:PICK1,qty:1": {"error": "malformed"},
    "番茄 🍅": {"text": "番茄 🍅"},
    "Молоко 3": {"text": "Молоко 3"},
    "*ABC-123*": {"text": "ABC-123"},
    "]A0ABC-123": {"text": "ABC-123"},
    f"]C0{EAN}": {"gtin": G, "text": EAN},
    "]C096385074": {"text": "96385074"},
    "BEGIN:VCARD\r\nN:Li\r\nEND:VCARD": {"text": "BEGIN:VCARD\r\nN:Li\r\nEND:VCARD"},
    "АВС123": {"error": "bad_char"},
    "AВC-1": {"error": "bad_char"},
    "AB\x00C": {"error": "bad_char"},
    "\ud800": {"error": "bad_char"},
    "A\ufffdB": {"error": "bad_char"},
    "x" * 100_000: {"error": "too_long"},
}  # fmt: skip


@pytest.mark.parametrize(("raw", "meant"), [*NUMBERS.items(), *MESSAGES.items(), *OTHERS.items()])
def test_a_scan_means_one_thing(raw: str, meant: dict[str, str]) -> None:
    assert told(raw) == meant


JSON = {
    '{"gtin":"4006381333931","lot":"A1","exp":"2026-12-31","qty":5}': {
        "gtin": G, "batch": "A1", "expiry": "2026-12-31", "count": "5"},
    '{"编码":"P-1","生产日期":"2026/1/5","价格":12.50}': {"item_code": "P-1", "production": "2026-01-05", "price": "12.50"},
    '{"gtin":"4006381333932","sku":"P-1"}': {"item_code": "P-1", "error": "check_digit"},
    '{"sku":"P-1","expiry":"2026-02-30"}': {"item_code": "P-1", "error": "invalid_date"},
    '["a", 1]': {},
}  # fmt: skip


@pytest.mark.parametrize(("raw", "meant"), JSON.items())
def test_a_qr_code_with_json_fills_what_is_known_by_name(raw: str, meant: dict[str, str]) -> None:
    assert told(raw) == {**meant, "text": raw}


STORE = {
    ("no", checked("230214821086")): {"item_code": "021482", "net_weight_kg": "1.086"},
    ("se", checked("208806011234")): {"item_code": "880601", "price": "12.34", "currency": "SEK"},
    ("cn", checked("211234501234")): {"item_code": "12345", "price": "12.34", "currency": "CNY"},
    ("cn", checked("21123450123400567")): {
        "item_code": "12345", "price": "12.34", "net_weight_kg": "0.567", "currency": "CNY"},
    ("cn", checked("211234500000")): {"item_code": "12345", "error": "zero_measure"},
    ("no", checked("230214820000")): {"item_code": "021482", "error": "zero_measure"},
    ("no", "2302148210868"): {"error": "check_digit"},
    ("cn", checked("13456789012345678")): {"error": "payment_code"},
    ("", checked("13456789012345678")): {"sscc": checked("13456789012345678")},
    ("", "2302148210869"): {"gtin": "02302148210869"},
    ("de", "2302148210869"): {"item_code": "0214", "error": "price_check_digit"},
}  # fmt: skip


@pytest.mark.parametrize(("profile", "raw"), list(STORE))
def test_codes_of_scales_are_read_by_the_countrys_templates(profile: str, raw: str) -> None:
    assert told(raw, profile) == STORE[profile, raw]


@pytest.mark.parametrize("year", [1999, 2026, 2051, 2099])
def test_the_century_follows_the_year(year: int) -> None:
    shown = told(f"]C101{G}17{year % 100:02}0101", year=year)
    assert shown["expiry"] == f"{year}-01-01"
