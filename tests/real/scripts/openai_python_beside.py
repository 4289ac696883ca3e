"""openai-python beside its chats: embeddings, files, models, raw answers, stored responses."""

import openai
from asked import KEY, V1, talk

client = openai.OpenAI(base_url=V1, api_key=KEY, max_retries=0)


def everything(text):
    raw = client.chat.completions.with_raw_response.create(
        model="gpt-5", messages=[{"role": "user", "content": text}]
    )
    kept = client.responses.create(model="gpt-5", input=text)
    file = client.files.create(file=("a.bin", bytes(range(256)) * 99), purpose="batch")
    return [
        raw.status_code,
        raw.headers["x-request-id"][:4],
        raw.parse().choices[0].message.content,
        client.embeddings.create(model="e", input=[text, "b"]).data[1].embedding,
        client.embeddings.create(model="e", input=text, encoding_format="float").data[0].embedding,
        file.id,
        len(client.files.content(file.id).content),
        client.models.retrieve("gpt-5").id,
        [model.id for model in client.models.list()],
        client.responses.retrieve(kept.id).output_text,
        client.responses.delete(kept.id),
        client.completions.create(model="gpt-5", prompt=text).choices[0].text,
    ]


talk(everything, openai.APIError)
