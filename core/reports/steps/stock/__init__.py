"""Reports about stock."""
