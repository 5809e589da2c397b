"""What scales say, one file a family of protocols."""
