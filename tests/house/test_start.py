"""What the start of the program may cost, and that the Qt it starts with keeps count of its objects."""

from __future__ import annotations

import subprocess
import sys

from tests.house.tree import ROOT

# Slow to load and not needed before a person asks for what they do.
LATER = ("reportlab", "openpyxl", "xlsxwriter", "pypinyin", "alembic", "psycopg", "PIL", "numpy", "pypdfium2", "typer")

EMITS = """
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    told = Signal(bool)

count = 0

def heard(is_so):
    global count
    count += is_so

sender = Sender()
sender.told.connect(heard)
for _ in range(5000):
    sender.told.emit(True)
print(count)
"""


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_the_window_starts_without_what_is_needed_later() -> None:
    if not (ROOT / "desktop" / "app.py").is_file():
        return
    loaded = _python(f"import sys; import desktop.app; print(*[name for name in {LATER!r} if name in sys.modules])")
    assert loaded == ""


def test_five_thousand_signals_arrive() -> None:
    """PySide6 6.12.0 on Python 3.11 aborts here after some hundred: it gives back one reference to True too many."""
    assert _python(EMITS) == "5000"
