"""Mend what a parser often gets wrong, by rules that only a whole clause or a name can see.

Each repair changes heads and labels of a tree before clauses are read from it; none adds or drops a word.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.language import gazetteer, lexicon
from knowledge.reading.facts.attachment import reattach
from knowledge.reading.facts.events import named_event
from knowledge.reading.facts.grouping import regroup
from knowledge.reading.facts.modifiers import remodify
from knowledge.reading.facts.tables import lemmas_of
from knowledge.reading.facts.tree import Tree

NOMINAL = frozenset({"NOUN", "PROPN"})
PREFIXES = frozenset({"de", "re", "co", "pre", "over", "under", "mis", "un", "counter"})
# Verbs whose noun complement is predicated of the subject.
LINKING = frozenset({"become", "remain", "be", "seem", "appear", "stay", "look", "feel", "sound", "turn",
                     "prove", "make", "rank", "end", "finish", "start", "begin", "go", "come", "keep",
                     "die", "return", "emerge", "serve", "act", "work", "run", "stand", "sit", "grow",
                     "get", "fall", "taste", "smell"})  # fmt: skip
AS_NOUN = {"advcl": "obl", "acl": "nmod", "ccomp": "obj", "xcomp": "obj", "csubj": "nsubj"}
FUNCTIONS = frozenset({"cop", "aux", "case", "mark", "cc", "punct", "det"})
# Labels of what never hangs on a function word.
LIFTED = frozenset({"nsubj", "obj", "obl", "ccomp", "xcomp", "advcl", "csubj", "iobj", "nmod", "parataxis"})
# Prepositions of times that belong to an event, and of causes, which belong to a clause.
RAISED_TIMES = frozenset({"after", "before", "during", "since", "until", "following", "amid"})
RAISED_CAUSES = frozenset({"because of", "due to", "owing to", "thanks to", "despite", "in light of",
                           "in view of", "in response to", "in the wake of", "in the light of",
                           "as a result of", "in spite of"})  # fmt: skip
FINITE = frozenset({"VBD", "VBZ", "VBP"})
OPENERS = frozenset({"as", "before", "after", "until", "since", "while", "when", "because"})
# Words that may stand between "'s" and the thing owned.
SKIPPED = frozenset({"ADJ", "PUNCT", "ADV", "NUM"})
LONGEST_TITLE = 6
MOST_TITLES = 4
ARGUMENTS = frozenset({"nsubj", "obj", "obl", "nmod", "iobj", "conj", "appos"})


APPROXIMATORS = frozenset({("at", "least"), ("at", "most"), ("more", "than"), ("less", "than"), ("fewer",
                            "than"), ("up", "to"), ("as", "many"), ("as", "much"), ("no",
                            "fewer")})  # fmt: skip


def repair(tree: Tree, text: str, speech: frozenset[str]) -> None:
    """Mend the tree in place; `speech` are the verbs of saying."""
    repairs: list[Callable[[], bool]] = [
        lambda: _lift_from_function_words(tree),
        lambda: _join_prefixes(tree, text),
        lambda: _join_names(tree),
        lambda: _own_things(tree),
        lambda: _lift_cases(tree),
        lambda: _free_agents(tree),
        lambda: _name_gerunds(tree, text),
        lambda: _fill_prepositions(tree),
        *[lambda: _join_titles(tree, text)] * MOST_TITLES,
        lambda: _bind_numbers(tree, text),
        lambda: _bind_dimensions(tree, lemmas_of("dimension_noun")),
        lambda: _turn_inversions(tree),
        lambda: _turn_second_subjects(tree),
        lambda: _lower_purposes(tree, lemmas_of("act_noun"), speech | lemmas_of("mutual_verb")),
        lambda: _raise_afterthoughts(tree, speech),
        lambda: _move_bare_infinitives(tree, text),
        lambda: _join_clauses(tree),
        lambda: _hang_participles(tree),
        lambda: _rejoin_passives(tree),
        lambda: _mark_clauses(tree),
        lambda: _hang_relatives(tree),
        lambda: _raise_circumstances(tree, text),
        lambda: _move_finite_conjuncts(tree),
        lambda: _open_clauses(tree, text),
        lambda: _demote_objects(tree),
        lambda: _take_orders(tree, lemmas_of("address_verb")),
        lambda: _free_reported_clauses(tree, speech),
        lambda: _raise_sayings(tree, speech),
    ]
    for mend in repairs:
        if mend():
            tree.settle()
    regroup(tree, text)
    remodify(tree, text)
    reattach(tree, text, speech)


def _join_names(tree: Tree) -> bool:
    """Make one phrase of two neighbours of one name that both hang on the same word in the same way."""
    changed = False
    for word in range(1, len(tree)):
        before = word - 1
        same = tree.tokens[word].name and tree.tokens[word].name == tree.tokens[before].name
        twins = tree.heads[word] == tree.heads[before] and tree.rels[word] == tree.rels[before]
        if (
            same
            and twins
            and tree.heads[word] >= 0
            and tree.base[word] in ARGUMENTS
            and tree.upos(before) == "PROPN"
        ):
            if any(tree.base[k] in ("case", "cc") and k < word for k in tree.kids[word]):
                continue
            tree.attach(word, before, "flat")
            changed = True
    return changed


def _move_bare_infinitives(tree: Tree, text: str) -> bool:
    """Join a bare infinitive to the infinitive before it: "are urged to stop, talk"."""
    changed = False
    for word in range(len(tree)):
        head = tree.heads[word]
        bare = tree.xpos(word) in ("VB", "VBP", "VBN") and tree.form(word, text).lower() == tree.lemma(word)
        if (
            tree.rels[word] != "conj"
            or not bare
            or tree.upos(word) != "VERB"
            or head < 0
            or tree.xpos(head) in ("VB", "")
        ):
            continue
        if tree.xpos(head) == "VBG" and tree.child(word, "nsubj", "aux") is None:
            above = next(
                (w for w in tree.ancestors(head) if tree.xpos(w) == "VB" and tree.upos(w) == "VERB"), None
            )
            if above is not None and tree.child(word, "mark") is None:
                tree.attach(word, above, "conj")
                changed = True
                continue
        whole = tree.child(word, "nsubj", "aux", "mark", "cop") is not None
        if whole or (tree.child(head, "aux") is not None and not tree.children(head, "aux:pass")):
            continue
        below = [k for k in tree.children(head, "xcomp", "advcl") if k < word and tree.xpos(k) == "VB"]
        if below:
            tree.attach(word, below[-1], "conj")
            changed = True
    return changed


def _free_reported_clauses(tree: Tree, speech: frozenset[str]) -> bool:
    """Give a verb of saying its that-clause back: "said in a tweet that he had left"."""
    changed = False
    for word in range(len(tree)):
        noun = tree.heads[word]
        verb = tree.heads[noun] if noun >= 0 else -1
        if verb < 0 or tree.rels[word] not in ("acl:relcl", "acl") or tree.base[noun] not in ("obl", "nmod"):
            continue
        if tree.lemma(verb) not in speech or tree.child(verb, "ccomp") is not None or verb > noun:
            continue
        opener = tree.subtree(word)[0]
        whole = tree.child(word, "nsubj") not in (None, opener)
        if tree.lemma(opener) == "that" and whole:
            tree.attach(word, verb, "ccomp")
            if tree.heads[opener] == word:
                tree.attach(opener, word, "mark")
            changed = True
    return changed


def _bind_numbers(tree: Tree, text: str) -> bool:
    """Hang "at least", "up to" and the like on the number that follows."""
    changed = False
    for word in range(2, len(tree)):
        if tree.upos(word) != "NUM":
            continue
        pair = (tree.form(word - 2, text).lower(), tree.form(word - 1, text).lower())
        if (
            pair in APPROXIMATORS
            and tree.heads[word - 1] != word
            and tree.heads[word] not in (word - 1, word - 2)
        ):
            tree.attach(word - 1, word, "advmod")
            tree.attach(word - 2, word - 1, "case")
            changed = True
    return changed


def _bind_dimensions(tree: Tree, dimensions: frozenset[str]) -> bool:
    """Read "category 3 storm" as one noun phrase headed by its last noun."""
    changed = False
    for word in range(len(tree) - 2):
        noun = word + 2
        if (
            tree.lemma(word) not in dimensions
            or tree.upos(word + 1) != "NUM"
            or tree.upos(noun) not in NOMINAL
        ):
            continue
        if tree.heads[noun] == word:
            tree.attach(noun, tree.heads[word], tree.rels[word])
        elif tree.heads[noun] < 0 or tree.rels[noun] in ("compound", "nummod"):
            continue
        for kid in range(word):
            if tree.heads[kid] == word and tree.base[kid] in ("det", "case", "amod", "nmod"):
                tree.attach(kid, noun, tree.rels[kid])
        tree.attach(word, noun, "compound")
        tree.attach(word + 1, word, "nummod")
        changed = True
    return changed


def _turn_inversions(tree: Tree) -> bool:
    """Read "Among the guests were two poets" with the poets as subject."""
    changed = False
    for word in range(len(tree)):
        subject = tree.heads[word]
        if subject <= word or tree.base[word] not in ("nmod", "obl", "amod", "nsubj"):
            continue
        copula = tree.child(word, "cop")
        if copula is None or not word < copula < subject or tree.child(word, "case") is None:
            continue
        if (
            tree.upos(subject) in ("NOUN", "PROPN", "PRON", "NUM")
            and tree.child(subject, "nsubj", "cop") is None
        ):
            tree.attach(word, tree.heads[subject], tree.rels[subject])
            tree.attach(subject, word, "nsubj")
            for kid in tree.kids[subject]:
                if tree.is_punct(kid) and tree.heads[kid] == subject and kid > tree.subtree(word)[-1]:
                    tree.attach(kid, word, "punct")
            changed = True
    return changed


def _take_orders(tree: Tree, addressing: frozenset[str]) -> bool:
    """Read an infinitive as a complement: "were told not to return", "went on to say"."""
    changed = False
    for word in range(len(tree)):
        verb = tree.heads[word]
        if verb < 0 or tree.rels[word] != "advcl" or word < verb:
            continue
        infinitive = any(tree.xpos(k) == "TO" for k in tree.children(word, "mark"))
        bare = len(tree.children(word, "mark")) == 1 and tree.child(verb, "xcomp", "ccomp") is None
        onward = tree.lemma(verb) == "go" and any(tree.lemma(k) == "on" for k in tree.kids[verb])
        told = tree.lemma(verb) in addressing and tree.child(verb, "obj", "nsubj:pass", "iobj") is not None
        if infinitive and bare and (onward or told):
            tree.attach(word, verb, "xcomp")
            changed = True
    return changed


def _join_titles(tree: Tree, text: str) -> bool:
    """Make a person's name the head of the title before it: "Secretary of State Mary Major"."""
    for name in range(1, len(tree)):
        if tree.upos(name) != "PROPN" or tree.tokens[name].name != "person" or _within_name(tree, name):
            continue
        end = _left_edge(tree, name) - 1
        if end >= 2 and tree.form(end, text) == ")":
            end = next((w for w in range(end, -1, -1) if tree.form(w, text) == "("), 0) - 1
        if end < 0 or tree.upos(end) not in NOMINAL:
            continue
        title = _title_ending_at(tree, end, name)
        if title is not None and title != tree.heads[name]:
            _hang_title(tree, title, name)
            return True
        if title is not None:
            tree.attach(name, tree.heads[title], tree.rels[title])
            _hang_title(tree, title, name)
            return True
    return False


