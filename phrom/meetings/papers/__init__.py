"""Official papers of the room: what each says, as a document."""
