"""`python -m desktop.tour`: pictures of every page in both languages, and every paper.

Makes the sample site in a temporary folder, opens every registered page and its variants off-screen on a screen of
1366x768 pixels, waits until each says that it is loaded, saves a picture, then makes every registered paper as PDF with
a picture of its first page. Prints the list of files; ends with 1 when a page showed an error or did not finish.

One look at a time: `--theme dark --scale 1.5 --language en --only stock.` (see `--help`). With `--check` it also prints
what is cut off on each.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from core.errors import CoreError
from core.i18n import LANGUAGES, Language
from desktop.app import Program, make_application
from desktop.context import Paper
from desktop.cut_off import cut_off
from desktop.domains import full_registry
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.shell import Page, PaperMaker, ShellRegistry, Variant
from desktop.shell.frame import Desk, Frame
from desktop.shell.health import Health
from desktop.shell.host import answer_of
from desktop.shell.signin import SignInStage, Tile
from desktop.shell.start import StartStage
from desktop.theme import apply_theme
from desktop.widgets import set_place

if TYPE_CHECKING:
    from core.office import Office

SCREEN = (1366, 768)
LOOK_MS = 15
MOST_MS = 60_000
SETTLING = 4
LEAST_WIDE, LABEL_DPI = 500, 300
"""Papers that would be smaller pictures are labels: shown dot by dot, as a fine label printer has them."""


@dataclass(frozen=True)
class Look:
    """What is looked at: the languages, only routes and papers that begin so, the scale of the screen.

    `scale` is what the windows are drawn at (QT_SCALE_FACTOR); the screen keeps its pixels, so less stands on it.
    """

    languages: tuple[Language, ...] = LANGUAGES
    only: str = ""
    scale: float = 1.0
    checks: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """The window in the pixels of Qt."""
        return round(SCREEN[0] / self.scale), round(SCREEN[1] / self.scale)


class Tour(QObject):
    """One round through the program. `files` is what was saved, `failures` what went wrong, `findings` what is cut off."""

    def __init__(
        self,
        program: Program,
        office: Office,
        out: Path,
        registry: ShellRegistry | None = None,
        look: Look = Look(),
    ) -> None:
        super().__init__()
        self._program, self._office, self._out, self._look = program, office, out, look
        self._registry = registry or full_registry()
        self._actor = office.sign_in_as_system()
        self._ops = Ops(program.workers, office, lambda _owner, _text, answered: answered(False), self)
        self._hub = Hub(self)
        self.files: list[Path] = []
        self.failures: list[str] = []
        self.findings: list[str] = []
        self._here = ""
        self._frame: Frame | None = None
        self._health = Health(self._ops, self._hub, lambda: self._frame, self)
        self._ops.crashed.connect(self._on_crash)
        self._ops.unheard.connect(lambda error: self._fail(str(error)))
        self._ops.unavailable.connect(lambda error: self._fail(str(error)))
        site = office.site
        set_place(site.zone, site.currency)

    def go_round(self) -> None:
        """Everything, in each language."""
        before = sys.excepthook
        sys.excepthook = lambda _kind, error, _trace: self._on_crash(error)
        try:
            for language in self._look.languages:
                self._program.speak_to(language)
                if not self._look.only:
                    self._show_doors(language)
                self._show_pages(language)
            for paper in self._registry.papers:
                for language in self._look.languages if paper.id.startswith(self._look.only) else ():
                    self._make_papers(paper, language)
        finally:
            sys.excepthook = before

    # -- pages

    def _show_doors(self, language: Language) -> None:
        """What stands before the frame: first start and sign-in."""
        start = StartStage([], language)
        self._picture(start, language, "00-start")
        start.show_new_site()
        self._picture(start, language, "00-start-new-site")
        start.show_join()
        self._picture(start, language, "00-start-join")
        people = [Tile(person.name, person.has_pin, person.has_password) for person in self._office.people()]
        self._picture(SignInStage(self._office.site.title(language), people), language, "01-sign-in")

    def _show_pages(self, language: Language) -> None:
        desk = Desk(self._office, self._ops, self._hub, self._program.settings, self._registry, self._actor)
        frame = Frame(desk, language)
        self._program.window.show_stage(frame)
        self._program.window.resize(*self._look.size)
        self._program.window.show()
        self._frame = frame
        self._ops.ping()
        for number, page in enumerate(self._registry.pages, start=2):
            if page.route.startswith(self._look.only):
                self._show_page(frame, page, language, f"{number:02d}-{page.route.replace('.', '-')}")
        if not self._look.only:
            self._show_overlays(frame, language)

    def _show_overlays(self, frame: Frame, language: Language) -> None:
        self._here = f"{language} palette"
        frame.open_palette()
        self._wait(lambda: self._ops.is_idle)
        self._picture(frame, language, "98-palette", is_stage=False)
        frame.palette_list.close_up()
        frame.show_keys()
        self._picture(frame, language, "99-keys", is_stage=False)

    def _show_page(self, frame: Frame, page: Page, language: Language, name: str) -> None:
        variants = (Variant("", {}), *page.variants) if page.in_tabs else page.variants
        if not variants:
            self._fail(f"{page.route} has no variant to be shown with")
        for variant in variants:
            full = f"{name}-{variant.name}" if variant.name else name
            self._here = f"{language} {full}"
            try:
                args = variant.find_args(self._office) if variant.find_args else variant.args
                shown = frame.host.go(page.route, args)
                self._wait_for(shown)
                if variant.prepare is not None:
                    variant.prepare(shown)
                    self._wait_for(shown)
            except Exception as error:
                self._on_crash(error)
                continue
            words = answer_of(shown, "error_text")
            if words:
                self._fail(str(words))
            self._picture(frame, language, full, is_stage=False)

    def _wait_for(self, page: QWidget) -> None:
        self._wait(lambda: self._ops.is_idle and answer_of(page, "is_loaded") is not False)

    def _wait(self, is_done: Callable[[], bool]) -> None:
        """Let the program go on until something is so, at most a minute."""
        loop, timer, limit = QEventLoop(), QTimer(), QTimer()
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(lambda: loop.quit() if is_done() else None)
        limit.setSingleShot(True)
        limit.timeout.connect(lambda: self._fail("was not loaded within a minute"))
        limit.timeout.connect(loop.quit)
        timer.start()
        limit.start(MOST_MS)
        loop.exec()
        timer.stop()
        limit.stop()

    def _picture(self, widget: QWidget, language: Language, name: str, *, is_stage: bool = True) -> None:
        if is_stage:
            self._program.window.show_stage(widget)
            self._program.window.resize(*self._look.size)
            self._program.window.show()
        for _round in range(SETTLING):
            QApplication.processEvents()
        file = self._file(language, f"{name}.png")
        self._program.window.grab().save(str(file))
        self.files.append(file)
        if self._look.checks:
            self.findings += [f"{language} {name}: {words}" for words in cut_off(self._program.window)]

    # -- papers

    def _make_papers(self, maker: PaperMaker, language: Language) -> None:
        from desktop.printing import page_picture

        self._here = f"{language} paper {maker.id}"
        try:
            papers = maker.examples(self._office, language)
        except CoreError as error:
            self._fail(str(error))
            return
        except Exception as error:
            self._on_crash(error)
            return
        if not papers:
            self._fail("has no example")
        for paper, ending in zip(papers, _endings(papers), strict=True):
            file = self._file(language, f"paper-{maker.id}{ending}.pdf")
            file.write_bytes(paper.pdf)
            picture = file.with_suffix(".png")
            drawn = page_picture(paper.pdf)
            if drawn.width() < LEAST_WIDE:
                drawn = page_picture(paper.pdf, dpi=LABEL_DPI)
            drawn.save(str(picture))
            self.files += [file, picture]

    # -- inside

    def _file(self, language: Language, name: str) -> Path:
        folder = self._out / language
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    def _fail(self, words: str) -> None:
        self.failures.append(f"{self._here}: {words}")

    def _on_crash(self, error: BaseException) -> None:
        traceback.print_exception(error)
        self._fail(f"{type(error).__name__}: {error}")


def _endings(papers: Sequence[Paper]) -> list[str]:
    """How the files of one maker are told apart: by the code of a layout or sheet, else by running numbers."""
    if len(papers) == 1:
        return [""]
    codes = [paper.number for paper in papers]
    has_codes = all(paper.kind == "labels" and paper.number for paper in papers) and len({*codes}) == len(codes)
    return [f"-{code if has_codes else number}" for number, code in enumerate(codes, start=1)]


def main(arguments: list[str] | None = None) -> int:
    """Make the tour; 0 when every page and paper came out right."""
    parser = argparse.ArgumentParser(prog="python -m desktop.tour", description="Pictures of every page and paper.")
    parser.add_argument("--out", type=Path, default=Path("build/tour"), help="folder for the files")
    parser.add_argument("--site", default="", help="a site to show instead of a new sample site")
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="the look of the windows")
    parser.add_argument("--scale", type=float, default=1.0, help="scaling of the screen, such as 1.25 or 1.5")
    parser.add_argument("--language", choices=LANGUAGES, help="one language instead of both")
    parser.add_argument("--only", default="", help="only pages and papers whose name begins so, such as stock.")
    parser.add_argument("--check", action="store_true", help="say what is cut off, squeezed or out of its frame")
    chosen = parser.parse_args(arguments)
    look = Look((chosen.language,) if chosen.language else LANGUAGES, chosen.only, chosen.scale, chosen.check)
    if look.scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(look.scale)
    with tempfile.TemporaryDirectory(prefix="steward-tour-") as home:
        os.environ["STEWARD_HOME"] = home
        return _tour_of(chosen.site or _make_sample(Path(home)), chosen.out, chosen.theme, look)


def _make_sample(folder: Path) -> str:
    from core.sample import create_sample_site

    place = str(folder / "sample.steward")
    create_sample_site(place, progress=lambda share, words: None)
    return place


def _tour_of(site: str, out: Path, theme_name: str, look: Look) -> int:
    from core.office import Office

    program = Program(make_application(["tour"]))
    apply_theme(program.app, theme_name)
    with Office.open(site, station="tour") as office:
        tour = Tour(program, office, out, look=look)
        tour.go_round()
        program.window.close()
        program.shut_down()
    for file in tour.files:
        print(file)
    for failure in tour.failures:
        print("FAILED", failure, file=sys.stderr)
    for finding in tour.findings:
        print("CUT", finding)
    print(f"{len(tour.files)} files, {len(tour.failures)} failures")
    return 1 if tour.failures else 0


if __name__ == "__main__":
    sys.exit(main())
