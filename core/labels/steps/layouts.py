"""Ready layouts that came with the program, and what is wrong with a layout before anything is printed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from core.errors import NotFound
from core.i18n import _
from core.labels.rules.fields import samples
from core.labels.rules.layouts import layout_from_json
from core.labels.steps.arrange import arrange
from core.labels.types import LabelContent, Layout, Trouble
from core.paths import resource


@cache
def ready_layouts() -> Mapping[str, Layout]:
    """The layouts that came with the program, by code, in the order of their codes."""
    files = sorted(resource("templates", "labels").glob("*.json"))
    found = (layout_from_json(file.read_text(encoding="utf-8")) for file in files)
    return {layout.code: layout for layout in found}


def load_layout(code: str) -> Layout:
    """A ready layout by its code. Raises NotFound with the codes there are."""
    layout = ready_layouts().get(code.strip())
    if layout is None:
        known = ", ".join(ready_layouts())
        raise NotFound(
            _("There is no label template {code}. There are: {known}.", code=code[:60], known=known), field="template"
        )
    return layout


def sample_content(layout: Layout, language: str) -> LabelContent:
    """A label with the samples of every field, for the designer's preview and the test label."""
    return LabelContent(layout.subject, 0, "SAMPLE", samples(layout.subject, language), language)


def check_layout(layout: Layout, dpi: int) -> list[Trouble]:
    """What is wrong with a layout at a resolution: elements over the edge, frames too low for their words, codes that do
    not fit, each with the millimetres that would. Codes are tried with the samples of their fields, in both languages.
    Raises InvalidInput for a resolution nobody has."""
    found: dict[tuple[str, int | None], Trouble] = {}
    for language in ("zh", "en"):
        for trouble in arrange(layout, sample_content(layout, language), dpi).troubles:
            if trouble.word not in ("missing_field", "shortened"):
                found.setdefault((trouble.word, trouble.element), trouble)
    return list(found.values())
