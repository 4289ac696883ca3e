"""@anthropic-ai/sdk."""

from real.clients._scripted import scripted
from real.source import Node

CLIENTS = scripted("anthropic-js", Node("@anthropic-ai/sdk"), "anthropic_js.mjs", ("messages",))
