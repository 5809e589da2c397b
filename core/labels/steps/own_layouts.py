"""Saving a layout made on this site."""

from __future__ import annotations

import re

from sqlalchemy import insert, select, update

from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import _
from core.labels.rules.layouts import layout_from_json, layout_to_json
from core.labels.steps.contents import subjects
from core.labels.steps.known_layouts import definition_of
from core.labels.steps.layouts import ready_layouts
from core.labels.types import Layout
from core.uow import UnitOfWork
from db.labels import LabelLayout

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


def save_checked(uow: UnitOfWork, layout: Layout, version: int | None) -> int:
    """Save a layout and answer its version. Raises InvalidInput, Conflict, NotFound."""
    checked = layout_from_json(layout_to_json(layout))
    _check_head(checked)
    stored = uow.sql.execute(
        select(LabelLayout.id, LabelLayout.version, LabelLayout.is_active).where(LabelLayout.code == checked.code)
    ).first()
    values = {
        "name": checked.name,
        "name_en": checked.name_en,
        "subject": checked.subject,
        "definition": definition_of(checked),
        "is_active": True,
        "saved_at": uow.now,
        "saved_by": uow.actor.person_id,
    }
    if stored is None:
        if version is not None:
            raise NotFound(_("There is no label layout {code}. Choose another one.", code=checked.code), field="layout")
        uow.sql.execute(insert(LabelLayout).values(code=checked.code, version=1, **values))
        return 1
    if version is None and stored.is_active:
        raise InvalidInput(_("There is a layout {code} already.", code=checked.code), field="code")
    if version is not None and version != stored.version:
        raise layout_changed()
    fresh = int(stored.version) + 1
    uow.sql.execute(update(LabelLayout).where(LabelLayout.id == stored.id).values(version=fresh, **values))
    return fresh


def _check_head(layout: Layout) -> None:
    if not CODE.fullmatch(layout.code):
        raise InvalidInput(_("A layout's code has 1 to 40 letters, digits, dots and dashes."), field="code")
    if layout.code in ready_layouts():
        raise InvalidInput(
            _("{code} came with the program. Save your layout under another code.", code=layout.code), field="code"
        )
    if len(layout.name) > 120 or len(layout.name_en) > 120:
        raise InvalidInput(_("At most {most} characters fit here.", most=120), field="name")
    if layout.subject not in subjects():
        raise InvalidInput(
            _("Nobody knows labels for “{subject}”. There are: {known}.",
              subject=layout.subject[:30], known=", ".join(subjects())),
            field="subject",
        )  # fmt: skip


def layout_changed() -> Conflict:
    """Two people worked on one layout."""
    return Conflict(
        _("Somebody else changed this layout meanwhile. Load it again, or save yours under another code."),
        base={},
        mine={},
        theirs={},
    )
