"""Papers: one frame for every slip and report on A4 and A5, drawn with embedded fonts."""

from core.documents.paper.render import render_pdf
from core.documents.paper.ruler import FROM_EDGE as RULER_MM
from core.documents.paper.ruler import render_ruler

__all__ = ["RULER_MM", "render_pdf", "render_ruler"]
