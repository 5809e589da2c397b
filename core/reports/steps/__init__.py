"""Building blocks of reports: their definitions, and the files they become."""
