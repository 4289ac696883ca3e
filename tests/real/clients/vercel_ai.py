"""Vercel's ai, with its providers for OpenAI and Anthropic."""

from real.clients._scripted import scripted
from real.source import Node

SOURCE = Node("ai@6", "@ai-sdk/openai@3", "@ai-sdk/anthropic@3", "zod")
CLIENTS = scripted("vercel-ai", SOURCE, "vercel_ai.mjs", ("chat", "responses", "messages"))
