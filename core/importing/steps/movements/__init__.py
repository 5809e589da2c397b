"""Stock movements from a file: read, grouped into documents, posted in the order of the rows."""

from core.importing.steps.movements.run import post_movements

__all__ = ["post_movements"]
