"""One file per format: a path becomes a Document."""
