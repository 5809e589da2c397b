"""The pivot: prepared tables with their fields, grouped by the database, named in both languages."""
