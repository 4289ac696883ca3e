"""Every exchange of the conformance corpus, by dialect."""

from wire.cases import chat, generate, messages, ollama, responses, transport
from wire.corpus import Case

CORPUS: dict[str, list[Case]] = {
    dialect.DIALECT.name: [*transport.cases(dialect.DIALECT), *dialect.cases()]
    for dialect in (chat, responses, messages, ollama, generate)
}
