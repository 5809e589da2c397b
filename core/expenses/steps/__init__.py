"""Building blocks of expenses."""
