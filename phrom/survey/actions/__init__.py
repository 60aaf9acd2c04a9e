"""What people do in a round, a verb a function."""
