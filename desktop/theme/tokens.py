"""The tokens of a theme: colours with their contrast, and sizes on a grid of 4 and 8 pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What a colour says. Never shown by colour alone."""

    PLAIN = "plain"
    ACCENT = "accent"
    DANGER = "danger"
    SOON = "soon"
    WATCH = "watch"
    GOOD = "good"


MEANING_ICONS: dict[Meaning, str] = {
    Meaning.PLAIN: "info",
    Meaning.ACCENT: "info",
    Meaning.DANGER: "error",
    Meaning.SOON: "warning",
    Meaning.WATCH: "clock",
    Meaning.GOOD: "check",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. Colours are `#rrggbb`; the pairs that carry words reach 4.5 : 1 and edges of fields 3 : 1 (WCAG AA)."""

    name: str
    window: str
    surface: str
    sunken: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_press: str
    accent_soft: str
    on_accent: str
    selection: str
    hover: str
    danger: str
    danger_soft: str
    soon: str
    soon_soft: str
    watch: str
    watch_soft: str
    good: str
    good_soft: str
    shadow: str

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def ink(self, meaning: Meaning) -> str:
        """The colour of words and icons with this meaning."""
        return str(
            {Meaning.PLAIN: self.muted, Meaning.ACCENT: self.accent}.get(meaning) or getattr(self, meaning.value)
        )

    def wash(self, meaning: Meaning) -> str:
        """The background behind `ink(meaning)`."""
        return str(
            {Meaning.PLAIN: self.sunken, Meaning.ACCENT: self.accent_soft}.get(meaning)
            or getattr(self, f"{meaning.value}_soft")
        )


LIGHT = Theme(
    name="light",
    window="#f3f6f7",
    surface="#ffffff",
    sunken="#e9eef0",
    raised="#ffffff",
    line="#d7dfe2",
    edge="#7d8b91",
    text="#17232a",
    muted="#50606a",
    faint="#8a979d",
    accent="#0b6e69",
    accent_hover="#085a56",
    accent_press="#064844",
    accent_soft="#dcefed",
    on_accent="#ffffff",
    selection="#cfe8e5",
    hover="#edf3f4",
    danger="#b3261e",
    danger_soft="#fbe4e2",
    soon="#9a4600",
    soon_soft="#fde9d8",
    watch="#735600",
    watch_soft="#fff2c2",
    good="#17693a",
    good_soft="#dcf2e3",
    shadow="#17232a",
)

DARK = Theme(
    name="dark",
    window="#12181a",
    surface="#1a2124",
    sunken="#0e1315",
    raised="#232c30",
    line="#323d42",
    edge="#76868d",
    text="#e4ebed",
    muted="#a7b4b9",
    faint="#6c797f",
    accent="#56c8bf",
    accent_hover="#74d6ce",
    accent_press="#92e2db",
    accent_soft="#15393a",
    on_accent="#04211f",
    selection="#1d4a4a",
    hover="#222b2f",
    danger="#ff8f86",
    danger_soft="#472422",
    soon="#ffb571",
    soon_soft="#43301d",
    watch="#efd15f",
    watch_soft="#3a3417",
    good="#82d89f",
    good_soft="#1b3a28",
    shadow="#000000",
)

GRID = 4
ROW_HEIGHT = 32
FIELD_HEIGHT = 32
TOUCH_HEIGHT = 56
RADIUS = 4
TEXT_PX = 14
SMALL_PX = 12
LARGE_PX = 16
TITLE_PX = 20
FIGURE_PX = 28


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21. Source: WCAG 2.1, "relative luminance" and "contrast ratio"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
