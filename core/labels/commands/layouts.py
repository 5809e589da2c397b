"""Layouts made on this site."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update

from core.errors import NotFound, Refused
from core.i18n import _
from core.labels.rules.layouts import layout_from_json
from core.labels.steps.layouts import ready_layouts
from core.labels.steps.own_layouts import layout_changed, save_checked
from core.labels.types import Layout
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission
from db.labels import LabelLayout


@command(Permission.LABEL_DESIGN)
def save_layout(uow: UnitOfWork, *, layout: Layout, version: int | None = None) -> int:
    """Save a label layout.

    `version` is the one the designer saw, None for a new layout; answers the new version. A retired layout comes back.
    What it would be like on paper is the matter of `check_layout`: a layout may be saved unfinished. Raises InvalidInput
    for a code that is taken or belongs to a layout that came with the program, Conflict, NotFound.
    """
    return save_checked(uow, layout, version)


@command(Permission.LABEL_DESIGN)
def import_layout(uow: UnitOfWork, *, text: str, code: str = "") -> str:
    """Bring in a label layout.

    From a file's text; `code` saves it under another code. Answers its code. Raises InvalidInput with a sentence about
    what is wrong in the file; NeedsConfirmation when there is a layout of this code already.
    """
    layout = layout_from_json(text)
    if code:
        layout = replace(layout, code=code.strip())
    stored = uow.sql.execute(
        select(LabelLayout.version, LabelLayout.is_active).where(LabelLayout.code == layout.code)
    ).first()
    if stored is not None and stored.is_active:
        uow.confirm("replace_layout", _("There is a layout {code} already. Replace it?", code=layout.code))
    save_checked(uow, layout, None if stored is None else int(stored.version))
    return layout.code


@command(Permission.LABEL_DESIGN)
def retire_layout(uow: UnitOfWork, *, code: str, version: int) -> int:
    """Take a label layout out of use.

    What hangs already is still compared and can be printed again; nobody chooses it any more. Answers the new version.
    Raises Refused for a layout that came with the program, NotFound, Conflict.
    """
    stored = uow.sql.execute(select(LabelLayout.version).where(LabelLayout.code == code)).scalar()
    if stored is None:
        if code in ready_layouts():
            raise Refused(_("{code} came with the program and stays.", code=code))
        raise NotFound(_("There is no label layout {code}. Choose another one.", code=code[:40]), field="layout")
    if stored != version:
        raise layout_changed()
    uow.sql.execute(
        update(LabelLayout).where(LabelLayout.code == code).values(is_active=False, version=LabelLayout.version + 1)
    )
    return version + 1
