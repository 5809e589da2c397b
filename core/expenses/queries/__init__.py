"""What a person can see of expenses."""
