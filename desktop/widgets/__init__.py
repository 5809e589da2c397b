"""Widgets without domain words. Everything a page needs is imported from here.

**Words.** `ui_text(Text | str)` says a text in the language on screen; `set_language`, `set_place` (shell only).
`Label`, `Button` (plain, primary, danger, quiet, icon, link, chip, key, unit, big), `IconLabel`, `line`. Pass `Text`
objects, never rendered words, so that a switch of language needs no code.

**Page.** `PageBase`: title with a one-line answer, `set_primary` (F2), `add_more`, `add_search`, `chips.add(ChipSpec)`,
`set_table` or `set_content`, `set_empty`, `open_panel`; states by `start_loading`, `show_content`, `show_empty`,
`show_error`; override `reload`, `print_page` (F8), `post` (F9), `scan`. `DetailPanel` (facts, sections, actions)
stands in the side panel, `FormPanel` a form
with Save and Cancel. `KeysOverlay` is shown by the shell, `Tabs` are parts of a page, `scrolled(widget)` scrolls.

**Lists.** `small_table` in a panel; `RowTable([Column(...)])` with `set_rows` for what is at hand, `set_fetch` or `set_ids` for very many.
Kinds: text, qty (`unit=` names the row's attribute), money, date, instant, badge, percent, unit; `why=True` for every
computed figure, then answer `why_requested(row, key)` with a `WhyPanel`. `BadgeLook(words, Meaning)` is a state.

**Input.** `Form.add(key, label, editor)`, `form.read()`, `form.show_error(CoreError)`; `Strip` is fields in a row, Enter
goes on to the next; editors `QtyEdit`, `MoneyEdit`, `DateEdit`, `TextEdit`, `NoteEdit`, `CodeEdit`, `Choice`,
`CheckEdit`, `RecordPicker`. For touch: `Keypad`, `TileGrid`.

**Telling.** `Notice` and `Banner` (a sentence in a box or band, with buttons), `Offer` (a notice whose buttons belong to
its sentence), `StatusLine` (what was posted, Undo, Print), `WorkBar` (longer work with Cancel), `show_toast`, `Badge`.

**Figures.** `FigureCard`, `CardGrid` (cards that share the width), `Sparkline`, `BarChart`, `BridgeChart`, `WhyPanel`; the
words of numbers: `number_words`, `money_words`, `percent_words`, `date_words`, `instant_words`. `PdfView` shows papers.
"""

from desktop.widgets.badge import Badge, BadgeLook
from desktop.widgets.card import FigureCard
from desktop.widgets.charts import Bar, BarChart, BridgeChart, BridgeStep, Sparkline
from desktop.widgets.chips import Chip, ChipRow, ChipSpec, MenuChip
from desktop.widgets.detail import DetailPanel, Facts
from desktop.widgets.editors import (
    CheckEdit,
    Choice,
    CodeEdit,
    DateEdit,
    Editor,
    Found,
    MoneyEdit,
    NoteEdit,
    QtyEdit,
    RecordPicker,
    TextEdit,
    UnitPicker,
)
from desktop.widgets.figures import date_words, instant_words, money_words, number_words, percent_words
from desktop.widgets.flow import FlowLayout
from desktop.widgets.form import Form
from desktop.widgets.form_panel import FormPanel
from desktop.widgets.grid import CardGrid
from desktop.widgets.keypad import Keypad
from desktop.widgets.keys import KeyCap, KeyHint, KeysOverlay
from desktop.widgets.language import (
    Spoken,
    Words,
    language,
    local_time,
    money_digits,
    money_sign,
    set_language,
    set_place,
    ui_text,
)
from desktop.widgets.notice import Banner, Notice
from desktop.widgets.offer import Offer, above_form
from desktop.widgets.page import PageBase
from desktop.widgets.pdfview import PdfView
from desktop.widgets.period import RECENT, SEASONS, PeriodFilter
from desktop.widgets.scroll import scrolled
from desktop.widgets.states import EmptyState, ErrorState, LoadingState
from desktop.widgets.status import StatusLine, Toast, show_toast
from desktop.widgets.strip import Strip, reveal
from desktop.widgets.table import (
    Align,
    Column,
    Fetch,
    FetchByIds,
    Kind,
    LayoutStore,
    RowsWanted,
    RowTable,
    set_layout_store,
    small_table,
)
from desktop.widgets.tabs import Tabs
from desktop.widgets.tiles import Tile, TileButton, TileGrid
from desktop.widgets.trend import TrendChart, TrendPoint
from desktop.widgets.why import WhyEntry, WhyFigure, WhyPanel
from desktop.widgets.words import Button, IconLabel, Label, line, restyle
from desktop.widgets.work_bar import WorkBar

__all__ = [
    "RECENT",
    "SEASONS",
    "Align",
    "Badge",
    "BadgeLook",
    "Banner",
    "Bar",
    "BarChart",
    "BridgeChart",
    "BridgeStep",
    "Button",
    "CardGrid",
    "CheckEdit",
    "Chip",
    "ChipRow",
    "ChipSpec",
    "Choice",
    "CodeEdit",
    "Column",
    "DateEdit",
    "DetailPanel",
    "Editor",
    "EmptyState",
    "ErrorState",
    "Facts",
    "Fetch",
    "FetchByIds",
    "FigureCard",
    "FlowLayout",
    "Form",
    "FormPanel",
    "Found",
    "IconLabel",
    "KeyCap",
    "KeyHint",
    "Keypad",
    "KeysOverlay",
    "Kind",
    "Label",
    "LayoutStore",
    "LoadingState",
    "MenuChip",
    "MoneyEdit",
    "NoteEdit",
    "Notice",
    "Offer",
    "PageBase",
    "PdfView",
    "PeriodFilter",
    "QtyEdit",
    "RecordPicker",
    "RowTable",
    "RowsWanted",
    "Sparkline",
    "Spoken",
    "StatusLine",
    "Strip",
    "Tabs",
    "TextEdit",
    "Tile",
    "TileButton",
    "TileGrid",
    "Toast",
    "TrendChart",
    "TrendPoint",
    "UnitPicker",
    "WhyEntry",
    "WhyFigure",
    "WhyPanel",
    "Words",
    "WorkBar",
    "above_form",
    "date_words",
    "instant_words",
    "language",
    "line",
    "local_time",
    "money_digits",
    "money_sign",
    "money_words",
    "number_words",
    "percent_words",
    "restyle",
    "reveal",
    "scrolled",
    "set_language",
    "set_layout_store",
    "set_place",
    "show_toast",
    "small_table",
    "ui_text",
]
