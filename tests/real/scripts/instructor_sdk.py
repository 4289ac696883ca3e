"""instructor: answers that have a type, by a forced tool; chat completions or responses."""

import instructor
import openai
from asked import API, KEY, STREAM, V1, talk
from instructor.core import InstructorRetryException
from pydantic import BaseModel


class Reply(BaseModel):
    """What is said to the person."""

    text: str


mode = instructor.Mode.TOOLS if API == "chat" else instructor.Mode.RESPONSES_TOOLS
client = instructor.from_openai(openai.OpenAI(base_url=V1, api_key=KEY), mode=mode)
messages = [{"role": "system", "content": "Be brief."}]


def say(text):
    messages.append({"role": "user", "content": text})
    asked = {"model": "gpt-5", "messages": messages, "response_model": Reply, "max_retries": 1}
    ask = client.chat.completions.create_partial if STREAM else client.chat.completions.create
    answer = list(ask(**asked))[-1] if STREAM else ask(**asked)
    messages.append({"role": "assistant", "content": answer.text})
    return answer.text


talk(say, InstructorRetryException, openai.APIError)
