"""Reports about usage and movements."""