def _within_name(tree: Tree, word: int) -> bool:
    return tree.base[word] in ("flat", "compound") and tree.tokens[tree.heads[word]].name == "person"


def _left_edge(tree: Tree, name: int) -> int:
    """Return the first word of a name with the short titles that hang on it."""
    first = name
    while any(k == first - 1 and tree.base[k] in ("nmod", "compound", "flat") for k in tree.kids[name]):
        first -= 1
    return first


def _title_ending_at(tree: Tree, end: int, name: int) -> int | None:
    """Return the head of a person's description that ends there and belongs to the name."""
    blocked = any(
        end < k < name and (tree.base[k] == "case" or tree.upos(k) == "CCONJ") for k in tree.kids[name]
    )
    if blocked or tree.rels[name] == "conj":
        return None
    title = end
    for _ in range(LONGEST_TITLE):
        if _is_titled(tree, title, name):
            return title
        if tree.base[title] not in ("nmod", "compound", "flat") or not 0 <= tree.heads[title] <= end:
            return None
        title = tree.heads[title]
    return None


def _is_titled(tree: Tree, title: int, name: int) -> bool:
    """Tell whether the word is a noun for a person that the parser hung beside, above or below the name."""
    lemma = tree.lemma(title)
    if "person" not in lexicon.noun_classes(lemma) and not gazetteer.is_title(lemma):
        return False
    outside = tree.heads[name]
    if outside == title:
        return tree.base[name] in ("nmod", "flat", "compound", "appos")
    twins = tree.heads[title] == outside and tree.rels[title] == tree.rels[name]
    modifier = tree.heads[title] == outside and tree.base[title] == "compound" and outside > name
    over = outside > name and tree.heads[outside] == title and tree.base[outside] == "appos"
    return outside >= 0 and (twins or modifier or over)


