"""Units of electronic documents (UN/ECE Recommendations 20 and 21) and ours.

Recommendation 21 names packages; in electronic invoices its codes stand behind an X. `C62` is one of anything. What
has no unit of ours is left open, so that a person or the supplier's terms say what it is.
"""

from __future__ import annotations

# A unit of ours and how many of it one unit of the code is.
_MASS = {"KGM": "kg", "GRM": "g", "TNE": "t"}
_VOLUME = {"LTR": "L", "MLT": "ml"}
_LENGTH = {"MTR": "m", "CMT": "cm"}
_PIECES = {"C62": "each", "EA": "each", "H87": "each", "PCE": "each", "NAR": "each", "XPP": "each", "ZZ": "", "PR": ""}
_PACKAGES = {
    "XBX": "box", "XCT": "case", "XCS": "case", "XCR": "case", "XBC": "case", "CS": "case", "CT": "case", "BX": "box",
    "XBG": "bag", "XSA": "bag", "XPO": "bag", "BG": "bag", "XPK": "pack", "XPA": "pack", "PK": "pack", "PA": "pack",
    "XBO": "bottle", "XBQ": "bottle", "XBS": "bottle", "BO": "bottle", "XCA": "can", "XCX": "can", "XTN": "can",
    "CA": "can", "XPU": "tray", "XDS": "tray", "XBH": "把", "XRO": "卷", "RO": "卷",
    "XTB": "桶", "XBJ": "桶", "XJC": "桶", "XCU": "杯", "SET": "套", "XSX": "套", "PTN": "portion",
}  # fmt: skip
OURS = {**_MASS, **_VOLUME, **_LENGTH, **{code: unit for code, unit in _PIECES.items() if unit}, **_PACKAGES}
_CODES = {
    "kg": "KGM", "g": "GRM", "t": "TNE", "L": "LTR", "ml": "MLT", "m": "MTR", "cm": "CMT", "个": "C62", "只": "C62",
    "件": "C62", "each": "C62", "pcs": "C62", "份": "PTN", "portion": "PTN", "瓶": "XBO", "bottle": "XBO",
    "听": "XCA", "can": "XCA", "盒": "XBX", "box": "XBX", "袋": "XBG", "bag": "XBG", "包": "XPK", "pack": "XPK",
    "箱": "XCS", "case": "XCS", "桶": "XTB", "盘": "XPU", "tray": "XPU", "把": "XBH", "卷": "XRO", "套": "SET",
    "杯": "XCU",
}  # fmt: skip


def unit_of(code: str) -> str:
    """Our unit for a UN/ECE code, empty when there is none. Source: UN/ECE Recommendation 20 and 21."""
    return OURS.get(code.strip().upper(), "")


def code_of(unit: str) -> str:
    """The UN/ECE code for a unit of ours; a unit of one's own making is C62, one of anything."""
    return _CODES.get(unit, "C62")
