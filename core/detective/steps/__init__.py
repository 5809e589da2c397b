"""Where the clues come from: sets of rows, a fixed number of statements for one difference."""