def _hang_title(tree: Tree, title: int, name: int) -> None:
    """Hang the title on the name, with the words between that belong to it, and lift its preposition."""
    owned = tree.heads[name]
    if owned > name and tree.heads[owned] == title:
        tree.attach(owned, tree.heads[title], tree.rels[title])
        for kid in list(tree.kids[title]):
            if kid < title and tree.base[kid] in ("case", "mark", "cc"):
                tree.attach(kid, owned, tree.rels[kid])
        tree.attach(title, name, "nmod:desc")
        return
    for kid in list(tree.kids[title]):
        if (kid < title and tree.base[kid] in ("case", "mark", "cc")) or kid > name:
            tree.attach(kid, name, tree.rels[kid])
    for kid in list(tree.kids[name]):
        if title < kid < name and tree.base[kid] == "nmod" and tree.rels[kid] != "nmod:desc":
            tree.attach(kid, title, "nmod")
    tree.attach(title, name, "nmod:desc")


def _fill_prepositions(tree: Tree) -> bool:
    """Hang on a name what stands between it and its preposition: "from Secretary of State Mary Major"."""
    changed = False
    for name in range(len(tree)):
        cases = [k for k in tree.kids[name] if tree.base[k] == "case" and k < name - 1]
        if not cases or tree.upos(name) != "PROPN":
            continue
        inside = set(tree.subtree(name))
        for word in range(cases[0] + 1, name):
            head = tree.heads[word]
            if word not in inside and not cases[0] < head <= name and tree.upos(word) in NOMINAL:
                tree.attach(word, name, "nmod:desc")
                changed = True
    return changed


