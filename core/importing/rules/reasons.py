"""Reasons of waste as other programs and people call them."""

from __future__ import annotations

from collections.abc import Mapping

from core.importing.rules.cells import word_of

OTHER = "other"
LIKE: Mapping[str, tuple[str, ...]] = {
    "expired": ("expiry", "expiration", "out_of_date", "past_date", "best_before", "到期", "过保质期", "过期报损"),
    "spoiled": ("spoilage", "spoil", "rotten", "mould", "mold", "腐烂", "腐坏", "变质报损"),
    "over_prepped": (
        "over_prepared",
        "overprepared",
        "overproduction",
        "over_production",
        "overprep",
        "over_prep",
        "surplus",
        "备货过多",
    ),
    "cooking_error": ("cooking", "burnt", "burned", "kitchen_error", "preparation_error", "mistake", "制作错误"),
    "dropped": (
        "broken",
        "breakage",
        "damaged",
        "damage",
        "spilled",
        "spill",
        "dropped_broken",
        "打翻",
        "破损",
        "损坏",
    ),
    "dish_return": ("customer_return", "returned", "returned_dish", "退菜", "客退"),
    "quality_fail": ("quality", "bad_quality", "rejected", "defect", "defective", "质量不合格", "质量问题"),
    "staff_meal": ("staff", "staff_meals", "tasting", "sample", "sampling", "员工餐", "试菜", "试吃"),
    OTHER: (
        "trim",
        "trimming",
        "theft",
        "stolen",
        "lost",
        "loss",
        "missing",
        "unknown",
        "其它",
        "边角料",
        "被盗",
        "丢失",
    ),
}
_CODES = {name: code for code, names in LIKE.items() for name in names}


def reason_like(text: str, known: Mapping[str, str]) -> str | None:
    """The reason that another word for it means, when the site has it; None when the word means none."""
    return known.get(_CODES.get(word_of(text), ""))
