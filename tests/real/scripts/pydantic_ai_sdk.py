"""pydantic-ai: an agent over chat completions, responses or messages; it loops by itself."""

import asyncio

from asked import API, KEY, STREAM, TOOLS, URL, V1, talk, weather
from pydantic_ai import Agent
from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider

OPENAI = {"chat": OpenAIChatModel, "responses": OpenAIResponsesModel}
model = (
    OPENAI[API]("gpt-5", provider=OpenAIProvider(base_url=V1, api_key=KEY))
    if API in OPENAI
    else AnthropicModel("claude-opus-5", provider=AnthropicProvider(base_url=URL, api_key=KEY))
)
agent = Agent(model, instructions="Be brief.", tools=[weather] if TOOLS else [])
history = []
loop = asyncio.new_event_loop()


async def answer(text):
    if not STREAM:
        run = await agent.run(text, message_history=history)
        output = run.output
    else:
        async with agent.run_stream(text, message_history=history) as run:
            output = await run.get_output()
    history[:] = run.all_messages()
    return output


talk(lambda text: loop.run_until_complete(answer(text)), AgentRunError)