def _join_prefixes(tree: Tree, text: str) -> bool:
    """Make one verb of a prefix and the verb that a hyphen ties to it: "de-escalate"."""
    changed = False
    for prefix in range(len(tree) - 2):
        verb = prefix + 2
        if tree.form(prefix, text).lower() not in PREFIXES or tree.form(prefix + 1, text) != "-":
            continue
        tied = tree.tokens[prefix].end + 1 == tree.tokens[verb].start
        if not tied or tree.upos(verb) != "VERB":
            continue
        if tree.heads[prefix] != verb:
            tree.attach(verb, tree.heads[prefix], tree.rels[prefix])
        for kid in tree.kids[prefix]:
            if kid != verb:
                tree.attach(kid, verb, tree.rels[kid])
        tree.attach(prefix, verb, "compound:pre")
        changed = True
    return changed


def _demote_objects(tree: Tree) -> bool:
    """Read a bare noun after a verb that links nothing as its object: "ordered the killing"."""
    changed = False
    for word in range(len(tree)):
        verb = tree.heads[word]
        if (
            verb < 0
            or tree.rels[word] != "xcomp"
            or tree.upos(word) not in NOMINAL
            or tree.upos(verb) != "VERB"
        ):
            continue
        alone = (
            tree.child(verb, "obj", "nsubj:pass", "aux:pass") is None
            and tree.child(word, "case", "cop", "mark") is None
        )
        if (
            alone
            and tree.child(verb, "nsubj") is not None
            and tree.lemma(verb) not in LINKING
            and word > verb
        ):
            tree.attach(word, verb, "obj")
            changed = True
    return changed


