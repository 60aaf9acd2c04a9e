"""Checks of what was posted; nothing is saved here."""
