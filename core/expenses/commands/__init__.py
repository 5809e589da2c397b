"""What a person can do with expenses."""
