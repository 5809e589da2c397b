"""Search over 100,000 items, on SQLite and PostgreSQL, any way of typing; scans, the big list, duplicates."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from core import catalog
from core.catalog import ItemFilter, NewBarcode, NewItem, PackUnit, check_digit
from core.identity import NewSite
from core.office import Office
from core.sites import create_site
from db.enums import CostMethod
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import FOLDER, bring_up_to_date, make_bench_items
from tests.helpers.postgres import PostgresServer

ITEMS = 100_000
GOAL = 50.0
PART = 20_000
FIRST = [
    "红烧",
    "清蒸",
    "特级",
    "一级",
    "散装",
    "精选",
    "冷冻",
    "有机",
    "国产",
    "进口",
    "五香",
    "麻辣",
    "原味",
    "不锈钢",
    "重庆",
    "海天",
    "老坛",
    "新鲜",
    "前轮",
    "后轮",
]
MIDDLE = [
    "番茄",
    "制动",
    "法兰",
    "牛肉",
    "鸡翅",
    "豆腐",
    "辣椒",
    "生抽",
    "老抽",
    "火锅底",
    "橙",
    "花生",
    "大米",
    "面条",
    "香菇",
    "螺栓",
    "机油",
    "青菜",
    "三文鱼",
    "玉米",
]
LAST = [
    "片",
    "块",
    "丝",
    "条",
    "粉",
    "酱",
    "罐头",
    "汁",
    "油",
    "盘",
    "垫",
    "套装",
    "礼盒",
    "汤",
    "干",
    "串",
    "馅",
    "饼",
    "圈",
    "膏",
]
ENGLISH = [
    "Braised",
    "Steamed",
    "Premium",
    "Loose",
    "Frozen",
    "Organic",
    "Imported",
    "Spicy",
    "Steel",
    "Front",
    "Rear",
    "Tomato",
    "Brake",
    "Flange",
    "Beef",
]
KINDS = [
    "Slices",
    "Sauce",
    "Powder",
    "Juice",
    "Oil",
    "Disc",
    "Pad",
    "Set",
    "Gift",
    "Soup",
    "Filling",
    "Cake",
    "Ring",
    "Paste",
    "Noodles",
]
TYPED = {
    "initials": "zdp", "two characters": "番茄", "one character": "片", "one letter": "a", "two letters": "an",
    "full pinyin": "fanqie", "parts of a name, any order": "盘 法兰", "English words": "sauce tomato",
    "beginning of a code": "P0421", "a code": "P042137", "last digits of a barcode": "42137", "no such word": "没有这个",
    "no such letters": "xyzxyz", "full width": "ｔｏｍａｔｏ",
}  # fmt: skip


def bench_items() -> list[NewItem]:
    """100,000 items with names in both languages, a barcode and a pack unit each; the same every time."""
    chance = random.Random(7)
    found = []
    for number in range(ITEMS):
        name = chance.choice(FIRST) + chance.choice(MIDDLE) + chance.choice(LAST) + f" {chance.randrange(1, 40) * 50}g"
        english = f"{chance.choice(ENGLISH)} {chance.choice(ENGLISH)} {chance.choice(KINDS)}"
        digits = f"69{number:010d}"
        codes = (NewBarcode(digits + check_digit(digits)),)
        packs = (PackUnit("case", Decimal(12)),)
        found.append(NewItem(name, "each", f"P{number:06d}", english, barcodes=codes, pack_units=packs))
    return found


def _fill(site: str) -> None:
    create_site(site, NewSite("Bench", "CNY", "Asia/Shanghai", "zh", CostMethod.FIFO, "Admin", "bench-bench"))
    items = bench_items()
    with Office.open(site, station="bench") as office:
        office.sign_in_as_system()
        for first in range(0, ITEMS, PART):
            office.do(make_bench_items, items=tuple(items[first : first + PART]))


def _sqlite() -> str:
    path = FOLDER / "search.db"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        for leftover in FOLDER.glob(f"{fresh.name}*"):
            leftover.unlink()
        _fill(str(fresh))
        fresh.replace(path)
    bring_up_to_date(path)
    return str(path)


@contextmanager
def _opened(site: str) -> Iterator[Office]:
    with Office.open(site, station="bench") as office:
        office.sign_in_as_system()
        yield office


def _figures(site: str, database: str) -> list[Figure]:
    with _opened(site) as office:
        found = []
        for what, text in TYPED.items():
            hits = office.ask(catalog.count_items, filters=ItemFilter(text=text))
            taken = milliseconds(lambda text=text: office.ask(catalog.search_items, text=text), 7)  # type: ignore[misc]
            found.append(Figure(f"search, {what} ({database})", taken, goal=GOAL, note=f"{text}: {hits} items"))
        ids = office.ask(catalog.list_item_ids, filters=ItemFilter())
        code = office.ask(catalog.list_items_page, ids=ids[500:501])[0].barcode
        found += [
            Figure(
                f"a scan ({database})",
                milliseconds(lambda: office.ask(catalog.find_by_barcode, code=code), 20),
                goal=100,
            ),
            Figure(
                f"ids of the whole list ({database})",
                milliseconds(lambda: office.ask(catalog.list_item_ids, filters=ItemFilter())),
                goal=300,
            ),
            Figure(
                f"a page of 200 items ({database})",
                milliseconds(lambda: office.ask(catalog.list_items_page, ids=ids[5000:5200])),
            ),
            Figure(f"duplicates among all ({database})", milliseconds(lambda: office.ask(catalog.list_duplicates), 1)),
            Figure(f"what is missing ({database})", milliseconds(lambda: office.ask(catalog.list_gaps), 1)),
        ]
        return found


def run() -> list[Figure]:
    """Each way of typing, the shortest of seven runs."""
    found = _figures(_sqlite(), "SQLite")
    server = PostgresServer()
    try:
        _fill(server.url())
        found += _figures(server.url(), "PostgreSQL")
    finally:
        server.close()
    return found
