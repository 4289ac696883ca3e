"""pydantic-ai."""

from real.clients._scripted import scripted
from real.source import Python

SOURCE = Python("pydantic-ai-slim[openai,anthropic]")
APIS = ("chat", "responses", "messages")
CLIENTS = scripted("pydantic-ai", SOURCE, "pydantic_ai_sdk.py", APIS)
