"""ollama-python: chats, with a picture, and prompts."""

import ollama
from asked import API, STREAM, TOOLS, URL, talk, weather

client = ollama.Client(host=URL)
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256))
messages = [{"role": "system", "content": "Be brief."}]


def chat(text):
    messages.append({"role": "user", "content": text} | pictures())
    while True:
        answer = ask()
        messages.append(answer)
        if not answer.get("tool_calls"):
            return answer["content"]
        for call in answer["tool_calls"]:
            result = weather(**call["function"]["arguments"])
            messages.append({"role": "tool", "content": result, "tool_name": "weather"})


def ask():
    tools = [weather] if TOOLS else None
    asked = client.chat(model="llama3.2", messages=messages, tools=tools, stream=STREAM)
    read = [piece.message for piece in asked] if STREAM else [asked.message]
    calls = [call.model_dump() for piece in read for call in piece.tool_calls or []]
    content = "".join(piece.content or "" for piece in read)
    return {"role": "assistant", "content": content} | ({"tool_calls": calls} if calls else {})


def pictures():
    return {"images": [PICTURE]} if API == "pictures" else {}


def generate(text):
    if not STREAM:
        return client.generate(model="llama3.2", prompt=text).response
    pieces = client.generate(model="llama3.2", prompt=text, stream=True)
    return "".join(piece.response for piece in pieces)


talk(generate if API == "generate" else chat, ollama.ResponseError)
