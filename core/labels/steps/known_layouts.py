"""The layouts a site can print: those that came with the program, and its own, which stand before them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from core.errors import NotFound
from core.i18n import Name, _
from core.labels.rules.layouts import layout_from_json, layout_to_json
from core.labels.steps.layouts import ready_layouts
from core.labels.types import Layout
from core.uow import UnitOfWork
from db.labels import LabelLayout


class Layouts:
    """Layouts by code, each read once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._known: dict[str, Layout | None] = {}

    def find(self, code: str) -> Layout | None:
        """A layout; None when there is none with this code. A retired one is still found, for what hangs already."""
        if code not in self._known:
            row = self._uow.sql.execute(select(LabelLayout.definition).where(LabelLayout.code == code)).first()
            self._known[code] = layout_of(row[0]) if row is not None else ready_layouts().get(code)
        return self._known[code]

    def get(self, code: str) -> Layout:
        """The same. Raises NotFound."""
        found = self.find(code.strip())
        if found is None:
            raise NotFound(_("There is no label layout {code}. Choose another one.", code=code[:40]), field="layout")
        return found

    def names(self, codes: Iterable[str]) -> dict[str, Name]:
        """Names of layouts; an unknown code stands for itself."""
        found = {code: self.find(code) for code in set(codes)}
        return {code: Name(one.name, one.name_en) if one else Name(code) for code, one in found.items()}


def layout_of(definition: Any) -> Layout:
    """A layout as it is kept."""
    return layout_from_json(json.dumps(definition, ensure_ascii=False))


def definition_of(layout: Layout) -> Any:
    """The opposite."""
    return json.loads(layout_to_json(layout))
