"""Building blocks of bringing a file in."""
