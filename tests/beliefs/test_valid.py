"""What may be written, and how it is spelled."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import NOW, belief, quote

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.model import Alias, State, Type
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import checked, name_of

NAMES = {
    "Response length": "response_length",
    "  Node.js ": "node_js",
    "C": "c",
    "C++": "c_plus_plus",
    "C#": "c_sharp",
    "Größe der Straße": "grösse_der_strasse",
    "Тестовый фреймворк": "тестовый_фреймворк",
    "東京オフィス": "東京オフィス",
    "हिन्दी में": "हिन्दी_में",
    "اسم المشروع": "اسم_المشروع",
    "ＦＵＬＬ width": "full_width",
    "rest-api/v2": "rest_api_v2",
    "a__b": "a_b",
}


@pytest.mark.parametrize(("words", "name"), NAMES.items())
def test_a_name_keeps_the_letters_of_any_script(words: str, name: str) -> None:
    assert name_of(words) == name


@given(st.text(max_size=120))
def test_a_name_once_made_is_not_changed_again(words: str) -> None:
    try:
        name = name_of(words)
    except Invalid:
        return
    assert name_of(name) == name
    assert len(name) <= 80


BROKEN = {
    "no content": {"content": "  "},
    "content of two lines": {"content": "one\ntwo"},
    "content of 501 characters": {"content": "x" * 501},
    "half a character": {"content": "\ud83d"},
    "a NUL": {"content": "a\0b"},
    "no reason": {"why_it_matters": ""},
    "a reason of two lines": {"why_it_matters": "one\rtwo"},
    "a name without letters": {"canonical_name": "?!"},
    "no scope": {"scopes": ()},
    "a scope that is none": {"scopes": ("work",)},
    "26 aliases": {"aliases": tuple(Alias(text=f"a{n}") for n in range(26))},
    "an alias of five words": {"aliases": (Alias(text="one two three four five"),)},
    "an empty alias": {"aliases": (Alias(text=" "),)},
    "a subtype of another type": {"type": Type.ENTITY, "subtype": "style"},
    "an unknown subtype": {"type": Type.PREFERENCE, "subtype": "taste"},
    "an unknown depth": {"expertise_depth": "godlike"},
    "confidence above 1": {"confidence": 1.5},
    "confidence that is no number": {"confidence": float("nan")},
    "an end before the beginning": {
        "valid_from": date(2026, 2, 1),
        "valid_until": date(2026, 1, 1),
    },
    "an open decision": {"state": State.OPEN},
    "a time without a zone": {"created_at": datetime(2026, 1, 1)},  # noqa: DTZ001
    "a quote that ends before it begins": {"evidence": (quote(start=9, end=3),)},
    "no user": {"user": ""},
}


@pytest.mark.parametrize("fields", BROKEN.values(), ids=BROKEN.keys())
def test_what_breaks_a_rule_is_refused_in_one_sentence(fields: dict) -> None:
    with pytest.raises(Invalid, match=r"^\S[^\n]*\.$"):
        checked(belief(**fields))


def test_aliases_are_kept_once_and_in_order() -> None:
    given = (Alias(text="Test  runner"), Alias(text="test runner"), Alias(text="runner"))
    made = checked(belief(aliases=given))
    assert [alias.text for alias in made.aliases] == ["Test runner", "runner"]


SECRET = "ghp_" + "a1B2c3D4e5" * 4
HIDING = {
    "content": {"content": f"the token is {SECRET}"},
    "reason": {"why_it_matters": f"use {SECRET}"},
    "alias": {"aliases": (Alias(text=SECRET),)},
    "quote": {"evidence": (quote(f"use {SECRET}"),)},
}


@pytest.mark.parametrize("fields", HIDING.values(), ids=HIDING.keys())
def test_no_secret_enters_the_store_by_any_field(store: Store, fields: dict) -> None:
    with store.write(actor="owner", now=NOW, reason=f"because {SECRET}") as write:
        kept = write.add(belief("kept"))
        with pytest.raises(Invalid, match="secret") as refusal:
            write.add(belief(**fields))
        with pytest.raises(Invalid, match="secret"):
            write.edit(kept.id, content=f"it is {SECRET}")
    assert SECRET not in str(refusal.value)
    assert "github" in str(refusal.value)
    files = [path.read_bytes() for path in store.database.home.iterdir()]
    assert not any(SECRET.encode() in content for content in files)
