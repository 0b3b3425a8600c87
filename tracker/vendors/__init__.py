"""Recordings that other makers' apps export: what their columns hold, and how files are joined."""
