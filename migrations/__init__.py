"""The history of the schema, one step a file; it imports neither core nor db, so that old steps never change meaning."""
