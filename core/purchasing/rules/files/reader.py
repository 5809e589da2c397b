"""UBL documents read by path: what is missing or cannot be read is collected, with its path, and told all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from core.errors import CoreError, InvalidInput, Rejected
from core.i18n import Text, _, _n, join
from core.purchasing.rules.files.safe_xml import local_name

COMMON = "urn:oasis:names:specification:ubl:schema:xsd:Common{}Components-2"
_SPACES = {"cbc": "{" + COMMON.format("Basic") + "}", "cac": "{" + COMMON.format("Aggregate") + "}"}
_DECIMAL = re.compile(r"[+-]?(\d{1,13}(\.\d{0,10})?|\.\d{1,10})", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
LONGEST_TEXT = 4000
MOST_TOLD = 30


@dataclass(slots=True)
class Faults:
    """What a document lacks. `raise_if_any` tells it: one sentence, or several under a heading."""

    found: list[CoreError] = field(default_factory=list)

    def add(self, text: Text) -> None:
        """Note one; after thirty the rest is not told."""
        if len(self.found) < MOST_TOLD:
            self.found.append(InvalidInput(text))

    def raise_if_any(self) -> None:
        """Raises InvalidInput or Rejected when anything was noted."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            head = _n(
                "{n} place of the file cannot be read: {first}",
                "{n} places of the file cannot be read: {first}",
                len(self.found),
                first=join([one.text for one in self.found[:3]], " "),
            )
            raise Rejected(head, tuple(self.found))


@dataclass(frozen=True, slots=True)
class Place:
    """An element of the document and the path that leads to it. Paths are written cac:Party/cbc:Name."""

    element: ET.Element
    path: str
    faults: Faults

    def all(self, path: str) -> Iterator[Place]:
        """Every element at the end of the path."""
        found = self.element.findall(_full(path))
        for number, element in enumerate(found, start=1):
            suffix = f"[{number}]" if len(found) > 1 else ""
            yield Place(element, f"{self.path}/{_short(path)}{suffix}", self.faults)

    def first(self, path: str) -> Place | None:
        """The first element at the end of the path."""
        return next(self.all(path), None)

    def need_place(self, path: str) -> Place:
        """The same; when there is none it is noted, and an empty place stands for it."""
        found = self.first(path)
        if found is None:
            self._lacks(path)
            return Place(ET.Element("missing"), f"{self.path}/{_short(path)}", Faults())
        return found

    def said(self) -> str:
        """What stands in the element itself, blanks at both ends cut."""
        return (self.element.text or "").strip()[:LONGEST_TEXT]

    def text(self, *paths: str) -> str:
        """The first of these paths that says something; empty when none does."""
        return next((said for path in paths for place in self.all(path) if (said := place.said())), "")

    def need(self, *paths: str) -> str:
        """The same; noted when none says anything."""
        said = self.text(*paths)
        if not said:
            self._lacks(paths[0])
        return said

    def attribute(self, name: str) -> str:
        """An attribute of the element itself, or empty."""
        return self.element.get(name, "").strip()[:100]

    def name(self) -> str:
        """The element's own name without namespace."""
        return local_name(self.element)

    def number(self, path: str) -> Decimal | None:
        """A number, None when the path is empty; what is no number is noted."""
        place = self.first(path)
        return None if place is None or not place.said() else place.own_number()

    def need_number(self, path: str) -> Decimal:
        """The same; noted when missing, and zero stands for it."""
        found = self.number(path)
        place = self.first(path)
        if found is None and (place is None or not place.said()):
            self._lacks(path)
        return found or Decimal(0)

    def own_number(self) -> Decimal | None:
        """The element's own text as an exact number; noted when it is none."""
        said = self.said()
        if _DECIMAL.fullmatch(said):
            return Decimal(said)
        self.faults.add(_("{path} says “{said}”, which is no number.", path=self.path, said=said[:30]))
        return None

    def day(self, path: str) -> date | None:
        """A date, None when the path is empty; what is no date is noted."""
        place = self.first(path)
        if place is None or not place.said():
            return None
        found = _DATE.fullmatch(place.said())
        try:
            return date.fromisoformat(found[1] if found else "")
        except ValueError:
            self.faults.add(
                _(
                    "{path} says “{said}”, which is no date. It should look like 2026-03-31.",
                    path=place.path,
                    said=place.said()[:30],
                )
            )
            return None

    def need_day(self, path: str) -> date:
        """The same; noted when missing, and the first of all days stands for it."""
        place = self.first(path)
        if place is None or not place.said():
            self._lacks(path)
        return self.day(path) or date.min

    def _lacks(self, path: str) -> None:
        self.faults.add(_("{path} is missing.", path=f"{self.path}/{_short(path)}"))


def _full(path: str) -> str:
    parts = (part.partition(":") for part in path.split("/"))
    return "/".join(_SPACES[prefix] + name for prefix, _colon, name in parts)


def _short(path: str) -> str:
    return path.replace("cbc:", "").replace("cac:", "")
