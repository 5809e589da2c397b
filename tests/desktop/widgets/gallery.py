"""Pictures of every widget, light and dark, in both languages, at 1366x768: `python -m tests.desktop.widgets.gallery`.

They are written to build/gallery for people to look at.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from desktop.theme import apply_theme
from desktop.widgets import set_language, set_place
from tests.desktop.widgets import scenes

FOLDER = Path(__file__).resolve().parents[3] / "build" / "gallery"
SIZE = (1366, 768)


def make_pictures(folder: Path, only: str = "") -> list[Path]:
    """Save a picture of each scene, theme and language; returns the files."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    set_place("Asia/Shanghai", "CNY")
    saved: list[Path] = []
    for look in ("light", "dark"):
        apply_theme(app, look)
        for tongue in ("en", "zh"):
            set_language(tongue)
            for name, scene in scenes.SCENES.items():
                if only in name:
                    saved.append(_picture(app, scene, folder / f"{name}-{look}-{tongue}.png"))
    return saved


def _picture(app: QApplication, scene: Callable[[], QWidget], file: Path) -> Path:
    widget = scene()
    widget.resize(*SIZE)
    widget.show()
    for _turn in range(5):
        app.processEvents()
    assert widget.grab().save(str(file))
    widget.close()
    widget.deleteLater()
    app.processEvents()
    return file


if __name__ == "__main__":
    for picture in make_pictures(FOLDER, sys.argv[1] if len(sys.argv) > 1 else ""):
        sys.stdout.write(f"{picture}\n")
