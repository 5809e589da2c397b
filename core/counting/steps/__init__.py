"""Building blocks of counting: the count and its lines, what the book said when, and what could be counted."""
