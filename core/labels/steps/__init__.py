"""Building blocks: drawing, reading back, printer languages, ready layouts, contents."""