def _own_things(tree: Tree) -> bool:
    """Hang an owner on what follows its "'s": "ordered X's killing" orders the killing."""
    changed = False
    for owner in range(len(tree)):
        if tree.rels[owner] in ("nmod:poss", "flat") or tree.upos(owner) not in (*NOMINAL, "PRON", "NUM"):
            continue
        mark = next((k for k in tree.kids[owner] if tree.xpos(k) == "POS"), None)
        if mark is None or tree.heads[owner] < 0:
            continue
        thing = next(
            (w for w in range(mark + 1, min(mark + 5, len(tree))) if tree.upos(w) not in SKIPPED), None
        )
        possessable = thing is not None and (tree.upos(thing) in NOMINAL or tree.xpos(thing) == "VBG")
        if thing is None or not possessable or owner == tree.heads[thing]:
            continue
        if tree.heads[owner] == thing:
            tree.attach(owner, thing, "nmod:poss")
            changed = True
            continue
        if tree.heads[thing] != tree.heads[owner]:
            continue
        tree.attach(thing, tree.heads[owner], tree.rels[owner])
        for kid in list(tree.kids[owner]):
            if kid < owner and tree.base[kid] == "case":
                tree.attach(kid, thing, "case")
        tree.attach(owner, thing, "nmod:poss")
        changed = True
    return changed


def _name_gerunds(tree: Tree, text: str) -> bool:
    """Take a gerund with owner or article and without object as a noun: "the killing of"."""
    changed = False
    for word in range(len(tree)):
        if (
            tree.tags[word] != "VERB"
            or tree.xpos(word) != "VBG"
            or tree.child(word, "obj", "aux", "nsubj") is not None
        ):
            continue
        if tree.child(word, "nmod:poss", "det") is None or tree.heads[word] < 0:
            continue
        tree.tags[word] = "NOUN"
        tree.lemmas[word] = tree.form(word, text).lower()
        tree.attach(word, tree.heads[word], AS_NOUN.get(tree.rels[word], tree.rels[word]))
        for kid in tree.children(word, "mark"):
            tree.attach(kid, word, "case")
        changed = True
    return changed


def _turn_second_subjects(tree: Tree) -> bool:
    """Take a second subject that follows an active verb as its object: "advised both A and B to stop"."""
    changed = False
    for verb in range(len(tree)):
        subjects = [k for k in tree.kids[verb] if tree.rels[k] == "nsubj"]
        if (
            tree.upos(verb) != "VERB"
            or len(subjects) != 2
            or tree.child(verb, "obj", "aux:pass", "cop") is not None
        ):
            continue
        first, second = subjects
        if first < verb < second and tree.tags[second] in (*NOMINAL, "PRON", "NUM"):
            tree.attach(second, verb, "obj")
            changed = True
    return changed


