"""What the answer pack's papers say."""
