"""Building blocks: the units every site starts with."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Connection, insert

from db.catalog import Unit

UNITS: tuple[tuple[str, str, str, str, str], ...] = (
    ("kg", "千克", "kilogram", "mass", "1000"),
    ("g", "克", "gram", "mass", "1"),
    ("斤", "斤", "jin (500 g)", "mass", "500"),
    ("两", "两", "liang (50 g)", "mass", "50"),
    ("t", "吨", "tonne", "mass", "1000000"),
    ("L", "升", "litre", "volume", "1000"),
    ("ml", "毫升", "millilitre", "volume", "1"),
    ("m", "米", "metre", "length", "1"),
    ("cm", "厘米", "centimetre", "length", "0.01"),
    ("个", "个", "piece", "", "1"),
    ("只", "只", "piece", "", "1"),
    ("件", "件", "piece", "", "1"),
    ("each", "个", "each", "", "1"),
    ("pcs", "个", "piece", "", "1"),
    ("份", "份", "portion", "", "1"),
    ("portion", "份", "portion", "", "1"),
    ("瓶", "瓶", "bottle", "", "1"),
    ("bottle", "瓶", "bottle", "", "1"),
    ("听", "听", "can", "", "1"),
    ("can", "听", "can", "", "1"),
    ("盒", "盒", "box", "", "1"),
    ("box", "盒", "box", "", "1"),
    ("袋", "袋", "bag", "", "1"),
    ("bag", "袋", "bag", "", "1"),
    ("包", "包", "pack", "", "1"),
    ("pack", "包", "pack", "", "1"),
    ("箱", "箱", "case", "", "1"),
    ("case", "箱", "case", "", "1"),
    ("桶", "桶", "tub", "", "1"),
    ("盘", "盘", "tray", "", "1"),
    ("tray", "盘", "tray", "", "1"),
    ("把", "把", "bunch", "", "1"),
    ("条", "条", "strip", "", "1"),
    ("支", "支", "stick", "", "1"),
    ("杯", "杯", "cup", "", "1"),
    ("卷", "卷", "roll", "", "1"),
    ("套", "套", "set", "", "1"),
)


def seed_catalog(sql: Connection) -> None:
    """The units every site starts with."""
    sql.execute(
        insert(Unit),
        [
            {"code": code, "name": name, "name_en": name_en, "dimension": dimension, "factor": Decimal(factor)}
            for code, name, name_en, dimension, factor in UNITS
        ],
    )
