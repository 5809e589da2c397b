"""Which section a department or a place belongs to."""

from __future__ import annotations

from sqlalchemy import select

from core.costing.types.sections import Section, SectionKind
from core.i18n import Name
from core.uow import UnitOfWork
from db.enums import LocationKind
from db.stock import Location

NOBODY = Section("", SectionKind.NONE, Name(""))


class Sections:
    """The sections of the site: departments by the words on their issues, areas by their places. `sure` is the key of
    either; a department named like an area is that area."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._found: dict[str, Section] = {"": NOBODY}
        self._by_words: dict[str, str] = {}
        self._area_of: dict[int, str] = {}
        self._purposes: dict[str, str] = {"": ""}
        rows = uow.sql.execute(select(Location.id, Location.name, Location.name_en, Location.kind, Location.path)).all()
        areas = {row.id: row for row in rows if row.kind == LocationKind.AREA}
        for row in rows:
            above = [int(step) for step in row.path.strip("/").split("/") if step]
            nearest = next((step for step in reversed(above) if step in areas), 0)
            self._area_of[row.id] = f"a{nearest}" if nearest else ""
        for key, area in areas.items():
            self._found[f"a{key}"] = Section(f"a{key}", SectionKind.AREA, Name(area.name, area.name_en))
            for words in (area.name, area.name_en, f"{area.name} / {area.name_en}"):
                if words:
                    self._by_words.setdefault(words.casefold(), f"a{key}")

    def of_purpose(self, purpose: str) -> str:
        """The key of the department that goods were issued to."""
        key = self._purposes.get(purpose)
        if key is None:
            key = self._purposes[purpose] = self._department(purpose)
        return key

    def _department(self, purpose: str) -> str:
        words = purpose.strip()
        key = self._by_words.get(words.casefold())
        if key is None:
            key = f"d{words}" if words else ""
            self._found.setdefault(key, Section(key, SectionKind.DEPARTMENT, Name(words)))
        elif self._found[key].kind is SectionKind.AREA:
            area = self._found[key]
            self._found[key] = Section(key, SectionKind.BOTH, area.name)
        return key

    def of_location(self, location_id: int) -> str:
        """The key of the area that a place lies in; empty for a place in none."""
        return self._area_of.get(location_id, "")

    def section(self, key: str) -> Section:
        """The section with a key."""
        return self._found[key]

    def locations_in(self, key: str) -> list[int]:
        """The places of a section."""
        return [location_id for location_id, area in self._area_of.items() if area == key]
