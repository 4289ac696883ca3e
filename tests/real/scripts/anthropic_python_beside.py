"""anthropic-python beside its messages: counted tokens, models, raw answers."""

import anthropic
from asked import KEY, URL, talk

client = anthropic.Anthropic(base_url=URL, api_key=KEY, max_retries=0)


def everything(text):
    messages = [{"role": "user", "content": text}]
    raw = client.messages.with_raw_response.create(
        model="claude-opus-5", max_tokens=64, messages=messages
    )
    counted = client.messages.count_tokens(model="claude-opus-5", messages=messages)
    return [
        raw.status_code,
        raw.headers["request-id"][:4],
        raw.parse().content[0].text,
        counted.input_tokens,
        client.models.retrieve("claude-opus-5").id,
        [model.id for model in client.models.list()],
    ]


talk(everything, anthropic.APIError)
