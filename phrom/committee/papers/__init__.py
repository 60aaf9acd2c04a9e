"""What the room's papers say."""
