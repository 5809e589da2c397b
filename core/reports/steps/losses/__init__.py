"""Reports about waste and counts."""
