"""langchain-openai beside its chats: vectors, and answers that have a type."""

import openai
from asked import KEY, V1, talk
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import BaseModel


class City(BaseModel):
    """A place."""

    name: str
    inhabitants: int


# Its count of tokens would fetch a vocabulary.
embeddings = OpenAIEmbeddings(base_url=V1, api_key=KEY, check_embedding_ctx_length=False)


def everything(text):
    typed = [
        ChatOpenAI(model="gpt-5", base_url=V1, api_key=KEY, use_responses_api=responses)
        .with_structured_output(City)
        .invoke(text)
        for responses in (False, True)
    ]
    return [*typed, embeddings.embed_query(text), embeddings.embed_documents([text, "b"])]


talk(everything, openai.APIError)
