"""What may explain a difference: each explanation is a small pure function of the clues."""
