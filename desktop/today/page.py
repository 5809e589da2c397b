"""Today: figures with their trend, then what waits for this person. Everything can be clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from core import alerts, costing, maintenance, reports
from core.alerts import AlertGroup
from core.costing import CheckLevel, MonthChecks
from core.i18n import Text, _
from core.maintenance import NewestBackup
from core.reports import FigureKind, Today, TodayBudget, WorkKind
from core.words import Permission
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.today.alerts import COLUMNS as ALERTS
from desktop.today.alerts import INBOX, AlertLine
from desktop.today.figures import CardFace, at_most_eight, backup_face, face_of
from desktop.today.work import COLUMNS, WorkLine, target_of
from desktop.widgets import Button, CardGrid, FigureCard, IconLabel, Label, PageBase, RowTable, Words

AGAIN_MS = 300_000
_RANKS = {kind: rank for rank, kind in enumerate(WorkKind)}
BESIDE_FROM = 720
WATCHED = (
    "stock", "count", "lot", "item", "location", "backup", "label", "label_job", "order", "receipt",
    "invoice", "claim", "expense", "month", "budget", "schedule",
)  # fmt: skip
LEAST_CARD = 220
STARTS = (
    ("purchasing.receive", Permission.STOCK_RECEIVE, _("Receive goods"), "receive"),
    ("stock.waste", Permission.STOCK_WASTE, _("Post waste"), "waste"),
    ("stock.counts", Permission.COUNT_ENTER, _("Count stock"), "count"),
)
_WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip


class TodayPage(PageBase):
    """Asks once for everything; again when anything changes on any PC, and every five minutes."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("Today"), _("How things stand, and what waits for you"))
        self._context = context
        self._today: Today | None = None
        self._budget = TodayBudget()
        self._newest: tuple[NewestBackup | None] | None = None
        self._by_key: dict[str, FigureCard] = {}
        self._faces: dict[str, CardFace] = {}
        self._lines: list[WorkLine] = []
        self._checks: dict[str, tuple[int, int]] = {}
        self.cards = CardGrid(least=LEAST_CARD)
        self.work = RowTable(COLUMNS, name=_("Work list"), key="today.work")
        self.work.row_activated.connect(self._open)
        self.work.clicked.connect(lambda index: self._open(self.work.row_at(index.row())))
        self.work.setCursor(Qt.CursorShape.PointingHandCursor)
        self.alerts = RowTable(ALERTS, name=_("Alerts"), key="today.alerts")
        self.alerts.row_activated.connect(self._open_alerts)
        self.alerts.clicked.connect(lambda index: self._open_alerts(self.alerts.row_at(index.row())))
        self.alerts.setCursor(Qt.CursorShape.PointingHandCursor)
        self._heading = Label(_("To do"), "heading")
        self._done = _done_line(_("Nothing waits for you."))
        self._alerts_heading = Label(_("Alerts"), "heading")
        self._calm = _done_line(_("Nothing needs a look"))
        self._lay_out()
        self._add_starts()
        context.hub.watch(self, WATCHED, self._on_news)
        context.hub.watch(self, ("alert", "alert_read", "alert_rule"), self._ask_alerts)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(lambda: self.reload() if self.isVisible() else None)
        self._again.start()
        self.reload()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 4, 16, 0)
        column.setSpacing(12)
        column.addWidget(self.cards)
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lists.setSpacing(16)
        self._lists.addWidget(_part(self._heading, self._done, self.work), 3)
        self._alerts_part = _part(self._alerts_heading, self._calm, self.alerts)
        self._lists.addWidget(self._alerts_part, 2)
        column.addLayout(self._lists, 1)
        self.set_content(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= BESIDE_FROM
        self._lists.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def _add_starts(self) -> None:
        """What is begun most often, as far as this person may."""
        starts: list[tuple[Words, Callable[[], object]]] = []
        for route, permission, words, icon in STARTS:
            if self._context.shell.may(permission) and self._context.shell.can_go(route):
                go = partial(self._go, route, {})
                self.head.add_button(Button(words, go, icon_name=icon))
                starts.append((words, go))
        if self._context.shell.may(Permission.IMPORT_RUN) and self._context.shell.can_go("settings.import"):
            starts.append((_("Import from a file"), partial(self._go, "settings.import", {})))
        self._starts = starts

    # --- asking

    def _on_news(self) -> None:
        """What a month still wants may be different now."""
        self._checks.clear()
        self.reload()

    def reload(self) -> None:
        """Ask for figures, work and alerts."""
        if self._today is None:
            self.start_loading()
        ops = self._context.ops
        ops.ask(self, reports.get_today, then=self._take)
        if self._context.shell.may(Permission.COST_VIEW):
            ops.ask(self, reports.get_today_budget, then=self._take_budget, failed=lambda _error: None)
        self._ask_alerts()
        if self._context.shell.may(Permission.SITE_MAINTAIN):
            ops.ask(self, maintenance.find_newest_backup, then=self._take_backup)

    def _ask_alerts(self) -> None:
        if self._context.shell.can_go(INBOX):
            self._context.ops.ask(self, alerts.list_alert_groups, then=self._show_alerts, failed=lambda _error: None)
        else:
            self._alerts_part.hide()

    def _take(self, today: Today) -> None:
        self._today = today
        weekday = _WEEKDAYS[today.day.weekday()]
        self.set_answer(
            _("{weekday}, {day}. How things stand, and what waits for you", weekday=weekday, day=today.day.isoformat())
        )
        if today.is_new or not (today.figures or today.work):
            self._say_nothing(today)
            return
        self._show_cards()
        self._show_work(today)
        self.show_content()

    def _take_budget(self, budget: TodayBudget) -> None:
        """A large ledger takes a moment longer for the month's budget; its card and lines come by themselves."""
        is_other, self._budget = budget != self._budget, budget
        if self._today is not None and is_other and not self._today.is_new:
            self._show_cards()
            self._show_work(self._today)

    def _take_backup(self, newest: NewestBackup | None) -> None:
        self._newest = (newest,)
        self._show_cards()

    def _say_nothing(self, today: Today) -> None:
        if today.is_new and self._starts:
            words = _("Figures and work appear here as soon as goods are received. Begin with one of these:")
            self.set_empty(_("Nothing posted yet"), words, self._starts[:1] + self._starts[3:], "home")
        else:
            self.set_empty(
                _("Nothing waits for you"), _("Figures and work appear here as far as your role allows."), (), "check"
            )
        self.show_empty()

    # --- showing

    def _show_cards(self) -> None:
        """Cards that stay keep their place and the focus; only when others come or go are they laid anew."""
        if self._today is None:
            return
        figures = [*self._today.figures, *([self._budget.figure] if self._budget.figure is not None else [])]
        faces = [face_of(figure, self._today.day) for figure in figures]
        if self._newest is not None:
            faces.append(backup_face(self._newest[0]))
        faces = at_most_eight([face for face in faces if self._target(face) is not None])
        self._faces = {face.key: face for face in faces}
        is_same = list(self._by_key) == list(self._faces)
        if is_same:
            for key, face in self._faces.items():
                face.dress(self._by_key[key])
            return
        self._by_key = {key: face.make(partial(self._open_face, key)) for key, face in self._faces.items()}
        self.cards.set_cards(list(self._by_key.values()))
        self._go_to_labels()

    def _go_to_labels(self) -> None:
        """Labels to print stand ready under Enter, as long as the person is nowhere else on the page."""
        face = self._faces.get(FigureKind.LABELS)
        if face is None or face.note[1] is not Meaning.SOON:
            return
        card, focus = self._by_key[FigureKind.LABELS], QApplication.focusWidget()
        is_elsewhere = focus is not None and focus is not self and not focus.isAncestorOf(self)
        self.setFocusProxy(card)
        if not is_elsewhere:
            card.setFocus()

    def _show_work(self, today: Today) -> None:
        self._lines = [
            WorkLine((row.kind, row.id), row, today.day, self._checks.get(row.number))
            for row in sorted([*today.work, *self._budget.work], key=lambda row: _RANKS[row.kind])
            if self._context.shell.can_go(target_of(row)[0])
        ]
        self._show_lines()
        month = next((line.row.number for line in self._lines if line.row.kind is WorkKind.MONTH), "")
        if month and month not in self._checks:
            self._context.ops.ask(
                self, costing.list_month_checks, month=month, then=self._take_checks, failed=lambda _error: None
            )

    def _show_lines(self) -> None:
        lines = self._lines
        self.work.set_rows(lines)
        count = sum(line.row.count for line in lines)
        self._heading.set_words(_("To do: {n}", n=count) if lines else _("To do"))
        self.work.setVisible(bool(lines))
        self._done.setVisible(not lines)

    def _take_checks(self, found: MonthChecks) -> None:
        """What a month still wants takes a moment longer: its line says it when it is known."""
        levels = [check.level for check in found.checks]
        self._checks[found.month] = levels.count(CheckLevel.BLOCK), levels.count(CheckLevel.LOOK)
        self._lines = [
            replace(line, checks=self._checks[found.month]) if line.row.kind is WorkKind.MONTH else line
            for line in self._lines
        ]
        self._show_lines()

    def _show_alerts(self, groups: Sequence[AlertGroup]) -> None:
        self.alerts.set_rows([AlertLine(group) for group in groups])
        count = sum(group.count for group in groups)
        self._alerts_heading.set_words(_("Alerts: {n}", n=count) if groups else _("Alerts"))
        self.alerts.setVisible(bool(groups))
        self._calm.setVisible(not groups)

    # --- going on

    def _target(self, face: CardFace) -> tuple[str, Mapping[str, object]] | None:
        return next((target for target in face.targets if self._context.shell.can_go(target[0])), None)

    def _open_face(self, key: str) -> None:
        target = self._target(self._faces[key])
        if target is not None:
            self._go(*target)

    def _open(self, line: WorkLine | None) -> None:
        if line is not None:
            self._go(*target_of(line.row))

    def _open_alerts(self, line: AlertLine | None) -> None:
        if line is not None:
            self._go(*line.target())

    def _go(self, route: str, args: Mapping[str, object]) -> None:
        self._context.shell.go(route, **args)


def _part(heading: QWidget, calm: QWidget, table: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(heading)
    column.addWidget(calm, 0, Qt.AlignmentFlag.AlignTop)
    column.addWidget(table, 1)
    column.addStretch(0)
    return part


def _done_line(words: Text) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(IconLabel("check", Meaning.GOOD))
    row.addWidget(Label(words, "muted"), 1)
    box.hide()
    return box
