"""What a layout is tried with: samples, the longest names, a real thing; and at which dots."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import labels
from core.i18n import Text, _
from core.labels import LabelContent, Layout
from core.words import LabelSubject
from desktop.context import AppContext
from desktop.labels.pickers import Finder
from desktop.widgets import Choice, Found, Label, RecordPicker

DPIS = (203, 300)
LONG_ZH = "有机全脂纯牛奶利乐枕装家庭分享整箱特惠超值组合限时供应十二盒"
LONG_EN = "Organic whole milk in family size cartons, twelve pieces, limited special offer"
TRIALS: tuple[tuple[str, Text], ...] = (
    ("sample_zh", _("Samples, Chinese")), ("sample_en", _("Samples, English")), ("long_zh", _("Longest Chinese name")),
    ("long_en", _("Longest English name")), ("real", _("The real thing picked")),
)  # fmt: skip


class TrialBar(QWidget):
    """`changed` when something else is tried, `refused(error)` when a real thing cannot be had."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, context: AppContext, verdict: Label) -> None:
        super().__init__()
        self._context = context
        self._subject = "item"
        self._real: LabelContent | None = None
        self._finder = Finder(context, self)
        self.kind = Choice(_("Try with"), options=TRIALS, search=False)
        self.dpi = Choice(_("Dots"), options=[(one, f"{one} dpi") for one in DPIS], search=False)
        self.thing = RecordPicker(_("Real thing"), self._finder.complete, placeholder=_("Try with a real one"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 4)
        row.setSpacing(8)
        for editor, share in ((self.kind, 2), (self.dpi, 1), (self.thing, 3)):
            row.addWidget(editor, share)
        row.addWidget(verdict, 4)
        self.kind.set_value("sample_zh")
        self.dpi.set_value(DPIS[0])
        self.kind.changed.connect(self.changed)
        self.dpi.changed.connect(self.changed)
        self.thing.picked.connect(self._on_thing)

    def dots(self) -> int:
        """The resolution it is drawn at."""
        return int(self.dpi.value() or DPIS[0])

    def set_subject(self, subject: str) -> None:
        """What the layout is for."""
        if subject != self._subject:
            self._subject, self._real = subject, None
            self._finder.subject = LabelSubject(subject)

    def content(self, layout: Layout) -> LabelContent:
        """The words the layout is tried with."""
        kind = self.kind.value()
        if kind == "real" and self._real is not None:
            return self._real
        content = labels.sample_content(layout, "en" if kind in ("sample_en", "long_en") else "zh")
        dear = {"price": "12888.80", "price_text": "¥12888.80", "price_whole": "12888"}
        if kind == "long_zh":
            return content.with_fields(name=LONG_ZH, place="A-12-34-5", **dear)
        if kind == "long_en":
            return content.with_fields(name=LONG_EN, name_en=LONG_EN, **dear)
        return content

    def _on_thing(self, found: Found) -> None:
        def take(contents: list[LabelContent]) -> None:
            self._real = contents[0]
            self.kind.set_value("real")
            self.changed.emit()

        office, subject = self._context.office, self._subject
        self._context.ops.run(
            self,
            lambda: office.ask(labels.label_contents, subject=subject, ids=[found.id], language=office.site.language),
            then=take, failed=self.refused.emit,
        )  # fmt: skip
