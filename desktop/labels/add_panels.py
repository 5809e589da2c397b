"""Putting labels on the queue: of single things, of what a receipt brought, of all that lies at a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal

from core import catalog, labels, stock
from core.devices import Scan
from core.errors import CoreError
from core.i18n import _, _n
from core.labels import Amount, LayoutRow, NewWish, StartedJob
from core.words import LabelSubject, PostingKind
from desktop.context import AppContext
from desktop.labels.days import SiteDay
from desktop.labels.pickers import SUBJECTS, Finder
from desktop.labels.preview import LabelPreview
from desktop.widgets import (
    Button,
    CheckEdit,
    Choice,
    DateEdit,
    DetailPanel,
    Form,
    Found,
    Label,
    QtyEdit,
    RecordPicker,
    Words,
)

MOST_NAMED = 6
USUAL = {
    LabelSubject.SHELF: "shelf-60x40", LabelSubject.ITEM: "item-50x30", LabelSubject.LOCATION: "bin-50x30",
}  # fmt: skip
ITEMS = (LabelSubject.SHELF, LabelSubject.ITEM, LabelSubject.ASSET)


def layout_subject(subject: LabelSubject) -> str:
    """What layouts call it."""
    return "item" if subject in (LabelSubject.SHELF, LabelSubject.ITEM) else str(subject)


class _Panel(DetailPanel):
    """What the three have in common: the layout that is remembered, saving, errors."""

    added = Signal(int)
    started = Signal(object)
    cancelled = Signal()

    def __init__(self, context: AppContext, title: Words, answer: Words = "") -> None:
        super().__init__(title, answer)
        self.context = context
        self.form = Form()
        self.layout_choice = Choice()
        self.preview = LabelPreview(context, high=190)
        self.add_button = self.add_action(Button(_("Put on the queue"), self.save, kind="primary"))
        self.form.submitted.connect(self.save)
        self.layout_choice.changed.connect(self.show_preview)

    def focus(self) -> None:
        """Where typing begins."""
        self.form.editor(self.form.keys()[0]).field().setFocus()

    def save(self) -> None:
        """Put it on the queue."""
        raise NotImplementedError

    def show_preview(self) -> None:
        """Show the first label of what is chosen."""

    def offer_layouts(self, subject: LabelSubject) -> None:
        """The layouts for a kind of thing; the one chosen last on this PC first."""

        def take(rows: list[LayoutRow]) -> None:
            last = self.context.settings.get(f"labels/layout/{subject}")
            fitting = [one for one in rows if _fits(one, subject)] or rows
            options = [(one.code, one.name.render(self.context.language)) for one in fitting]
            codes = [code for code, _words in options]
            self.layout_choice.set_options(options)
            wanted = next((one for one in (last, USUAL.get(subject, "")) if one in codes), codes[0] if codes else None)
            self.layout_choice.set_value(wanted)
            self.show_preview()

        self.context.ops.ask(self, labels.list_layouts, subject=layout_subject(subject), then=take, key="layouts")

    def remember_layout(self, subject: LabelSubject) -> str:
        """The layout chosen, first in the list next time."""
        code = self.layout_choice.value() or ""
        self.context.settings.put(f"labels/layout/{subject}", code)
        return str(code)

    def do(self, command: Callable[..., Any], **args: Any) -> None:
        """Send it, once."""
        self.add_button.setEnabled(False)
        self.context.ops.do(self, command, then=self._done, failed=self.show_error, **args)

    def _done(self, count: int) -> None:
        self.form.mark_unchanged()
        self.added.emit(count)

    def show_error(self, error: CoreError) -> None:
        """Say an error where it belongs."""
        self.add_button.setEnabled(True)
        self.form.show_error(error)


def _fits(row: LayoutRow, subject: LabelSubject) -> bool:
    """Price tags for shelves, the other item layouts for goods; own layouts for both."""
    if subject not in (LabelSubject.SHELF, LabelSubject.ITEM) or row.is_own:
        return True
    return row.code.startswith("shelf") == (subject is LabelSubject.SHELF)


class AddPanel(_Panel):
    """Labels of things, found one by one or handed over by another list."""

    def __init__(self, context: AppContext, subject: str = "shelf", ids: Sequence[int] = ()) -> None:
        super().__init__(context, _("Add labels"), _("Pick or scan one thing after the other."))
        self._things: dict[int, str] = {}
        self._finder = Finder(context, self)
        self._subject = Choice(options=SUBJECTS, search=False)
        self._picker = RecordPicker("", self._finder.complete)
        self._copies, self._due = QtyEdit(), DateEdit(today=SiteDay(context, self).today)
        self._named = Label("", wrap=True)
        form = self.form
        form.add("thing", _("Find"), self._picker)
        form.add("subject", _("Labels"), self._subject, required=True)
        form.add("layout", _("Layout"), self.layout_choice, required=True)
        form.add("copies", _("Copies of each"), self._copies, hint=_("Empty: as many as the item usually gets."))
        form.add("due", _("Due on"), self._due, hint=_("Empty: today."))
        self.add_widget(self._named)
        self.add_widget(form)
        self.add_widget(self.preview)
        self.add_action(Button(_("Print now"), self.print_now, icon_name="print"))
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self._subject.set_value(LabelSubject(subject))
        self._subject.changed.connect(self._on_subject)
        self._picker.picked.connect(self._on_picked)
        self._on_subject()
        for one in ids:
            self._things[one] = ""
        self._say_things()
        form.mark_unchanged()

    def _on_subject(self) -> None:
        subject = self._subject.value()
        before = self._finder.subject
        self._finder.subject = subject
        if (before in ITEMS) != (subject in ITEMS) or (before not in ITEMS and before is not subject):
            self._things.clear()
            self._say_things()
        self.offer_layouts(subject)

    def _on_picked(self, found: Found) -> None:
        self._things[found.id] = found.words()
        self._picker.set_record(None)
        self._say_things()
        self.show_preview()

    def _say_things(self) -> None:
        names = [name for name in self._things.values() if name]
        count = len(self._things)
        head = _n("{n} thing chosen", "{n} things chosen", count) if count else _("Nothing chosen yet")
        listed = ", ".join(names[:MOST_NAMED])
        self._named.set_words(_("{head}: {names}", head=head, names=listed) if listed else head)

    def show_preview(self) -> None:
        """The first thing in the chosen layout."""
        first = next(iter(self._things), None)
        layout = self.layout_choice.value()
        if first is not None and layout:
            self.preview.show_thing(layout, layout_subject(self._subject.value()), first)

    def scan(self, scan: Scan) -> bool:
        """A scanned thing joins the list."""

        def found(hit: catalog.ScanHit | None) -> None:
            if hit is None:
                self.context.shell.say(_("No item has the code {code}.", code=scan.code[:40]))
                return
            item = hit.item
            self._on_picked(Found(item.id, item.code, item.title(self.context.language)))

        if self._subject.value() not in ITEMS:
            return False
        codes = tuple(dict.fromkeys([*([scan.own.value] if scan.own else []), *scan.codes]))
        self.context.ops.ask(self, catalog.find_by_codes, codes=codes, then=found)
        return True

    def _read(self) -> dict[str, Any] | None:
        values = self.form.read()
        if values is not None and not self._things:
            self._picker.set_error(_("Pick at least one thing."))
            self._picker.field().setFocus()
            return None
        return values

    def save(self) -> None:
        values = self._read()
        if values is None:
            return
        subject = values["subject"]
        layout = self.remember_layout(subject)
        copies = int(values["copies"]) if values["copies"] is not None else None
        wishes = [NewWish(subject, one, 0, layout, copies) for one in self._things]
        self.do(labels.add_to_queue, wishes=wishes, due_on=values["due"])

    def print_now(self) -> None:
        """Print them at once, past the queue, on the printer remembered for this paper."""
        values = self._read()
        if values is None:
            return
        subject = values["subject"]
        self.context.ops.do(
            self, labels.start_job, subject=subject, ids=tuple(self._things), layout=self.remember_layout(subject),
            copies=int(values["copies"] or 1), then=self._on_started, failed=self.show_error,
        )  # fmt: skip

    def _on_started(self, jobs: tuple[StartedJob, ...]) -> None:
        self.form.mark_unchanged()
        self.started.emit(jobs)


AMOUNTS = (
    (Amount.ONE, _("One of each line")), (Amount.EACH, _("One for each unit received")),
    (Amount.PACKS, _("One for each pack received")),
)  # fmt: skip
RECEIPT_SUBJECTS = tuple(one for one in SUBJECTS if one[0] in (LabelSubject.SHELF, LabelSubject.ITEM, LabelSubject.LOT))


class ReceiptPanel(_Panel):
    """Labels of what a receipt brought."""

    def __init__(self, context: AppContext, posting_id: int = 0) -> None:
        super().__init__(context, _("Labels of a receipt"), _("For each line of what came in"))
        self._finder = Finder(context, self)
        self._receipt = RecordPicker("", self._complete, placeholder=_("Number or supplier"))
        self._subject = Choice(options=RECEIPT_SUBJECTS, search=False)
        self._amount = Choice(options=AMOUNTS, search=False)
        form = self.form
        form.add("receipt", _("Receipt"), self._receipt, required=True)
        form.add("subject", _("Labels"), self._subject, required=True)
        form.add("amount", _("How many"), self._amount, required=True)
        form.add("layout", _("Layout"), self.layout_choice, required=True)
        self.add_widget(form)
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self._subject.set_value(LabelSubject.ITEM)
        self._amount.set_value(Amount.ONE)
        self._subject.changed.connect(lambda: self.offer_layouts(self._subject.value()))
        self.offer_layouts(LabelSubject.ITEM)
        if posting_id:
            context.ops.ask(self, stock.get_posting, posting_id=posting_id, then=self._on_posting)

    def _complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        self._finder.postings(text, answer, (PostingKind.RECEIPT,))

    def _on_posting(self, card: stock.PostingCard) -> None:
        self._receipt.set_record(Found(card.row.posting_id, card.row.number, ""))

    def save(self) -> None:
        values = self.form.read()
        if values is None:
            return
        subject = values["subject"]
        self.do(
            labels.queue_receipt, posting_id=values["receipt"], subject=subject, amount=values["amount"],
            layout=self.remember_layout(subject),
        )  # fmt: skip


class PlacePanel(_Panel):
    """Shelf labels of all that lies at a place, or the label of the place itself."""

    def __init__(self, context: AppContext, location_id: int = 0) -> None:
        super().__init__(context, _("Labels of a place"), _("Of everything that lies there, or of the place itself"))
        finder = Finder(context, self)
        finder.subject = LabelSubject.LOCATION
        self._place = RecordPicker("", finder.complete)
        options = (
            (LabelSubject.SHELF, _("Shelf labels of what lies there")),
            (LabelSubject.LOCATION, _("Label of the place")),
        )
        self._subject = Choice(options=options, search=False)
        self._missing = CheckEdit(_("Only where none hangs yet"))
        self._copies = QtyEdit()
        form = self.form
        form.add("place", _("Place"), self._place, required=True)
        form.add("subject", _("Labels"), self._subject, required=True)
        form.add("layout", _("Layout"), self.layout_choice, required=True)
        form.add("only_missing", _("Which"), self._missing)
        form.add("copies", _("Copies"), self._copies)
        self.add_widget(form)
        self.add_widget(self.preview)
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self._copies.set_value(Decimal(1))
        self._subject.set_value(LabelSubject.LOCATION if location_id else LabelSubject.SHELF)
        self._subject.changed.connect(self._on_subject)
        self._place.picked.connect(lambda _found: self.show_preview())
        self._on_subject()
        if location_id:
            context.ops.ask(self, stock.list_locations, then=lambda rows: self._on_places(rows, location_id))

    def _on_subject(self) -> None:
        is_shelf = self._subject.value() is LabelSubject.SHELF
        self._missing.setEnabled(is_shelf)
        self._copies.setEnabled(not is_shelf)
        self.offer_layouts(self._subject.value())

    def _on_places(self, rows: list[stock.LocationRow], location_id: int) -> None:
        row = next((one for one in rows if one.location_id == location_id), None)
        if row is not None:
            name = (row.name_en or row.name) if self.context.language == "en" else row.name
            self._place.set_record(Found(row.location_id, row.code, name))
            self.show_preview()

    def show_preview(self) -> None:
        """The place's own label."""
        record, layout = self._place.record(), self.layout_choice.value()
        is_own = self._subject.value() is LabelSubject.LOCATION
        self.preview.setVisible(is_own)
        if record is not None and layout and is_own:
            self.preview.show_thing(layout, "location", record.id)

    def save(self) -> None:
        values = self.form.read()
        if values is None:
            return
        subject = values["subject"]
        layout = self.remember_layout(subject)
        if subject is LabelSubject.SHELF:
            self.do(labels.queue_place, location_id=values["place"], layout=layout, only_missing=values["only_missing"])
            return
        wish = NewWish(subject, values["place"], 0, layout, int(values["copies"] or 1))
        self.do(labels.add_to_queue, wishes=[wish])
