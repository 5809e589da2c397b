"""Reports about purchasing, suppliers, prices and what is owed."""
