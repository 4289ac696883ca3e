"""Beliefs quickly made, and messages quickly asked about."""

from datetime import UTC, datetime
from typing import Any

from mindhold.beliefs.model import Alias, Belief, Evidence, Type
from mindhold.retrieval.query import Query, Recalled
from mindhold.retrieval.recall import Recall

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def made(*names: str, **fields: Any) -> Belief:
    """A belief of domain:code named so; the first name is the canonical one."""
    content = fields.pop("content", "Something is held.")
    given: dict[str, Any] = {
        "type": Type.ENTITY,
        "canonical_name": names[0].replace(" ", "_"),
        "aliases": tuple(Alias(text=name) for name in names[1:]),
        "content": content,
        "why_it_matters": "Keep to it.",
        "scopes": ("domain:code",),
        "created_at": NOW,
        "updated_at": NOW,
        "evidence": (Evidence(quote=content, start=0, end=len(content), at=NOW),),
    }
    return Belief(**given | fields)


def asked(recall: Recall, text: str, **more: Any) -> Recalled:
    """The whole answer to a message in domain:code."""
    return recall.recall(Query(**{"text": text, "scopes": ("domain:code",), "now": NOW} | more))


def named(recall: Recall, text: str, **more: Any) -> list[str]:
    """The ids that a message brings, best first."""
    return [hit.belief.id for hit in asked(recall, text, **more).relevant]
