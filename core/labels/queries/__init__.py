"""What can be asked about labels."""
