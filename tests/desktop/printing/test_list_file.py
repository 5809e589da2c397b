"""A list as a file: long work says how far it is and can be stopped, and a stopped file leaves the old one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.documents import Column, Sheet
from core.errors import Refused
from core.i18n import Text, _
from desktop.jobs import Cancelled
from desktop.ops import Ops
from desktop.printing.file_bar import FileBar
from desktop.printing.list_file import write_sheet

ROWS = 1_200


def a_sheet() -> Sheet:
    return Sheet(_("Items"), (Column("code", _("Code")),), ((f"A-{number}",) for number in range(ROWS)))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_reading_and_writing_say_how_far_they_are(tmp_path: Path, ending: str) -> None:
    told: list[tuple[float, str]] = []
    path = tmp_path / f"list.{ending}"
    assert write_sheet(a_sheet(), path, "en", lambda share, words: told.append((share, str(words)))) == ROWS
    assert (-1, "1,000 rows read") in told
    assert (0.0, "0 of 1,200 rows written") in told
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_stopped_file_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("before", encoding="utf-8")

    def stop(share: float, _words: Text) -> None:
        if share > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_sheet(a_sheet(), path, "en", stop)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_sheet(a_sheet(), tmp_path / "none" / "list.csv", "en")


def test_the_bar_comes_after_a_second_and_cancels_the_work(qtbot: QtBot, ops: Ops) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(800, 600)
    owner.show()
    bar, ended = FileBar(owner), list[str]()

    def work(report: Callable[[float, Text], None]) -> None:
        try:
            while True:
                report(-1, _("{count} rows read", count="500"))
        except Cancelled:
            ended.append("cancelled")
            raise

    job = ops.run(owner, work, progress=bar.progress)
    bar.start(job, _("Writing {file}…", file="list.csv"), lambda: None)
    assert bar.isHidden()
    qtbot.waitUntil(bar.isVisible)
    assert bar.geometry().bottom() == owner.rect().bottom()
    bar.cancel.click()
    qtbot.waitUntil(lambda: ops.is_idle)
    assert ended == ["cancelled"]
