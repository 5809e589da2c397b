"""The forms of places: a new one, a change, locked with a reason, moved, retired."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from core import stock
from core.i18n import Text, _
from core.words import LocationKind, StorageKind, word
from desktop.context import AppContext
from desktop.stock.lists.known import Known
from desktop.widgets import CheckEdit, Choice, CodeEdit, Form, FormPanel, Label, NoteEdit, QtyEdit, TextEdit, Words

KINDS = (LocationKind.AREA, LocationKind.BIN, LocationKind.SITE)
FIELDS = ("code", "name", "name_en", "storage_kind", "walk_order", "distance", "allow_negative")


class PlaceForms:
    """Makes the panels; the page shows them."""

    def __init__(self, context: AppContext, known: Known, owner: QWidget) -> None:
        self._context, self._known, self._owner = context, known, owner

    def make(self, kind: str, row: stock.LocationRow | None) -> FormPanel:
        """The form of a kind; `row` is the place it is about, for add the one it shall lie in."""
        if kind == "add" or row is None:
            return self._add(row)
        makers: dict[str, Callable[[stock.LocationRow], FormPanel]] = {
            "edit": self._edit, "lock": self._lock, "unlock": self._unlock, "move": self._move,
            "retire": lambda one: self._set_active(one, is_active=False),
            "restore": lambda one: self._set_active(one, is_active=True),
        }  # fmt: skip
        return makers[kind](row)

    # --- new

    def _add(self, parent: stock.LocationRow | None) -> FormPanel:
        form = Form()
        form.add("parent", _("Lies in"), Choice(options=self._codes()), required=True)
        form.add("kind", _("Kind"), Choice(options=[(kind, word(kind)) for kind in KINDS]), required=True)
        self._add_fields(form)
        form.set_values({"parent": parent.code if parent else self._first_code(), "kind": LocationKind.BIN})

        def send(values: dict[str, Any]) -> None:
            facts = _clean(values)
            storage = facts.pop("storage_kind")
            new = stock.NewLocation(storage_kind=StorageKind(storage) if storage else None, **facts)
            done = _("{name} was added.", name=new.name)
            self._do(panel, stock.create_location, done, new=new)

        panel = FormPanel(_("Add place"), form, send, verb=_("Add"))
        return panel

    def _add_fields(self, form: Form) -> None:
        form.add(
            "code", _("Code"), CodeEdit(most=40), required=True, hint=_("As it stands on the shelf; it is scanned.")
        )
        form.add("name", _("Name"), TextEdit(most=120), required=True)
        form.add("name_en", _("English name"), TextEdit(most=120))
        storage = [(str(kind), word(kind)) for kind in StorageKind]
        form.add("storage_kind", _("Storage"), Choice(options=storage, empty=_("not said")))
        form.editor("storage_kind").set_value(None)
        form.add(
            "walk_order", _("Walking order"), QtyEdit(), hint=_("Lists and counts follow it, small numbers first.")
        )
        form.add("distance", _("Distance"), QtyEdit(), hint=_("Steps from the kitchen; near places supply first."))
        form.add("allow_negative", _("Negative stock"), CheckEdit(_("Goods may leave before they are received")))

    # --- change

    def _edit(self, row: stock.LocationRow) -> FormPanel:
        form = Form()
        self._add_fields(form)
        seen = {"row": row}
        form.set_values(_values(row))

        def send(values: dict[str, Any]) -> None:
            base = _stored(seen["row"])
            changes = {key: value for key, value in _clean(values).items() if value != base[key]}
            self._update(panel, seen["row"], changes, base, _("Saved."))

        def settle(taken: Mapping[str, Any]) -> None:
            """The place is read anew; what this person typed goes on top of it, except where the other's value stands."""
            base = _stored(seen["row"])
            mine = {key for key, value in _clean(form.read() or {}).items() if value != base[key]} - taken.keys()

            def then(rows: list[stock.LocationRow]) -> None:
                seen["row"] = next(one for one in rows if one.location_id == row.location_id)
                for key, value in _values(seen["row"]).items():
                    if key not in mine:
                        form.editor(key).set_value(value)
                panel.save()

            self._context.ops.ask(panel, stock.list_locations, with_retired=True, then=then)

        panel = FormPanel(_("Edit {name}", name=self._known.title(row)), form, send)
        panel.settled.connect(settle)
        return panel

    def _lock(self, row: stock.LocationRow) -> FormPanel:
        form = Form()
        form.add("lock_note", _("Why is it locked?"), NoteEdit(lines=3, most=200), required=True)

        def send(values: dict[str, Any]) -> None:
            changes = {"is_locked": True, "lock_note": values["lock_note"] or ""}
            self._update(panel, row, changes, _locks(row), _("{name} is locked.", name=self._known.title(row)))

        subtitle = _("Nothing can be moved in or out until it is unlocked.")
        panel = FormPanel(_("Lock {name}", name=self._known.title(row)), form, send, verb=_("Lock"), subtitle=subtitle)
        return panel

    def _unlock(self, row: stock.LocationRow) -> FormPanel:
        def send(_values: dict[str, Any]) -> None:
            changes = {"is_locked": False, "lock_note": ""}
            self._update(panel, row, changes, _locks(row), _("{name} is unlocked.", name=self._known.title(row)))

        panel = self._question(_("Unlock {name}", name=self._known.title(row)), row.lock_note, _("Unlock"), send)
        return panel

    def _move(self, row: stock.LocationRow) -> FormPanel:
        form = Form()
        below = [one.code for one in self._known.places if f"/{row.location_id}/" in one.path]
        options = [(code, words) for code, words in self._codes() if code not in below]
        form.add("parent", _("Lies in"), Choice(options=options), required=True)
        parent = self._known.place(row.parent_id)
        form.set_values({"parent": parent.code if parent else None})

        def send(values: dict[str, Any]) -> None:
            target = next(one for one in self._known.places if one.code == values["parent"])
            done = _("{name} now lies in {parent}.", name=self._known.title(row), parent=self._known.title(target))
            args = {"location_id": row.location_id, "parent_id": target.location_id}
            self._do(panel, stock.move_location, done, **args)

        subtitle = _("All that lies in it goes along; no stock is posted.")
        panel = FormPanel(_("Move {name}", name=self._known.title(row)), form, send, verb=_("Move"), subtitle=subtitle)
        return panel

    def _set_active(self, row: stock.LocationRow, *, is_active: bool) -> FormPanel:
        name = self._known.title(row)

        def send(_values: dict[str, Any]) -> None:
            done = _("{name} is in use again.", name=name) if is_active else _("{name} is retired.", name=name)
            self._update(panel, row, {"is_active": is_active}, {"is_active": row.is_active}, done)

        if is_active:
            panel = self._question(_("Use {name} again", name=name), "", _("Use again"), send)
        else:
            words = _("It is no longer offered; its history stays. It must be empty.")
            panel = self._question(_("Retire {name}", name=name), words, _("Retire"), send)
        return panel

    # --- inside

    @staticmethod
    def _question(title: Text, words: Words, verb: Text, send: Callable[[dict[str, Any]], object]) -> FormPanel:
        form = Form()
        form.add_widget(Label(words, "muted", wrap=True))
        return FormPanel(title, form, send, verb=verb)

    def _codes(self) -> list[tuple[str, Words]]:
        rows = {row.location_id: row for row in self._known.places}
        return [(rows[place_id].code, words) for place_id, words in self._known.place_options()]

    def _first_code(self) -> str:
        return next((row.code for row in self._known.places if row.parent_id is None), "")

    def _update(
        self, panel: FormPanel, row: stock.LocationRow, changes: Mapping[str, Any], base: Mapping[str, Any], done: Text
    ) -> None:
        args = {"location_id": row.location_id, "version": row.version, "changes": dict(changes), "base": dict(base)}
        self._do(panel, stock.update_location, done, **args)

    def _do(self, panel: FormPanel, command: Callable[..., Any], done: Text, **args: Any) -> None:
        """Send the command; only making a place answers with an id of its own."""

        def then(answer: object) -> None:
            self._context.shell.say(done)
            panel.done(args.get("location_id", answer))

        self._context.ops.do(panel, command, then=then, **args)


def _stored(row: stock.LocationRow) -> dict[str, Any]:
    return {key: getattr(row, key) for key in FIELDS}


def _values(row: stock.LocationRow) -> dict[str, Any]:
    """The fields as editors take them."""
    return {**_stored(row), "storage_kind": row.storage_kind or None}


def _locks(row: stock.LocationRow) -> dict[str, Any]:
    return {"is_locked": row.is_locked, "lock_note": row.lock_note}


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as it is stored: empty words instead of nothing, whole numbers."""
    numbers = {key: int(values[key] or Decimal(0)) for key in ("walk_order", "distance")}
    words = {key: values[key] or "" for key in ("code", "name", "name_en", "storage_kind")}
    return {**values, **words, **numbers}
