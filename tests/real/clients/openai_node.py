"""openai-node."""

from real.clients._scripted import scripted
from real.source import Node

CLIENTS = scripted("openai-node", Node("openai"), "openai_node.mjs", ("chat", "responses"))
