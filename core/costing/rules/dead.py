"""Bands of dead stock."""

from __future__ import annotations

BANDS = (365, 180, 90)
"""Days without use, longest first; goods stand in the longest band they reach."""
