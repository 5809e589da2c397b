"""What a file means: its characters, its cells, its columns, and which rows belong to one document."""
