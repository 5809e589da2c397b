"""Papers: one frame for every slip and report on A4 and A5, drawn with embedded fonts."""

from core.documents.paper.render import render_pdf

__all__ = ["render_pdf"]
