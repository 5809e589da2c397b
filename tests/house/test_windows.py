"""No words in the windows that nobody could translate."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.tree import calls, name_of, sources, told

# Everything given to these is read by a person.
SETTERS = {
    "setText", "setToolTip", "setWindowTitle", "setStatusTip", "setWhatsThis", "setAccessibleName", "setTitle",
    "setAccessibleDescription", "setPlaceholderText", "setPrefix", "setSuffix", "setSpecialValueText", "setLabelText",
    "setInformativeText", "setDetailedText", "setButtonText", "setHeaderLabel", "setHeaderLabels", "setTabText",
    "setHorizontalHeaderLabels", "setVerticalHeaderLabels", "setTabToolTip", "setItemText", "setHtml", "setMarkdown",
    "setPlainText", "showMessage", "addAction", "addMenu", "addTab", "insertTab", "addItems", "addRow", "drawText",
    "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory", "set_words",
}  # fmt: skip
# Of these the first text is.
MAKERS = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QMessageBox",
    "QDockWidget", "QCommandLinkButton", "QTableWidgetItem", "QListWidgetItem", "QTreeWidgetItem", "QStandardItem",
    "addItem", "Label", "Button",
}  # fmt: skip
ASKING = {"question", "information", "warning", "critical", "getText", "getItem", "getInt", "getMultiLineText"}
DIALOGS = {"QMessageBox", "QInputDialog"}
LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]")
KEYS = re.compile(r"\b(?:(?:Alt|Ctrl|Shift)\+)+\w?|\b(?:Esc|Enter|Tab|F\d{1,2})\b")


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.List | ast.Tuple):
        for one in node.elts:
            yield from _literals(one)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from _literals(node.left)
        yield from _literals(node.right)


def _read_by_people(call: ast.Call) -> list[ast.expr]:
    name = name_of(call)
    owner = name_of(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    named = [one.value for one in call.keywords if one.arg in ("text", "title", "words", "label")]
    if name in SETTERS or (name in ASKING and owner in DIALOGS):
        return [*call.args, *named]
    return [*call.args[:1], *named] if name in MAKERS else []


def test_every_word_in_a_window_can_be_translated() -> None:
    wrong = [
        source.at(call, f"{name_of(call)}({words!r})")
        for source in sources("desktop")
        for call in calls(source)
        for given in _read_by_people(call)
        for words in _literals(given)
        if LETTERS.search(KEYS.sub("", words))
    ]
    assert not wrong, told(wrong)
