"""What this PC remembers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray

from desktop.settings import Settings


def test_values_come_back_after_a_restart(home: Path) -> None:
    settings = Settings()
    settings.language, settings.theme, settings.last_site = "zh", "dark", "Jiangnan"
    settings.remember_person("D:/sites/a.steward", "王小明")
    settings.remember_printer("receipt", "Slips")
    settings.put("papers_folder", "/tmp")
    settings.save("stock.on_hand", "1,2,3")
    settings.remember_window(QByteArray(b"\x01\x02"))
    settings.write()
    again = Settings()
    assert (again.language, again.theme, again.last_site) == ("zh", "dark", "Jiangnan")
    assert again.last_person("D:/sites/a.steward") == "王小明"
    assert again.printer("receipt") == "Slips"
    assert again.get("papers_folder") == "/tmp"
    assert again.load("stock.on_hand") == "1,2,3"
    assert again.window_geometry() == QByteArray(b"\x01\x02")


def test_everything_has_a_default_and_nonsense_is_passed_over(home: Path) -> None:
    settings = Settings()
    assert settings.language in ("zh", "en")
    settings.language, settings.theme = "tlh", "pink"
    assert settings.language in ("zh", "en")
    assert settings.theme == "system"
    assert settings.load("nothing") is None
    assert settings.get("nothing", "default") == "default"
    assert settings.window_geometry().isEmpty()
