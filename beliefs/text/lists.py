"""All lists of words at once, for a process that would rather wait before it is asked."""

from mindhold.beliefs.text import forms, lexicon, unspaced, words


def read() -> None:
    """Reads the lists that take longer than a moment: 0.1 s and 30 MB, nothing the second time."""
    forms.form("")
    for look_up in (words.rank, words.technical, words.phrase, words.closed_class):
        look_up("")
    words.licensed("", "")
    for language in lexicon.LISTED:
        lexicon.parts_in(language, "")
    for japanese in (True, False):
        unspaced.is_word("", 0, 0, japanese=japanese)
