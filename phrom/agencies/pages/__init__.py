"""What the room's pages show, as values."""
