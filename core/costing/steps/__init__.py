"""Building blocks of the review."""
