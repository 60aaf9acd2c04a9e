"""What each page of the room shows, as values; all queries happen here."""
