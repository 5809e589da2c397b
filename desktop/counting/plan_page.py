"""What is worth counting today, the key items, and how far counts may be off."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import counting
from core.counting import KeyItemRow, NewCount, RiskRow, ToleranceRow
from core.errors import CoreError
from core.i18n import Text, _
from core.words import CountKind, Permission
from desktop.context import AppContext
from desktop.counting.columns import risk_columns
from desktop.counting.tolerance_panel import TolerancePanel
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Button, Column, Kind, PageBase, RowTable, Tabs, language

MOST = 60


class PlanPage(PageBase):
    """Three lists behind tabs; the primary action starts a count of the riskiest lines."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("What to count"), _("The riskiest lines first: long not counted, worth much, often wrong."))
        self._context = context
        sees_cost = context.shell.may(Permission.COST_VIEW)
        self._may_approve = context.shell.may(Permission.COUNT_APPROVE)
        self.risks = RowTable(risk_columns(sees_cost=sees_cost), name=_("What to count"), key="counting.risks")
        self.keys_table = RowTable(_key_columns(sees_cost=sees_cost), name=_("Key items"), key="counting.keys")
        self.tolerances = RowTable(_tolerance_columns(), name=_("Tolerances"), key="counting.tolerances")
        tabs = Tabs(_("What to count"))
        tabs.add(_("Riskiest lines"), self.risks)
        tabs.add(
            _("Key items"),
            _with_button(self.keys_table, Button(_("Key item or not"), self.toggle_key, icon_name="star")),
        )
        button = Button(_("Set a tolerance"), self.set_tolerance, icon_name="plus")
        button.setEnabled(self._may_approve)
        tabs.add(_("Tolerances"), _with_button(self.tolerances, button))
        self.tabs = tabs
        self.set_content(tabs)
        self.set_primary(_("Count the riskiest 20"), self.count_riskiest, "count")
        self.keys_table.row_activated.connect(lambda _row: self.toggle_key())
        self.tolerances.row_activated.connect(self.remove_tolerance)
        context.hub.watch(self, ["count", "stock"], self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for all three lists."""
        self.start_loading()
        self._context.ops.ask(self, counting.list_count_risks, then=self._take_risks, most=MOST)
        self._context.ops.ask(self, counting.list_key_items, then=self._take_keys)
        self._context.ops.ask(self, counting.list_count_tolerances, then=self._take_tolerances)

    def count_riskiest(self) -> None:
        """Start a blind spot count of the twenty riskiest lines."""
        new = NewCount(CountKind.SPOT, share=Decimal(50), most_lines=20)
        self._context.ops.do(
            self,
            counting.start_count,
            then=lambda count_id: self._context.shell.go("stock.count", count_id=count_id),
            failed=self._failed,
            new=new,
        )

    def toggle_key(self) -> None:
        """Make the chosen items key items, or no longer."""
        rows: list[KeyItemRow] = self.keys_table.selected_rows()
        if rows:
            self._context.ops.do(
                self,
                counting.mark_key_items,
                failed=self._failed,
                item_ids=tuple(row.item_id for row in rows),
                is_key=not rows[0].is_key,
            )

    def set_tolerance(self) -> None:
        """Open the form of a special tolerance."""
        panel = TolerancePanel(self._context)
        panel.saved.connect(self.close_panel)
        self.open_panel(panel, 400)

    def remove_tolerance(self, row: ToleranceRow) -> None:
        """Let the class or the count decide again."""
        if self._may_approve:
            self._context.ops.do(self, counting.remove_count_tolerance, failed=self._failed, tolerance_id=row.id)

    def _take_risks(self, rows: Sequence[RiskRow]) -> None:
        self.risks.set_rows(rows)
        self.set_count(len(rows))
        self.show_content()

    def _take_keys(self, rows: Sequence[KeyItemRow]) -> None:
        self.keys_table.set_rows(rows)

    def _take_tolerances(self, rows: Sequence[ToleranceRow]) -> None:
        self.tolerances.set_rows(rows)

    def _failed(self, error: CoreError) -> None:
        self._context.shell.show_error(error.text)


def _with_button(table: RowTable, button: Button) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(16, 12, 0, 0)
    column.setSpacing(8)
    column.addWidget(button)
    column.addWidget(table, 1)
    return box


def _key_columns(*, sees_cost: bool) -> list[Column]:
    money = [Column("used", _("Used in 90 days"), 150, kind=Kind.MONEY)] if sees_cost else []
    return [
        Column("code", _("Code"), 120),
        Column("name", _("Item"), 220, value=lambda row: row.title(language()), stretch=True),
        *money,
        Column("is_key", _("State"), 150, kind=Kind.BADGE, value=_key_look),
    ]


def _key_look(row: KeyItemRow) -> BadgeLook:
    if row.is_key:
        return BadgeLook(_("Key item"), Meaning.GOOD, "star")
    return BadgeLook(_("Proposed"), Meaning.PLAIN)


def _tolerance_columns() -> list[Column]:
    return [
        Column("what", _("For"), 240, value=_tolerance_name, stretch=True),
        Column("pct", _("% of the book"), 140, kind=Kind.QTY, zero_is_dash=False),
        Column("amount", _("Tolerance in money"), 160, kind=Kind.MONEY),
    ]


def _tolerance_name(row: ToleranceRow) -> Text | str:
    if row.abc_class:
        return _("Class {letter}", letter=row.abc_class)
    return f"{row.code}  {row.title(language())}"