def _lower_purposes(tree: Tree, acts: frozenset[str], remote: frozenset[str]) -> bool:
    """Hang an infinitive on the act before it: "spoke about action to stop the war"."""
    changed = False
    for word in range(len(tree)):
        verb = tree.heads[word]
        if verb < 0 or tree.rels[word] != "advcl" or tree.lemma(verb) not in remote:
            continue
        if not any(tree.xpos(k) == "TO" for k in tree.children(word, "mark")):
            continue
        before = tree.subtree(word)[0] - 1
        while before > verb and tree.is_punct(before):
            before -= 1
        if before > verb and tree.upos(before) == "NOUN" and tree.lemma(before) in acts:
            tree.attach(word, before, "acl")
            changed = True
    return changed


def _raise_afterthoughts(tree: Tree, speech: frozenset[str]) -> bool:
    """Hang on "he said" what follows it: "It will last, he said, referring to the roof"."""
    changed = False
    for word in range(len(tree)):
        content = tree.heads[word]
        if content < 0 or tree.base[word] not in ("advcl", "obl"):
            continue
        inserted = [k for k in tree.children(content, "parataxis") if tree.lemma(k) in speech and k < word]
        verb = tree.heads[content] if tree.base[content] == "ccomp" else inserted[-1] if inserted else -1
        if content < verb < tree.subtree(word)[0] and tree.child(verb, "nsubj") is not None:
            tree.attach(word, verb, tree.rels[word])
            changed = True
    return changed


def _lift_cases(tree: Tree) -> bool:
    """Hang a preposition on the noun, not on the modifier that follows it: "on Friday night"."""
    changed = False
    for word in range(len(tree)):
        modifier = tree.heads[word]
        if tree.base[word] != "case" or modifier < word or tree.xpos(word) == "POS":
            continue
        noun = tree.heads[modifier]
        first = tree.subtree(modifier)[0] == word and noun > modifier
        if (
            first
            and tree.base[modifier] in ("compound", "amod", "nummod", "det")
            and tree.upos(noun) in NOMINAL
        ):
            tree.attach(word, noun, "case")
            changed = True
    return changed


def _free_agents(tree: Tree) -> bool:
    """Give an event its doer back: "found after two hours by a patrol", "the arrest of two men by police"."""
    changed = False
    for word in range(len(tree)):
        noun = tree.heads[word]
        verb = tree.heads[noun] if noun >= 0 else -1
        by = any(tree.lemma(k) == "by" for k in tree.children(word, "case"))
        if verb < 0 or not by or tree.base[word] != "nmod" or word < noun:
            continue
        of = any(tree.lemma(k) == "of" for k in tree.children(noun, "case"))
        if tree.base[noun] == "nmod" and of and named_event(tree.lemma(verb)) and tree.upos(verb) == "NOUN":
            tree.attach(word, verb, "nmod")
            changed = True
            continue
        if tree.base[noun] != "obl":
            continue
        timed = tree.lemma(noun) in lemmas_of("time_noun") | lemmas_of("unit_noun")
        if (
            timed
            and tree.child(verb, "aux:pass", "nsubj:pass") is not None
            and not tree.children(verb, "obl:agent")
        ):
            tree.attach(word, verb, "obl:agent")
            changed = True
    return changed


def _lift_from_function_words(tree: Tree) -> bool:
    """Hang on the clause what a parser hung on its copula, auxiliary or preposition."""
    changed = False
    for word in range(len(tree)):
        holder = tree.heads[word]
        if holder < 0 or tree.base[holder] not in FUNCTIONS or tree.base[word] not in LIFTED:
            continue
        if tree.heads[holder] >= 0 and tree.heads[holder] != word:
            tree.attach(word, tree.heads[holder], tree.rels[word])
            changed = True
    return changed


def _move_finite_conjuncts(tree: Tree) -> bool:
    """Join a past tense to the finite clause above a modal: "knew that it would burst, yet slept"."""
    changed = False
    for word in range(len(tree)):
        first = tree.heads[word]
        if (
            tree.rels[word] != "conj"
            or first < 0
            or tree.xpos(word) not in FINITE
            or tree.xpos(first) != "VB"
        ):
            continue
        bare = tree.child(word, "nsubj", "aux", "cop", "mark") is None
        if not bare or not any(tree.xpos(k) == "MD" for k in tree.children(first, "aux")):
            continue
        above = next((w for w in tree.ancestors(first) if _is_finite(tree, w)), None)
        if above is not None:
            tree.attach(word, above, "conj")
            changed = True
    return changed


