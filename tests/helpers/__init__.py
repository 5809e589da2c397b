"""What tests of every floor need."""
