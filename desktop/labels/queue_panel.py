"""One label of the queue beside the list: how it will look, why it is due, how many."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal

from core import labels
from core.errors import CoreError
from core.i18n import _
from core.labels import NewWish, QueueRow
from core.words import LabelSubject, Permission, word
from desktop.context import AppContext
from desktop.labels.looks import difference_words, field_title, paper_words, reason_words
from desktop.labels.missing import Missing
from desktop.labels.picture import PanelNotice
from desktop.labels.preview import LabelPreview, subject_of_row
from desktop.theme import Meaning
from desktop.widgets import Button, Choice, Column, DetailPanel, Form, QtyEdit, Words, date_words, small_table


class QueuePanel(DetailPanel):
    """`changed` when copies or layout were saved or the row was dropped, `print_wanted(key)`."""

    changed = Signal()
    print_wanted = Signal(str)

    def __init__(self, context: AppContext, row: QueueRow) -> None:
        super().__init__(row.name.render(context.language) or row.code, row.code)
        self._context, self.row = context, row
        self.preview = LabelPreview(context, high=214)
        self.add_widget(self.preview)
        self._lack = PanelNotice()
        self._lack.hide()
        self.add_widget(self._lack)
        self._form = Form()
        self._copies = QtyEdit()
        self._layout = Choice()
        self._form.add("copies", _("Copies"), self._copies, required=True)
        self._form.add("layout", _("Layout"), self._layout)
        self._form.submitted.connect(self.save)
        self._copies.committed.connect(self._save_if_changed)
        self._layout.changed.connect(self._save_if_changed)
        self.add_widget(self._form)
        self._facts()
        self._buttons()
        context.ops.ask(self, labels.list_layouts, subject=subject_of_row(row), then=self._on_layouts)
        self.show_row(row)

    def show_row(self, row: QueueRow) -> None:
        """Show the row as it is now."""
        self.row = row
        self._form.set_values({"copies": Decimal(row.copies), "layout": row.layout})
        self.preview.show_row(row)

    def show_missing(self, missing: Missing) -> None:
        """Say in words which fields it lacks."""
        for lacking, meaning in ((missing.required, Meaning.DANGER), (missing.advised, Meaning.WATCH)):
            names = lacking.get(self.row.key, ())
            if not names:
                continue
            from core.i18n import join

            fields = join([field_title(subject_of_row(self.row), name) for name in names], ", ")
            if meaning is Meaning.DANGER:
                self._lack.say(
                    _("It is not printed without: {fields}. Enter it on the item's card.", fields=fields), meaning
                )
            else:
                self._lack.say(_("It should carry: {fields}.", fields=fields), meaning)
            return

    def _facts(self) -> None:
        row = self.row
        facts: list[tuple[Words, Words]] = [(_("Kind"), word(row.subject)), (_("Reason"), reason_words(row))]
        if row.place:
            facts.append((_("Place"), f"{row.place}  {row.place_name.render(self._context.language)}"))
        facts.append((_("Due on"), date_words(row.due_on)))
        facts.append((_("Label roll"), paper_words(row.stock)))
        facts.append((_("Printer"), row.printer or _("not chosen yet")))
        self.add_facts(facts)
        if row.differences:
            columns = [
                Column("field", _("Field"), 110, value=lambda one: field_title("item", one.field), sortable=False),
                Column("printed", _("Hangs there"), 110, sortable=False, muted=True),
                Column("true", _("Should say"), 110, stretch=True, sortable=False),
            ]
            self.add_section(_("What changed"), small_table(columns, list(row.differences), difference_words(())))

    def _buttons(self) -> None:
        row, shell = self.row, self._context.shell
        self.add_action(
            Button(_("Print this one"), lambda: self.print_wanted.emit(self.row.key), icon_name="print", kind="primary")
        )
        if row.wish_id is not None:
            self.add_action(Button(_("Take off the queue"), self.drop, icon_name="close"))
        elif row.subject is LabelSubject.SHELF:
            self.add_action(Button(_("Hangs no more"), self.take_down, icon_name="close"))
        if row.subject in (LabelSubject.SHELF, LabelSubject.ITEM) and shell.may(Permission.ITEM_VIEW):
            card = lambda: shell.go("catalog.item", item_id=row.subject_id)  # noqa: E731
            self.add_action(Button(_("Item card"), card, icon_name="item"))

    # --- doing

    def _on_layouts(self, rows: list[labels.LayoutRow]) -> None:
        known = [(one.code, one.name.render(self._context.language)) for one in rows]
        if self.row.layout not in [code for code, _name in known]:
            known.insert(0, (self.row.layout, self.row.layout_name.render(self._context.language)))
        self._layout.set_options(known)
        self._layout.set_value(self.row.layout)
        self._form.mark_unchanged()

    def _save_if_changed(self) -> None:
        if self._form.is_changed():
            self.save()

    def save(self) -> None:
        """Save copies and layout."""
        values = self._form.read()
        if values is None:
            return
        row, copies = self.row, int(values["copies"])
        layout = values["layout"] or row.layout
        self._form.mark_unchanged()
        if row.wish_id is not None and layout == row.layout:
            self._do(labels.set_queue_copies, wish_ids=[row.wish_id], copies=copies)
            return
        wish = NewWish(row.subject, row.subject_id, row.location_id, layout, copies)
        if row.wish_id is not None:
            self._context.ops.do(self, labels.drop_from_queue, wish_ids=[row.wish_id], failed=self.show_error)
        self._do(labels.add_to_queue, wishes=[wish], due_on=row.due_on)

    def drop(self) -> None:
        """Take it off the queue."""
        if self.row.wish_id is not None:
            self._do(labels.drop_from_queue, wish_ids=[self.row.wish_id])

    def take_down(self) -> None:
        """The label hangs no more."""
        self._do(labels.take_down_labels, pairs=[(self.row.subject_id, self.row.location_id)])

    def _do(self, command: object, **args: object) -> None:
        self._context.ops.do(self, command, then=lambda _n: self.changed.emit(), failed=self.show_error, **args)  # type: ignore[arg-type]

    def show_error(self, error: CoreError) -> None:
        """Say an error where it belongs."""
        self._form.show_error(error)