def _is_finite(tree: Tree, word: int) -> bool:
    """Tell whether the word is a verb in a finite tense without modal."""
    if tree.upos(word) != "VERB" or any(tree.xpos(k) == "MD" for k in tree.children(word, "aux")):
        return False
    return tree.xpos(word) in FINITE or any(tree.xpos(k) in FINITE for k in tree.children(word, "aux"))


def _open_clauses(tree: Tree, text: str) -> bool:
    """Give a finite verb the noun after "as" or "before" as subject: "he smiled as his aunt, Jo, sang"."""
    changed = False
    for verb in range(len(tree)):
        head = tree.heads[verb]
        if (
            head < 0
            or tree.base[verb] not in ("conj", "parataxis", "ccomp", "advcl")
            or tree.xpos(verb) not in FINITE
        ):
            continue
        if tree.child(verb, "nsubj", "cc", "mark", "aux:pass") is not None:
            continue
        noun = next((k for k in tree.kids[head] if head < k < verb and tree.base[k] == "obl"), None)
        opener = tree.child(noun, "case") if noun is not None else None
        if noun is None or opener is None or tree.form(opener, text).lower() not in OPENERS:
            continue
        between = range(tree.subtree(noun)[-1] + 1, tree.subtree(verb)[0])
        if all(tree.is_punct(w) for w in between):
            tree.attach(noun, verb, "nsubj")
            tree.attach(opener, verb, "mark")
            tree.attach(verb, head, "advcl")
            changed = True
    return changed


def _mark_clauses(tree: Tree) -> bool:
    """Hang a subordinator on its verb, not on the subject: "after a mob this week laid siege"."""
    changed = False
    for word in range(len(tree)):
        subject = tree.heads[word]
        if (
            subject <= word
            or tree.base[word] != "case"
            or tree.base[subject] != "nsubj"
            or tree.xpos(word) == "POS"
        ):
            continue
        verb = tree.heads[subject]
        if (
            verb > subject
            and tree.base[verb] in ("advcl", "ccomp", "acl")
            and tree.child(verb, "mark") is None
        ):
            tree.attach(word, verb, "mark")
            changed = True
    return changed


def _hang_relatives(tree: Tree) -> bool:
    """Hang a clause that opens with a relative pronoun on the noun before it, not beside another clause."""
    changed = False
    for word in range(len(tree)):
        if tree.rels[word] not in ("conj", "ccomp", "parataxis") or tree.child(word, "cc") is not None:
            continue
        first = tree.subtree(word)[0]
        if tree.xpos(first) not in ("WDT", "WP") or tree.base[first] not in ("nsubj", "obj") or first < 1:
            continue
        if (
            tree.heads[first] == word
            and tree.upos(first - 1) in NOMINAL
            and first - 1 not in tree.subtree(word)
        ):
            noun = first - 1
            while tree.base[noun] in ("flat", "compound") and tree.heads[noun] >= 0:
                noun = tree.heads[noun]
            tree.attach(word, noun, "acl:relcl")
            changed = True
    return changed


def _raise_circumstances(tree: Tree, text: str) -> bool:
    """Hang on the verb a cause or time that closes its object: "discussed the rise in light of the war"."""
    changed = False
    for word in range(len(tree)):
        noun = tree.heads[word]
        if tree.base[word] != "nmod" or not 0 <= noun < word or tree.upos(noun) != "NOUN":
            continue
        case = _preposition(tree, word, text)
        timely = case in RAISED_TIMES and not named_event(tree.lemma(noun))
        if not timely and case not in RAISED_CAUSES:
            continue
        top = noun
        while tree.base[top] == "nmod" and tree.heads[top] >= 0:
            top = tree.heads[top]
        verb = tree.heads[top]
        closes = tree.subtree(word)[-1] >= tree.subtree(top)[-1] - 1
        if verb >= 0 and closes and tree.base[top] in ("obj", "obl") and tree.upos(verb) == "VERB":
            tree.attach(word, verb, "obl")
            changed = True
    return changed


