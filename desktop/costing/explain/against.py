"""What a month is compared with, as chips of which one is on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.costing import AGAINST_TITLES, Against
from core.i18n import _
from desktop.widgets import Chip


class AgainstChips(QObject):
    """`changed(against)` when the person chooses another."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.value = Against.PREVIOUS
        self._chips: dict[Against, Chip] = {}
        for one in Against:
            chip = Chip(_("Against: {what}", what=AGAINST_TITLES[one]), is_on=one is self.value)
            chip.clicked.connect(lambda _on=False, one=one: self.changed.emit(one))
            self._chips[one] = chip

    def chips(self) -> tuple[Chip, ...]:
        """The chips, to be placed."""
        return tuple(self._chips.values())

    def set_visible(self, is_visible: bool) -> None:
        """Show them, or take them away while nothing compared is on show."""
        for chip in self._chips.values():
            chip.setVisible(is_visible)

    def choose(self, against: Against) -> None:
        """Turn this one on; tells nobody."""
        self.value = against
        for one, chip in self._chips.items():
            chip.setChecked(one is against)
