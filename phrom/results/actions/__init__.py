"""What people do with results, a verb a function."""
