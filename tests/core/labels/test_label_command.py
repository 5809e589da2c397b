"""`steward label`: files in every language, sentences and exit code 2 for what is wrong."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from core import labels
from core.catalog import NewBarcode, NewItem
from core.cli import main
from core.office import Office
from tests.core.labels.samples import EAN, read
from tests.factories import make_items, make_place
from tests.helpers.printers import print_escpos, print_tspl, print_zpl
from tests.helpers.sites import ADMIN, PASSWORD

Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def site(sqlite_site: str) -> str:
    """A site with two items for sale and a place."""
    with Office.open(sqlite_site, station="test") as office:
        office.sign_in(ADMIN, PASSWORD)
        make_items(
            office,
            [
                NewItem(
                    name="全脂牛奶", name_en="Whole milk", base_unit="瓶", code="MLK-1", spec="250 ml", origin="内蒙古",
                    sale_price=Decimal("4.80"), barcodes=(NewBarcode(EAN),), shelf_life_days=3,
                ),
                NewItem(name="无价之物", base_unit="个", code="X-1"),
            ],
        )  # fmt: skip
        make_place(office, "A-1")
    return sqlite_site


@pytest.fixture
def label(site: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run `steward label` on the site: exit code, standard output, standard error."""
    monkeypatch.setenv("STEWARD_LANGUAGE", "en")

    def run(*arguments: object) -> tuple[int, bytes, str]:
        capfdbinary.readouterr()
        code = main(["label", "--site", site, *map(str, arguments)])
        sys.stdout.flush()
        told = capfdbinary.readouterr()
        return code, told.out, told.err.decode()

    return run


SHELF = ("--template", "shelf-60x40", "--items", "MLK-1")


def test_every_language_gives_a_file_that_reads(label: Run, tmp_path: Path) -> None:
    made = {}
    for language in ("zpl", "tspl", "escpos", "pdf", "png"):
        out = tmp_path / f"label.{language}"
        code, _out, err = label(*SHELF, "--copies", 2, "--language", language, "--dpi", 203, "--out", out)
        assert (code, "Written" in err or "已写入" in err) == (0, True)
        made[language] = out.read_bytes()
    (zpl,) = print_zpl(made["zpl"], (480, 320), 203)
    (tspl,) = print_tspl(made["tspl"], 8)
    assert (zpl.copies, tspl.copies, len(print_escpos(made["escpos"]))) == (2, 2, 2)
    for picture in (zpl.picture, tspl.picture, print_escpos(made["escpos"])[1].picture):
        assert read(picture) == [EAN]
    document = pypdfium2.PdfDocument(made["pdf"])
    assert (len(document), read(document[1].render(scale=300 / 72).to_pil())) == (2, [EAN])
    document.close()
    assert read(Image.open(io.BytesIO(made["png"]))) == [EAN, EAN]


def test_the_ending_of_the_file_says_the_language_and_output_may_be_piped(label: Run, tmp_path: Path) -> None:
    out = tmp_path / "label.zpl"
    assert label(*SHELF, "--out", out)[0] == 0
    code, piped, _err = label(*SHELF, "--language", "ZPL")
    assert (code, piped) == (0, out.read_bytes())


def test_sheets_begin_where_the_last_ones_ended(label: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    template = ("--template", "shelf-63x38", "--items", f"MLK-1,{EAN}")
    assert label(*template, "--copies", 10, "--sheet", "L7160", "--start-at", 3, "--out", out)[0] == 0
    document = pypdfium2.PdfDocument(out.read_bytes())
    assert len(document) == 2
    document.close()


def test_places_and_kitchen_labels(label: Run, tmp_path: Path) -> None:
    assert label("--template", "bin-50x30", "--places", "A-1", "--out", tmp_path / "bin.png")[0] == 0
    assert (
        label("--template", "prep-60x40", "--items", "MLK-1", "--words", "en", "--out", tmp_path / "prep.png")[0] == 0
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    (
        ((*SHELF, "--language", "zpl", "--dpi", 200), "180, 203, 300, 600"),
        ((*SHELF, "--language", "zplx"), "zpl, tspl, escpos, pdf, png"),
        ((*SHELF, "--language", "zpl", "--copies", 0), "1 to 9999"),
        ((*SHELF, "--language", "zpl", "--sheet", "L7160"), "--language pdf"),
        ((*SHELF, "--language", "pdf", "--sheet", "L1"), "L7160"),
        ((*SHELF, "--language", "pdf", "--sheet", "L7160"), "does not fit"),
        ((*SHELF, "--language", "pdf", "--words", "fr"), "zh or en"),
        (
            (
                "--template",
                "shelf-63x38",
                "--items",
                "MLK-1",
                "--language",
                "pdf",
                "--sheet",
                "L7160",
                "--start-at",
                99,
            ),
            "1 to 21",
        ),
        (("--template", "nope", "--items", "MLK-1", "--language", "zpl"), "nope"),
        (("--template", "shelf-60x40", "--items", "NOPE", "--language", "zpl"), "NOPE"),
        (("--template", "shelf-60x40", "--items", "X-1", "--language", "zpl"), "must stand"),
        (("--template", "shelf-60x40", "--language", "zpl"), "--items"),
        (("--template", "bin-50x30", "--items", "MLK-1", "--language", "zpl"), "--places"),
        (("--template", "bin-50x30", "--places", "NO", "--language", "zpl"), "NO"),
        ((*SHELF, "--language", "zpl", "--printer", "Nobody"), "Nobody"),
    ),
)
def test_what_is_wrong_is_said_with_exit_code_two(label: Run, arguments: tuple[object, ...], said: str) -> None:
    code, out, err = label(*arguments)
    assert (code, out) == (2, b"")
    assert any(words in err for words in (said, *_CHINESE.get(said, ())))


# The site speaks Chinese, and so do its sentences once it is open.
_CHINESE = {
    "180, 203, 300, 600": ("180, 203, 300, 600",),
    "does not fit": ("放不进",),
    "1 to 21": ("1 到第 21",),
    "must stand": ("必须标明",),
    "1 to 9999": ("1 到 9999",),
    "zh or en": ("zh 或 en",),
}


def test_a_folder_that_is_not_there_is_said(label: Run, tmp_path: Path) -> None:
    code, _out, err = label(*SHELF, "--out", tmp_path / "no" / "label.zpl")
    assert code == 2
    assert "label.zpl" in err


def test_the_command_and_the_library_make_the_same(label: Run, site: str) -> None:
    _code, made, _err = label(*SHELF, "--language", "tspl", "--dpi", 300)
    with Office.open(site, station="test") as office:
        office.sign_in(ADMIN, PASSWORD)
        ids = office.ask(labels.find_labelled, subject="item", codes=["MLK-1"])
        (content,) = office.ask(labels.label_contents, subject="item", ids=ids, language=office.site.language)
    assert made == labels.encode(labels.draw(labels.load_layout("shelf-60x40"), content, 300), "tspl")
