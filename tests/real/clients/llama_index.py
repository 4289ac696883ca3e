"""llama-index, with its client of servers that are like OpenAI's."""

from real.clients._scripted import scripted
from real.source import Python

SOURCE = Python("llama-index-llms-openai-like")
CLIENTS = scripted("llama-index", SOURCE, "llama_index_sdk.py", ("chat",))
