"""Building blocks of purchasing for its own commands and those of higher rows."""
