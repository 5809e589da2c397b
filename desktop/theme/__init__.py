"""How Steward looks: two themes of the same tokens, one accent colour, one font, own line icons.

- `apply_theme(app, "light" | "dark" | "system", text_scale=1.0)` dresses the whole application, and may be called
  again at any time; widgets of `desktop.widgets` repaint by themselves.
- `theme()` is the set of tokens in force (colours, sizes); painters read it each time they paint.
- `icon("stock")` a QIcon of resources/icons in the theme's colours; `icon_pixmap` one drawn at an exact size.
- `themes.changed` is emitted after a change, for whoever keeps an icon.

Colour means something only: `Meaning` is danger (red), soon (orange), watch (yellow), good (green), accent or plain,
and always stands with an icon or a word.
"""

from desktop.theme.dress import apply_theme, theme, themes
from desktop.theme.fonts import fit_font, fit_lines, row_height, text_font, text_px
from desktop.theme.icons import icon, icon_names, icon_pixmap
from desktop.theme.tokens import DARK, LIGHT, MEANING_ICONS, Meaning, Theme, contrast

__all__ = [
    "DARK",
    "LIGHT",
    "MEANING_ICONS",
    "Meaning",
    "Theme",
    "apply_theme",
    "contrast",
    "fit_font",
    "fit_lines",
    "icon",
    "icon_names",
    "icon_pixmap",
    "row_height",
    "text_font",
    "text_px",
    "theme",
    "themes",
]
