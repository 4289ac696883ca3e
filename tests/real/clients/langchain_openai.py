"""langchain-openai."""

from real.clients._scripted import scripted
from real.source import Python

APIS = ("chat", "responses")
CLIENTS = scripted("langchain-openai", Python("langchain-openai"), "langchain_openai_sdk.py", APIS)
