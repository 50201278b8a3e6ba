"""Words to values and back; the same parsers read documents and questions."""
