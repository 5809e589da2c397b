"""The head of a report: the chips that say what is asked - time, filters, groups, saved views, whether a chart is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from core.i18n import _
from core.reports import Asked, ReportEntry, ViewRow
from core.uow import SiteFacts
from desktop.context import AppContext
from desktop.reports.report.filters import ReportFilters
from desktop.reports.report.period import PeriodChips
from desktop.widgets import Chip, ChipSpec, MenuChip, PageBase

LOW = 520


class Shaping(QObject):
    """`changed` when the person asks otherwise; `view_chosen(ViewRow | None)`, `groups_shut(bool)`, `chart_wanted(bool)`."""

    changed = Signal()
    view_chosen = Signal(object)
    groups_shut = Signal(bool)
    chart_wanted = Signal(bool)

    def __init__(self, context: AppContext, page: PageBase, entry: ReportEntry, site: SiteFacts) -> None:
        super().__init__(page)
        self._entry, self._page = entry, page
        self._views: dict[int, ViewRow] = {}
        self._is_showing = False
        self.period = PeriodChips(context, page.chips, entry, site=site)
        self.period.changed.connect(self._tell)
        self.filters = ReportFilters(context, page, entry)
        self.filters.changed.connect(self._tell)
        self.more = self._add_chip(_("Filters"), False, lambda is_on: self.filters.fold(not is_on))
        self.group = self._add_group()
        self.shut = self._add_chip(_("Groups only"), bool(entry.groups), self.groups_shut.emit)
        self.chart = self._add_chip(_("Chart"), entry.chart is not None, self.chart_wanted.emit, is_on=True)
        self.views = self._menu("view", _("View"))
        self.views.hide()
        self.views.chosen.connect(self._on_view)

    def asked(self, before: Asked) -> Asked:
        """What the chips say; columns and order stay as they were."""
        group = self.group.value() or "" if self.group is not None else ""
        return replace(
            before, span=self.period.span(), filters=self.filters.values(), group=group, period=self.period.word
        )

    def show(self, asked: Asked) -> None:
        """Show what is asked elsewhere, without telling."""
        self._is_showing = True
        is_open = asked.span.start is None and asked.span.end is None
        usual = self.period.usual_word()
        word = asked.period or (usual.value if is_open and usual is not None else "")
        self.period.show(asked.span, word)
        self.filters.show(asked.filters)
        if self.group is not None:
            self.group.choose(asked.group or None)
        self.shut.setVisible(bool(asked.group))
        self._is_showing = False

    def fit(self, height: int) -> None:
        """Fold the filters that narrow nothing behind a chip where the page is low."""
        is_folded = height < LOW and self.filters.can_fold()
        self.more.setVisible(is_folded)
        self.filters.fold(is_folded and not self.more.isChecked())

    def show_chart(self, is_shown: bool) -> None:
        """Say whether the chart is drawn, without telling."""
        with QSignalBlocker(self.chart):
            self.chart.setChecked(is_shown)

    def set_views(self, rows: Sequence[ViewRow], chosen: int) -> None:
        """The saved views of this report."""
        self._views = {row.id: row for row in rows}
        self._is_showing = True
        self.views.set_options([(row.id, row.name) for row in rows])
        self.views.choose(chosen if chosen in self._views else None)
        self.views.setVisible(bool(rows))
        self._is_showing = False

    def _add_group(self) -> MenuChip | None:
        titles = {column.key: column.title for column in self._entry.columns}
        options = tuple((key, titles[key]) for key in self._entry.groups)
        if not options:
            return None
        chip = self._menu("group", _("Group by"))
        chip.set_options(options)
        chip.chosen.connect(lambda _value: self._tell())
        return chip

    def _menu(self, key: str, words: object) -> MenuChip:
        chip = self._page.chips.add(ChipSpec(key, words, ()))  # type: ignore[arg-type]
        assert isinstance(chip, MenuChip)
        return chip

    def _add_chip(self, words: object, is_there: bool, tell: object, *, is_on: bool = False) -> Chip:
        chip = Chip(words, is_on=is_on)  # type: ignore[arg-type]
        chip.toggled.connect(tell)
        self._page.chips.add_widget(chip)
        chip.setVisible(is_there)
        return chip

    def _tell(self) -> None:
        if not self._is_showing:
            if self.group is not None:
                self.shut.setVisible(self.group.value() is not None)
            self.changed.emit()

    def _on_view(self, view_id: int | None) -> None:
        if not self._is_showing:
            self.view_chosen.emit(self._views.get(view_id) if view_id is not None else None)
