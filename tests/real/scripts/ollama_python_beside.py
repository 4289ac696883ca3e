"""ollama-python beside its chats: vectors, the models there are, and what one of them is."""

import ollama
from asked import URL, talk

client = ollama.Client(host=URL)


def everything(text):
    return [
        client.embed(model="llama3.2", input=[text, "b"]).embeddings,
        [model.model for model in client.list().models],
        client.show("llama3.2").capabilities,
        client.ps().models,
    ]


talk(everything, ollama.ResponseError)
