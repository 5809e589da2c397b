"""What is written on one label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.i18n import Text


@dataclass(frozen=True, slots=True)
class LabelContent:
    """The words of one label by field. `subject` and `id` say what it is about, `code` how people call it."""

    subject: str
    id: int
    code: str
    fields: Mapping[str, str]
    language: str = "zh"
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def with_fields(self, **more: str) -> LabelContent:
        """The same label with more fields, or other words in them."""
        return replace(self, fields={**self.fields, **more})


@dataclass(frozen=True, slots=True)
class Field:
    """A field a layout may bind: its name in braces, what people call it, and a sample of it in both languages."""

    name: str
    words: Text
    sample: str
    sample_en: str = ""

    def example(self, language: str) -> str:
        """The sample in a language."""
        return (self.sample_en or self.sample) if language == "en" else self.sample


@dataclass(frozen=True, slots=True)
class Life:
    """When goods were made or opened and how long they keep. `days` and `hours` add up; with `is_day_one` the day of
    making is day 1 (made on the 15th, seven days: the 21st). Without them the item's own shelf life counts."""

    made_at: datetime | None = None
    opened_at: datetime | None = None
    days: int | None = None
    hours: int = 0
    is_day_one: bool = False
    who: str = ""
    batch: str = ""
