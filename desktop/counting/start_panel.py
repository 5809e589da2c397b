"""Starting a count: what kind, where, how; what it would hold is said before it starts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer, Signal

from core import catalog, counting, stock
from core.catalog import CategoryRow
from core.counting import CountPlan, NewCount
from core.errors import CoreError
from core.i18n import _, _n
from core.stock import LocationRow
from core.words import CountKind, LocationKind, word
from desktop.context import AppContext
from desktop.counting.many import ManyChoice
from desktop.theme import Meaning
from desktop.widgets import Button, CheckEdit, Choice, DetailPanel, Form, Label, MoneyEdit, Notice, QtyEdit, TextEdit

PAUSE_MS = 250
FIELDS = (
    "kind",
    "location_ids",
    "category_ids",
    "most_lines",
    "share",
    "is_blind",
    "tolerance_pct",
    "tolerance_amount",
    "title",
)
KINDS = {
    CountKind.CYCLE: _("What is due: class A monthly, B quarterly, C half-yearly."),
    CountKind.SPOT: _("A sample of the lines where an error is likeliest and dearest."),
    CountKind.KEY: _("Only the key items, for every day."),
    CountKind.FULL: _("Everything in these places."),
}


class StartPanel(DetailPanel):
    """The form of a new count. `started(count_id)`."""

    started = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("Start a count"), _("Trading goes on while people count."))
        self._context = context
        self._plan_words = Label("", "strong", wrap=True)
        self._plan_error = Notice(meaning=Meaning.WATCH)
        self._plan_error.hide()
        self._kind_words = Label("", "small", wrap=True)
        self.form = Form()
        self._fill_form()
        self.add_widget(self.form)
        self.start_button = self.add_action(Button(_("Start"), self.start, kind="primary", icon_name="count"))
        self.add_action(Button(_("Cancel"), self.close_requested.emit))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_plan)
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self.start)
        context.ops.ask(self, stock.list_locations, then=self._take_places)
        context.ops.ask(self, catalog.list_categories, then=self._take_categories)
        self._on_changed()

    def _fill_form(self) -> None:
        form = self.form
        form.add("kind", _("Kind of count"), Choice(options=[(kind, word(kind)) for kind in KINDS]), required=True)
        form.add_widget(self._kind_words)
        form.add_widget(self._plan_words)
        form.add_widget(self._plan_error)
        self._places = ManyChoice(_("All places"))
        self._categories = ManyChoice(_("All categories"))
        form.add("location_ids", _("Places"), self._places)
        form.add("category_ids", _("Categories"), self._categories)
        form.add("most_lines", _("At most"), QtyEdit(unit=_("lines")))
        form.add("share", _("Sample"), QtyEdit(unit=_("% of the lines")))
        form.add("is_blind", _("Book quantities"), CheckEdit(_("Blind: counters do not see the book")))
        form.add("tolerance_pct", _("Tolerance"), QtyEdit(unit=_("% of the book")))
        form.add("tolerance_amount", _("Tolerance in money"), MoneyEdit(), hint=_("Empty: money is not looked at."))
        form.add("title", _("Note"), TextEdit())
        form.set_values({"kind": CountKind.CYCLE, "share": Decimal(10), "is_blind": True, "tolerance_pct": Decimal(5)})

    def wanted(self, values: dict[str, Any]) -> NewCount:
        """The count the form describes."""
        kind = values["kind"]
        most = values["most_lines"] if kind in (CountKind.CYCLE, CountKind.SPOT) else None
        return NewCount(
            kind,
            values["location_ids"],
            values["category_ids"],
            values["title"] or "",
            values["is_blind"],
            values["share"] if values["share"] is not None else Decimal(10),
            int(most) if most else None,
            values["tolerance_pct"] if values["tolerance_pct"] is not None else Decimal(5),
            values["tolerance_amount"] or Decimal(0),
        )

    def start(self) -> None:
        """Start it, once."""
        values = self.form.read() if self.start_button.isEnabled() else None
        if values is None:
            return
        self.start_button.setEnabled(False)
        self._context.ops.do(
            self, counting.start_count, then=self.started.emit, failed=self.show_error, new=self.wanted(values)
        )

    def show_error(self, error: CoreError) -> None:
        """It was not started: say why."""
        self.start_button.setEnabled(True)
        self.form.show_error(error)

    def is_changed(self) -> bool:
        """Whether something typed here is not sent."""
        return self.form.is_changed()

    def _on_changed(self) -> None:
        kind = self.form.editor("kind").value()
        self._kind_words.set_words(KINDS.get(kind, ""))
        self._show_field("most_lines", kind in (CountKind.CYCLE, CountKind.SPOT))
        self._show_field("share", kind is CountKind.SPOT)
        self._pause.start()

    def _show_field(self, key: str, is_shown: bool) -> None:
        cell = self.form.editor(key).parentWidget()
        if cell is not None:
            cell.setVisible(is_shown)

    def _ask_plan(self) -> None:
        try:
            values = {key: self.form.editor(key).value() for key in FIELDS}
        except CoreError:
            return
        if values["kind"] is not None:
            new = self.wanted(values)
            self._context.ops.ask(self, counting.preview_count, then=self._take_plan, failed=self._plan_failed, new=new)

    def _take_plan(self, plan: CountPlan) -> None:
        self._plan_error.hide()
        self._plan_words.set_words(
            _(
                "{lines} lines, {items} items in {places} places: about {minutes} min.",
                lines=f"{plan.lines:,}",
                items=f"{plan.items:,}",
                places=plan.places,
                minutes=plan.minutes,
            )
        )
        self._plan_words.show()
        if plan.in_other:
            self._plan_error.say(
                _n(
                    "{n} line is being counted on another sheet already.",
                    "{n} lines are being counted on another sheet already.",
                    plan.in_other,
                )
            )

    def _plan_failed(self, error: CoreError) -> None:
        self._plan_words.hide()
        self._plan_error.say(error.text)

    def _take_places(self, rows: Sequence[LocationRow]) -> None:
        english = self._context.language == "en"
        self._places.set_options(
            [
                (row.location_id, "\u2003" * row.depth + ((row.name_en or row.name) if english else row.name))
                for row in rows
                if row.is_active and row.kind not in (LocationKind.TRANSIT,)
            ]
        )

    def _take_categories(self, rows: Sequence[CategoryRow]) -> None:
        english = self._context.language == "en"
        self._categories.set_options(
            [(row.id, "\u2003" * row.depth + ((row.name_en or row.name) if english else row.name)) for row in rows]
        )
