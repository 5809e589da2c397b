"""Pure decisions of counting: what to count, what a figure means, when a difference matters, how good a count was."""
