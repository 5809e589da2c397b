"""What is stored: tables, columns, engines. Imports nothing of ours; holds every raw SQL text of the house."""
