"""What the business decides, domain by domain."""
