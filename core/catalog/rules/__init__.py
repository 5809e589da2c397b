"""Pure rules of the catalog: units, barcodes, codes, fields, terms, allergens, duplicates."""