def _preposition(tree: Tree, word: int, text: str) -> str:
    """Return a noun's preposition, "in light of" and the like with the noun in it."""
    cases = [w for k in tree.children(word, "case") for w in (k, *tree.children(k, "fixed"))]
    case = " ".join(tree.form(w, text).lower() for w in sorted(cases))
    for kid in tree.children(word, "nmod"):
        inner = " ".join(tree.form(k, text).lower() for k in tree.children(kid, "case"))
        article = " ".join(tree.form(k, text).lower() for k in tree.children(word, "det"))
        whole = " ".join(w for w in (case, article, tree.form(word, text).lower(), inner) if w)
        if whole in RAISED_CAUSES:
            return whole
    return case


def _raise_sayings(tree: Tree, speech: frozenset[str]) -> bool:
    """Hang a closing ", saying ..." on the finite verb above, not on an infinitive."""
    changed = False
    for word in range(len(tree)):
        head = tree.heads[word]
        if (
            head < 0
            or tree.rels[word] != "advcl"
            or tree.xpos(word) != "VBG"
            or tree.lemma(word) not in speech
        ):
            continue
        first = tree.subtree(word)[0]
        off = tree.is_punct(first) or (first > 0 and tree.is_punct(first - 1))
        inner = tree.rels[head] == "acl"
        if not off or (_is_finite(tree, head) and not inner) or tree.child(word, "mark") is not None:
            continue
        above = next((w for w in tree.ancestors(head) if _is_finite(tree, w)), None)
        if above is not None and head < word:
            tree.attach(word, above, "advcl")
            changed = True
    return changed


def _join_clauses(tree: Tree) -> bool:
    """Take a clause that opens with "but" or "and" as joined to the one before, not as its content."""
    changed = False
    for word in range(len(tree)):
        head = tree.heads[word]
        if (
            tree.rels[word] not in ("ccomp", "xcomp")
            or not 0 <= head < word
            or tree.child(word, "cc") is None
        ):
            continue
        opener = tree.child(word, "cc")
        own = tree.child(word, "nsubj") is not None and tree.child(word, "mark") is None
        if own and opener == min(w for w in tree.subtree(word) if not tree.is_punct(w)):
            tree.attach(word, head, "conj")
            changed = True
    return changed


def _hang_participles(tree: Tree) -> bool:
    """Hang on a subject the participle between it and its verb: "the fish landed here have shrunk"."""
    changed = False
    for word in range(1, len(tree)):
        noun = word - 1
        if tree.rels[word] != "conj" or tree.xpos(word) not in ("VBD", "VBN") or tree.upos(noun) != "NOUN":
            continue
        if tree.child(word, "cc", "nsubj", "nsubj:pass", "aux", "aux:pass") is not None:
            continue
        if tree.base[noun] == "nsubj" and tree.heads[noun] > word:
            tree.attach(word, noun, "acl")
            changed = True
    return changed


def _rejoin_passives(tree: Tree) -> bool:
    """Join a passive to the passive main clause: "must be paid, even if it rains, and will be shared"."""
    changed = False
    for word in range(len(tree)):
        inner = tree.heads[word]
        if tree.rels[word] != "conj" or inner < 0 or tree.rels[inner] != "advcl":
            continue
        main = tree.heads[inner]
        passives = [tree.child(w, "aux:pass") is not None for w in (word, inner, main)] if main >= 0 else []
        if passives == [True, False, True] and tree.child(word, "nsubj", "mark") is None and main < word:
            tree.attach(word, main, "conj")
            changed = True
    return changed
