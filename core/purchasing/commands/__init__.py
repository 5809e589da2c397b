"""What a person can do in purchasing."""
