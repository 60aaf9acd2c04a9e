"""What the room's pages show: all queries are here."""
