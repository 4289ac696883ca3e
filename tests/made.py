"""Beliefs as tests need them: one call, everything given that is not the point."""

from datetime import UTC, datetime
from typing import Any

from mindhold.beliefs.ids import new_id
from mindhold.beliefs.model import Belief, Evidence, Type

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def belief(name: str = "vitest", **fields: Any) -> Belief:
    """A decision of one project, said by nobody yet."""
    given: dict[str, Any] = {
        "id": new_id(NOW),
        "type": Type.DECISION,
        "canonical_name": name,
        "content": f"Tests run with {name}",
        "why_it_matters": f"Use {name} for tests",
        "scopes": ("project:shop",),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Belief(**{**given, **fields})


def quote(text: str = "we use Vitest", **fields: Any) -> Evidence:
    """The owner's words in one message of one conversation."""
    given: dict[str, Any] = {"quote": text, "start": 0, "end": len(text), "at": NOW}
    return Evidence(**{"fingerprint": "f1", "conversation": "c1", **given, **fields})
