"""What the door of the documents promises: quick to open, nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_heavy_libraries_are_imported_only_when_something_is_made() -> None:
    heavy = ["reportlab", "xlsxwriter", "openpyxl", "PIL"]
    code = f"import sys, core.documents; print([m for m in {heavy} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
