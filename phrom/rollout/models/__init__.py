"""The rows of the room."""
