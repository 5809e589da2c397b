"""Derives the sourced columns and files of the sample site: `python resources/sample/make_sample.py FOLDER`.

FOLDER holds `products-openfoodfacts/products.csv`, `recipes-chinese/recipe_ingredients.csv` and
`restaurant-yaz/yaz_daily.csv`. Written here: the columns `source_name` and `source_origin` of `products.csv` (every barcode
must stand in the source, with a right check digit), `recipes.csv` (in which dishes the ingredients of `items.csv` are used)
and `demand.csv` (how far each day lay off the usual one of its weekday). README.md names sources and licences.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
DAYS = 224
LEAST, MOST = 0.55, 1.6
GROUPS = {
    "total": ("calamari", "fish", "shrimp", "chicken", "koefte", "lamb", "steak"),
    "seafood": ("calamari", "fish", "shrimp"),
    "poultry": ("chicken",),
    "beef": ("lamb", "steak"),
    "pork": ("koefte",),
}
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Rows as a CSV file with the columns of the first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def has_right_check_digit(code: str) -> bool:
    """GS1: weights 3 and 1 from the right, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(code[:-1])))
    return code[-1] == str(-total % 10)


def refresh_products(folder: Path) -> None:
    """The source's own words for each barcode of the shop. Ends when one is unknown or wrong."""
    known = {row["barcode"]: row for row in read(folder / "products-openfoodfacts" / "products.csv")}
    rows = read(HERE / "products.csv")
    wrong = [row["barcode"] for row in rows if row["barcode"] not in known or not has_right_check_digit(row["barcode"])]
    if wrong:
        sys.exit("not in the source, or with a wrong check digit: " + " ".join(wrong))
    for row in rows:
        row["source_name"] = known[row["barcode"]]["name"]
        row["source_origin"] = known[row["barcode"]]["origin"]
    write(HERE / "products.csv", rows)


def refresh_recipes(folder: Path) -> None:
    """How many of the recipes use each ingredient, and the first few of them."""
    dishes: dict[str, list[str]] = defaultdict(list)
    for row in read(folder / "recipes-chinese" / "recipe_ingredients.csv"):
        if row["dish"] not in dishes[row["ingredient"].strip()]:
            dishes[row["ingredient"].strip()].append(row["dish"])
    rows = []
    for item in read(HERE / "items.csv"):
        words = [word for word in item["recipe_words"].split("|") if word]
        found = list(dict.fromkeys(dish for word in words for dish in dishes[word]))
        if found:
            rows.append(
                {"code": item["code"], "dishes": str(len(found)), "examples": "、".join(sorted(found, key=len)[:4])}
            )
    write(HERE / "recipes.csv", rows)


def refresh_demand(folder: Path) -> None:
    """Each open day as a ratio to the mean of its weekday, whole weeks from a Monday on."""
    days = [row for row in read(folder / "restaurant-yaz" / "yaz_daily.csv") if row["is_closed"] == "0"]
    start = next(number for number, row in enumerate(days) if row["weekday"] == "MON")
    columns = {}
    for group, dishes in GROUPS.items():
        sold = [sum(float(row[dish]) for dish in dishes) for row in days]
        means = {
            weekday: statistics.mean(qty for qty, row in zip(sold, days, strict=True) if row["weekday"] == weekday)
            for weekday in WEEKDAYS
        }
        columns[group] = [
            min(max(qty / means[row["weekday"]], LEAST), MOST) for qty, row in zip(sold, days, strict=True)
        ]
    rows = [
        {"weekday": days[number]["weekday"], **{group: f"{ratios[number]:.2f}" for group, ratios in columns.items()}}
        for number in range(start, start + DAYS)
    ]
    write(HERE / "demand.csv", rows)


def main() -> None:
    """Derive everything from the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Derives the sourced files of the sample site.")
    parser.add_argument("folder", type=Path, help="folder with the three sources")
    folder = parser.parse_args().folder
    refresh_products(folder)
    refresh_recipes(folder)
    refresh_demand(folder)


if __name__ == "__main__":
    main()
