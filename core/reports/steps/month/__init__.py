"""Reports of month-end: thin callers of what costing and expenses know."""
