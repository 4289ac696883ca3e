"""What differs from language to language in the hearing of statements: words, not machinery."""
