"""llama-index's client of servers that are like OpenAI's: chat completions."""

import openai
from asked import KEY, STREAM, TOOLS, V1, talk, weather
from llama_index.core.llms import ChatMessage
from llama_index.core.tools import FunctionTool
from llama_index.llms.openai_like import OpenAILike

model = OpenAILike(
    model="gpt-5", api_base=V1, api_key=KEY, is_chat_model=True, is_function_calling_model=True
)
tools = [FunctionTool.from_defaults(weather)] if TOOLS else []
messages = [ChatMessage(role="system", content="Be brief.")]


def say(text):
    messages.append(ChatMessage(role="user", content=text))
    while True:
        answer = ask()
        messages.append(answer.message)
        calls = model.get_tool_calls_from_response(answer, error_on_no_tool_call=False)
        if not calls:
            return answer.message.content
        for call in calls:
            known = {"tool_call_id": call.tool_id}
            result = weather(**call.tool_kwargs)
            messages.append(ChatMessage(role="tool", content=result, additional_kwargs=known))


def ask():
    if not STREAM:
        return model.chat_with_tools(tools, chat_history=messages)
    return list(model.stream_chat_with_tools(tools, chat_history=messages))[-1]


talk(say, openai.APIError)
