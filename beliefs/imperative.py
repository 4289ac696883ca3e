"""What future answers must do because of a belief, where nobody has said it in words."""

from mindhold.beliefs.model import Type

_IMPERATIVES = {
    Type.PREFERENCE: "Follow this preference wherever it applies.",
    Type.DECISION: "Keep to this decision; do not propose what it rules out.",
    Type.ENTITY: "Take this as known; do not ask for it again.",
    Type.RELATION: "Take this as known when either side comes up.",
    Type.OPEN_QUESTION: "This is not settled: do not assume an answer.",
    Type.LESSON: "Apply this lesson before proposing how to do it.",
}


def imperative(type_: Type) -> str:
    """The plain `why_it_matters` of a type."""
    return _IMPERATIVES[type_]
