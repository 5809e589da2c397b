"""What a person can see of purchasing."""
