"""Plain forms: what is proposed of old, new and thing, in whatever language they were said."""

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from mindhold.beliefs.learning.candidate import NewBelief, Op, Proposal, Update
from mindhold.beliefs.learning.rules.phrasing import Phrasing, before, told
from mindhold.beliefs.learning.rules.shape import (
    LIKELY,
    WEAK,
    Spoken,
    belief,
    mine,
    sentence,
)
from mindhold.beliefs.learning.terms import determined, namelike, term
from mindhold.beliefs.model import Epistemic, Type
from mindhold.beliefs.scope import UNIVERSAL

Proposals = Iterator[Proposal | None]
_FIGURE = re.compile(r"\W*\d")


class Plain(Phrasing):
    """Builds proposals with the terms and the wording of one language.

    Each method takes a form that was found, by its groups `new`, `old` and `what`, and the clause.
    """

    def changed(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """B in the place of A, or of nothing that was told."""
        given = found.groupdict()
        new_text = next(filter(None, (given.get("new"), given.get("now"))), "")
        old_text = next(filter(None, (given.get("old"), given.get("was"))), "")
        new, old = self._names(new_text), self._names(old_text)
        if not new or (old_text and not old) or _FIGURE.match(old_text):
            return
        if not (self._named(new_text) or (old and self._named(old_text))) and (
            not old or spoken.tongue.guards.story.search(spoken.around)
        ):
            return  # a thing of everyday for another: an act, unless it is told as a habit
        if (determined(new_text, within=self._terms) and mine(spoken)) and not self._named(
            new_text
        ):
            return
        yield self._belief(
            spoken, Type.DECISION, new, why=self._swap(new, old), replaces=old,
        )  # fmt: skip

    def ended(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """No longer A: what is held about it ends, and it is not proposed again."""
        for old in self._names(self._first(found, "old", "was")):
            if not namelike(old, within=self._terms):
                continue
            yield self._belief(spoken, Type.DECISION, (old,), why=self._say.avoid.format(old=old))
            yield Update(target=old, op=Op.RETRACT, evidence=(spoken.quote,))

    def over(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """There is no A any more: what is held about it ends, and nothing begins."""
        old = self._first(found, "old", "was")
        for name in dict.fromkeys((*self._names(old), *self._terms_of(old))):
            yield Update(target=name[:80], op=Op.RETRACT, evidence=(spoken.quote,))

    def chosen(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """Yes, let us take X, where X has a name or it is to hold for more than one case."""
        what = found["what"]
        if self._named(what) or (found.groupdict().get("where") and self._terms_of(what)):
            yield from self.decided(found, spoken)

    def decided(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """What they have decided, agreed or chosen."""
        what = self._first(found, "what", "new")
        terms = tuple(dict.fromkeys((*self._names(what), *self._terms_of(what))))
        if terms and (term(what, keep_tail=True, within=self._terms) or len(what.split()) > 2):
            why = self._say.decided.format(told=told(spoken.text))
            yield self._belief(spoken, Type.DECISION, terms, why=why)

    def used(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """A tool in use, if its name is one."""
        what = self._first(found, "new", "what")
        used = [name for name in self._names(what) if namelike(name, within=self._terms)]
        if used and (not determined(what, within=self._terms) or self._named(what)):
            why = self._say.use.format(new=self._all(used))
            yield self._belief(spoken, Type.DECISION, tuple(used), why=why)

    def slot(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """What a thing of theirs is, is called, or runs on."""
        thing, value = found["slot"].strip(), found["what"].strip()
        called = found.groupdict().get("called")
        short = term(value, within=self._terms) or (called and "".join(self._terms_of(value)[:1]))
        certain = called or re.search(r"\d", value)
        if not short or not (certain or namelike(short, within=self._terms)):
            return
        label = self._label(thing)
        why = self._say.fact.format(told=told(spoken.text))
        yield self._belief(spoken, Type.ENTITY, (label, short), why=why, name=label)

    def relation(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """Who sees to a thing of theirs."""
        label, who = self._label(found["what"]), found["new"]
        why = self._say.fact.format(told=told(spoken.text))
        yield self._belief(spoken, Type.ENTITY, (label, who), why=why, name=label)

    def tied(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """Who somebody near to the user is: their child, their cat."""
        people = tuple(re.split(rf",? {self._say.both} |, ", found["new"].strip(" .")))
        if not (found["called"] or all(namelike(one, within=self._terms) for one in people)):
            return  # my wife is a doctor: what she is, not who
        why = self._say.fact.format(told=told(spoken.text))
        made = self._belief(spoken, Type.RELATION, (*people, found["rel"].strip()), why=why)
        if made is not None:
            yield msgspec.structs.replace(made, participants=people[:8])

    def preferred(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """X rather than Y, or X."""
        new_text, old_text = found["new"], found.groupdict().get("old") or ""
        new, old = self._names(new_text) or self._terms_of(new_text)[:1], self._names(old_text)
        if not new or not term(new_text, keep_tail=True, within=self._terms):
            return
        said = self._say.prefer_over if old else self._say.prefer
        yield self._belief(
            spoken,
            Type.PREFERENCE,
            new,
            why=said.format(new=self._all(new), old=self._all(old)),
            replaces=old,
        )

    def ordered(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """What is always to be done, or never."""
        terms = self._terms_of(found[0])
        if not terms:
            return
        why = self._say.order.format(told=told(spoken.text))
        yield self._constraint(spoken, terms, why)

    def prohibited(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """What is not to be used or proposed any more."""
        what = self._first(found, "old", "was")
        terms = tuple(dict.fromkeys((*self._names(what), *self._terms_of(what))))
        if terms and (term(what, keep_tail=True, within=self._terms) or len(what.split()) > 3):
            yield self._constraint(spoken, terms, self._say.avoid.format(old=told(what)))

    def banned(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """No X: of this answer, unless it is said to last."""
        if spoken.standing or spoken.explicit:
            yield from self.prohibited(found, spoken)

    def wanted(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """How the user wants to be treated, or what they are: kept as it was said."""
        terms = self._terms_of(found["what"])
        why = self._say.fact.format(told=told(spoken.text))
        if terms and (made := self._constraint(spoken, terms, why)) is not None:
            yield msgspec.structs.replace(made, scopes=(UNIVERSAL,))

    def named(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """How the user is called."""
        name = found["new"].strip(" .'’")
        made = belief(
            replace(spoken, text=name),
            Type.ENTITY,
            name="user_name",
            content=sentence(self._say.called.format(new=name)),
            why=self._say.name.format(new=name),
            aliases=(name,),
        )
        if made is not None and name:
            told = (found[0].strip(" ,"),)  # not what they are not called: "Uli, nicht Ulrich"
            yield msgspec.structs.replace(made, scopes=(UNIVERSAL,), evidence=told)

    def weighed(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """What is being considered: held as unsettled."""
        terms = tuple(dict.fromkeys((*self._names(found["new"]), *self._terms_of(found["new"]))))
        if terms:
            yield self._belief(
                spoken,
                Type.DECISION,
                terms,
                why=self._say.weigh.format(new=terms[0]),
                epistemic=Epistemic.EXPLORATORY,
                confidence=LIKELY,
            )

    def undecided(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """What is not settled: an open question, whose answer will bear the plain name."""
        terms = self._terms_of(found["what"])
        if terms:
            made = self._belief(
                spoken, Type.OPEN_QUESTION, terms, why=self._say.open, confidence=LIKELY
            )
            if made is not None:
                name = f"{made.canonical_name[:60]}_question"
                yield msgspec.structs.replace(made, canonical_name=name)

    def liked(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """A taste, held as a candidate."""
        yield self._taste(found, spoken, self._say.lean)

    def disliked(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """A distaste, held as a candidate."""
        yield self._taste(found, spoken, self._say.shun)

    def works_as(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """What the user does for a living."""
        yield self._of_user(found, spoken, "user_role", self._say.role)

    def lives(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """Where the user lives."""
        yield self._of_user(found, spoken, "user_place", self._say.place)

    def corrected(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """One value in the place of another, in what is held or was said just before."""
        old, new = found["old"].strip(), found["new"].strip()
        subject = (found.groupdict().get("slot") or "").strip()
        targets = self._terms_of(subject) if subject else self._before(old, spoken)
        for target in targets[:6]:
            yield Update(
                target=target[:80], op=Op.CORRECT, old=old, new_content=new,
                evidence=(spoken.quote,),
            )  # fmt: skip
        if subject and self._terms_of(subject):
            why = self._say.correct.format(new=new, old=old)
            said = replace(spoken, text=spoken.text[found.start("slot") :])
            label = self._label(subject)
            yield self._belief(said, Type.ENTITY, (label, new), why=why, name=label)

    def shifted(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """What is held of a thing gives way to its new day or value."""
        for target in self._terms_of(found["slot"])[:1]:
            yield Update(
                target=target, op=Op.SUPERSEDE, new_content=sentence(found[0]),
                evidence=(spoken.quote,),
            )  # fmt: skip

    def forgotten(self, found: re.Match[str], spoken: Spoken) -> Proposals:
        """Whatever answers to the names in it ends."""
        wanted = dict.fromkeys((*self._names(found["what"]), *self._terms_of(found["what"])))
        for name in wanted:
            yield Update(target=name[:80], op=Op.RETRACT, evidence=(spoken.quote,))

    def fact(self, spoken: Spoken) -> Proposals:
        """Remember that P, where P has no form of its own: kept as it was said."""
        terms = self._terms_of(spoken.text)
        secret = spoken.tongue.voice.credential.search(f"{spoken.quote.rstrip(' .:!')}: ")
        if not terms or secret or len(spoken.text.split()) < 3:
            return
        that = self._terms.subordinates.search(before(spoken))
        why = self._say.fact.format(told=(that[0] if that else "") + told(spoken.text))
        made = self._belief(spoken, Type.ENTITY, terms, why=why)
        if made is not None and mine(spoken) and not spoken.project:
            made = msgspec.structs.replace(made, scopes=(UNIVERSAL,))
        yield made

    def standing(self, spoken: Spoken) -> Proposals:
        """From now on P, in this project P, where P is of no other form."""
        terms = self._terms_of(spoken.text)
        if not terms or len(spoken.text.split()) < 2:
            return
        why = self._say.standing.format(told=told(spoken.text))
        whole = replace(spoken, text=spoken.quote)
        if spoken.project:
            yield self._belief(whole, Type.DECISION, terms, why=why)
        else:
            yield self._constraint(whole, terms, why)

    def _taste(self, found: re.Match[str], spoken: Spoken, say: str) -> NewBelief | None:
        liked = self._names(found["new"])
        if not liked:
            return None
        return self._belief(
            spoken,
            Type.PREFERENCE,
            liked,
            why=say.format(new=self._all(liked)),
            epistemic=Epistemic.INFERRED,
            confidence=WEAK,
        )

    def _of_user(
        self, found: re.Match[str], spoken: Spoken, name: str, say: str
    ) -> NewBelief | None:
        said = term(found["new"], within=self._terms)
        if not said:
            return None
        return NewBelief(
            type=Type.ENTITY,
            canonical_name=name,
            content=sentence(spoken.text),
            why_it_matters=say.format(new=said),
            aliases=(said,),
            epistemic=Epistemic.INFERRED,
            confidence=WEAK,
            evidence=(spoken.quote,),
            scopes=(UNIVERSAL,),
        )
