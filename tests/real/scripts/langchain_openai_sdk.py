"""langchain-openai: chat completions or responses, with bound tools."""

import openai
from asked import API, KEY, STREAM, TOOLS, V1, talk, weather
from langchain_core.messages import HumanMessage, SystemMessage, ToolMessage
from langchain_openai import ChatOpenAI

model = ChatOpenAI(model="gpt-5", base_url=V1, api_key=KEY, use_responses_api=API == "responses")
if TOOLS:
    model = model.bind_tools([weather])
messages = [SystemMessage("Be brief.")]


def say(text):
    messages.append(HumanMessage(text))
    while True:
        answer = streamed() if STREAM else model.invoke(messages)
        messages.append(answer)
        if not answer.tool_calls:
            return answer.text
        messages.extend(
            ToolMessage(weather(**call["args"]), tool_call_id=call["id"])
            for call in answer.tool_calls
        )


def streamed():
    first, *others = model.stream(messages)
    return sum(others, first)


talk(say, openai.APIError)
