"""What a person can do with months and their cost."""
