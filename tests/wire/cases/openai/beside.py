"""What OpenAI's API has beside chats and responses, and what servers of its kind add to it."""

from collections.abc import Iterator

from wire.cases.openai.media import FILES, MEDIA
from wire.cases.openai.texts import EMBEDDINGS, TEXTS
from wire.cases.openai.things import THINGS
from wire.corpus import Case


def cases() -> Iterator[Case]:
    """Every exchange that memory has no part in."""
    named = {"text": TEXTS, "embeddings": EMBEDDINGS, "files": FILES, "media": MEDIA, "": THINGS}
    for group, exchanges in named.items():
        for name, (request, steps) in exchanges.items():
            yield Case(name=f"{group}: {name}".removeprefix(": "), request=request, steps=steps)
