"""Scope, call one thing, respond."""
