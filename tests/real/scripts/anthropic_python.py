"""anthropic-python: messages; `cached` is an agent's kind, with breakpoints and thinking."""

import anthropic
from asked import API, CITY, KEY, STREAM, TOOLS, URL, talk, weather

client = anthropic.Anthropic(base_url=URL, api_key=KEY)
TOOL = {"name": "weather", "description": weather.__doc__, "input_schema": CITY}
BREAK = {"cache_control": {"type": "ephemeral"}}
PLAIN = {"model": "claude-opus-5", "max_tokens": 2_048, "system": "Be brief."}
CACHED = PLAIN | {
    "system": [
        {"type": "text", "text": "You are an agent."},
        {"type": "text", "text": "Be brief."} | BREAK,
    ],
    "thinking": {"type": "enabled", "budget_tokens": 1_024},
}


class Conversation:
    """Sends its whole history each time; where cached, breakpoints end the last two user turns."""

    def __init__(self):
        self.messages = []

    def say(self, text):
        said = [{"type": "text", "text": text}] if API == "cached" else text
        while True:
            self.messages.append({"role": "user", "content": said})
            answer = self.answer()
            self.messages.append({"role": "assistant", "content": answer.content})
            said = [result(block) for block in answer.content if block.type == "tool_use"]
            if not said:
                return "".join(block.text for block in answer.content if block.type == "text")

    def answer(self):
        tools = [TOOL | BREAK if API == "cached" else TOOL] if TOOLS else anthropic.omit
        asked = (CACHED if API == "cached" else PLAIN) | {"tools": tools}
        asked["messages"] = broken(self.messages) if API == "cached" else self.messages
        if not STREAM:
            return client.messages.create(**asked)
        with client.messages.stream(**asked) as stream:
            return stream.get_final_message()


def broken(messages):
    """The messages with a breakpoint at the end of the last two that a user sent."""
    users = [at for at, message in enumerate(messages) if message["role"] == "user"]
    kept = list(messages)
    for at in users[-2:]:
        *before, last = kept[at]["content"]
        kept[at] = {"role": "user", "content": [*before, last | BREAK]}
    return kept


def result(block):
    return {"type": "tool_result", "tool_use_id": block.id, "content": weather(**block.input)}


talk(Conversation().say, anthropic.APIError)
