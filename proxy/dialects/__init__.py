"""Dialects: one adapter a wire format, each a few read-only questions over raw JSON."""
