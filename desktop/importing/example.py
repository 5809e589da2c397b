"""A file with a likely column and two wrong rows, for the picture of the page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.importing import ImportFile
from core.words import ImportKind
from desktop.importing.page import ImportPage

TEXT = """Item code,Name,Categry,Base unit,Pack units,Barcode,Safety stock,Colour
OIL-901,Rapeseed oil 5 L,Food > Oils,bottle,case=4,6901234567892,6,
RICE-901,Jasmine rice 25 kg,Food > Dry goods,kg,bag=25,,50,
SALT-901,Sea salt,Food > Dry goods,,box=12,,10,white
TEA-901,Jasmine tea,Drinks > Tea,box,case=twelve,6901234567899,5,
"""


def show_example(page: QWidget) -> None:
    """Put the file into the page, as if a person had chosen it."""
    assert isinstance(page, ImportPage)
    page.file.kind.set_value(ImportKind.ITEMS)
    page.file.show_file(ImportFile("new items.csv", TEXT.encode()))
