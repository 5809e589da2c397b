"""The right of the waste screen: why and where it was lost, and the button that posts it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core import stock
from core.i18n import Text, _
from core.words import WasteStage, word
from desktop.context import AppContext
from desktop.theme import icon_names, text_px
from desktop.widgets import Button, Chip, Choice, FlowLayout, TextEdit, Tile, TileGrid, ui_text

ICONS = {
    "dish_return": "reason-customer-return",
    "quality_fail": "reason-quality",
    "over_prepped": "reason-over-prepped",
}
STAGE = "waste/stage"
LOW_TILE, HIGH_TILE = 52, 72
LOW_BUTTON, HIGH_BUTTON = 48, 64
LEAST_STAGE = 122


class WasteWhy(QWidget):
    """`reason_chosen(code)`, `done` for the big button. The stage stays as it was last on this PC."""

    reason_chosen = Signal(str)
    done = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._reasons: dict[str, stock.ReasonRow] = {}
        self.photo = ""
        self.grid = TileGrid(columns=3, keeps=True)
        self.grid.chosen.connect(lambda code: self.reason_chosen.emit(code))
        self._stages = QButtonGroup(self)
        self._chips = QWidget()
        stages = [(str(stage), word(stage)) for stage in WasteStage]
        self._stage_box = Choice(_("Where it was lost"), stages, search=False)
        self._stage_box.changed.connect(lambda: self._choose_stage(self._stage_box.value()))
        self.place = Choice(_("Place"), search=False)
        self.note = TextEdit(_("Note"), placeholder=_("Note"), most=200)
        self._photo = Button(_("Photo"), self._choose_photo, icon_name="photo")
        self._photo_only = Button(_("Photo"), self._choose_photo, icon_name="photo", kind="icon")
        self.button = Button(_("Post waste"), self.done.emit, icon_name="check", kind="big")
        self._lay_out()
        self.set_low(False)

    def _lay_out(self) -> None:
        stages = FlowLayout(self._chips, spacing=8)
        for at, stage in enumerate(WasteStage):
            chip = Chip(word(stage))
            chip.clicked.connect(lambda _on=False, stage=stage: self._choose_stage(stage))
            self._stages.addButton(chip, at)
            stages.addWidget(chip)
        self._choose_stage(self._context.settings.get(STAGE, WasteStage.STORAGE))
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.place, 1)
        besides = QHBoxLayout()
        besides.setSpacing(8)
        self._stage_box.setMinimumWidth(text_px(LEAST_STAGE))
        besides.addWidget(self._stage_box, 1)
        besides.addWidget(self.note, 1)
        besides.addWidget(self._photo)
        besides.addWidget(self._photo_only)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.grid, 1)
        column.addWidget(self._chips)
        column.addLayout(where)
        column.addLayout(besides)
        column.addWidget(self.button)

    def set_low(self, is_low: bool) -> None:
        """On a low screen the tiles are lower, where it was lost is a box, and the photo an icon."""
        self._chips.setVisible(not is_low)
        self._stage_box.setVisible(is_low)
        self._photo.setVisible(not is_low)
        self._photo_only.setVisible(is_low)
        self.grid.set_least_height(LOW_TILE if is_low else HIGH_TILE)
        self.button.setMinimumHeight(LOW_BUTTON if is_low else HIGH_BUTTON)

    # --- reasons

    def set_reasons(self, rows: Sequence[stock.ReasonRow]) -> None:
        """The reasons by digit."""
        self._reasons = {row.code: row for row in rows}
        names = set(icon_names())
        tiles = []
        for row in rows:
            icon = ICONS.get(row.code, f"reason-{row.code.replace('_', '-')}")
            tiles.append(Tile(row.code, self.reason_word(row.code), "", icon if icon in names else "reason-other"))
        self.grid.set_tiles(tiles)

    def reason_word(self, code: str) -> str:
        """A reason's name in the person's language."""
        row = self._reasons.get(code)
        if row is None:
            return code
        return (row.name_en or row.name) if self._context.language == "en" else row.name

    def code_of(self, digit: str) -> str:
        """The reason of a digit, "" when there is none."""
        tiles = self.grid.tiles()
        return str(tiles[int(digit) - 1].id) if digit.isdigit() and 0 < int(digit) <= len(tiles) else ""

    def digits(self) -> str:
        """The digits that mean a reason."""
        return "123456789"[: len(self.grid.tiles())]

    def reason(self) -> str:
        """The reason that is marked."""
        return self.grid.current() or ""

    def mark(self, code: str) -> None:
        """Mark a reason; "" for none."""
        self.grid.set_current(code or None)

    def needs_note(self) -> bool:
        """Whether the reason needs words and there are none."""
        row = self._reasons.get(self.reason())
        return row is not None and row.needs_note and not self.note.text().strip()

    def reasons(self) -> list[tuple[str, str]]:
        """Reasons by code and name."""
        return [(code, self.reason_word(code)) for code in self._reasons]

    # --- where

    def _choose_stage(self, stage: str) -> None:
        stages = [str(one) for one in WasteStage]
        stage = stage if stage in stages else str(WasteStage.STORAGE)
        self._stages.button(stages.index(stage)).setChecked(True)
        self._stage_box.set_value(stage)
        self._context.settings.put(STAGE, stage)

    def stage(self) -> str:
        """Where it was lost."""
        at = self._stages.checkedId()
        return list(WasteStage)[at] if at >= 0 else ""

    # --- photo

    def _choose_photo(self) -> None:
        if self.photo:
            self.set_photo("")
            return
        pictures = ui_text(_("Pictures")) + " (*.jpg *.jpeg *.png *.webp)"
        path, _kind = QFileDialog.getOpenFileName(self, ui_text(_("Photo")), "", pictures)
        self.set_photo(path)

    def set_photo(self, path: str) -> None:
        """The photo to go along; "" for none."""
        self.photo = path
        words: Text | str = _("Photo: {name}", name=Path(path).name[:12]) if path else _("Photo")
        for button in (self._photo, self._photo_only):
            button.set_words(words)
            button.set_icon_name("close" if path else "photo")

    def clear(self) -> None:
        """For the next item: reason, note and photo go, stage and place stay."""
        self.mark("")
        self.note.clear()
        self.set_photo("")
