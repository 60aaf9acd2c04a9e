"""What each page shows, as values; all queries happen here."""
