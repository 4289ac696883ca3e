"""Rules: the extractor that knows no model, only the plain forms in which people state things."""
