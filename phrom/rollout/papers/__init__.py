"""Papers of the room: what each says, as blocks."""
