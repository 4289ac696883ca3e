"""Long: what is looked at of a text that nobody can have typed."""

MOST = 100_000  # characters of a user's turn that are looked at, half of them from its end


def shortened(text: str) -> str:
    """The text, or its two ends: what somebody says of a paste stands before or behind it.

    Reading is linear, but so many megabytes in one turn would keep every other call waiting.
    """
    if len(text) <= MOST:
        return text
    half = MOST // 2
    return text[:half] + "\n" + text[-half:]
