"""Explore: what the truth of a claim turns on. Tables in, tables out; nothing here knows a game."""
