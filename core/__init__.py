"""Everything the business knows. No Qt here; a window, the command line and a test call the same functions."""
