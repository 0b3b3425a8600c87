"""Other programs' training logs in, and everything out."""
