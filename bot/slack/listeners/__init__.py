"""One module per way in; each has `register(app, desk)`, a routing table."""
