"""Lists that leave words out: "strong and weak lensing", "galaxy morphology and evolution"."""

from collections.abc import Iterator
from typing import Final

from submissions.domain.areas.folding import PREFIXES, Token, fold_word
from submissions.domain.areas.grammar import ARTICLES, BOUNDARIES
from submissions.domain.areas.reading import whole
from submissions.domain.areas.vocabulary import Vocabulary

Tokens = tuple[Token, ...]

_SHORT: Final = 3  # words; nobody leaves out words after a longer part
_LONGEST_NAME: Final = 10  # words of what an abbreviation may stand for
_LITTLE: Final = BOUNDARIES | {"and"}  # words that abbreviations leave out
_AND: Final = Token("and", 0, 0, "and", tight=False, plural=False, bare="")


def with_its_head(part: Tokens, after: Tokens, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The areas of a part that leaves out the last words of the next, () if it makes no phrase.

    "star" before "planet formation" is star formation; "stars" before it are stars.
    """
    if not part or len(part) > _SHORT or len(after) > 2 * _SHORT:
        return ()
    return _first_whole(_heads(part, after), vocabulary)


def with_its_qualifier(
    part: Tokens, before: Tokens, vocabulary: Vocabulary, *, turned: bool
) -> tuple[str, ...]:
    """The areas of a part that leaves out the first words of the one before, () if none.

    With `turned` the part may also stand in front: "stars: variable".
    """
    if not part or not before or len(part) > _SHORT or len(before) > _SHORT + 1:
        return ()
    phrases = [before[:last] + part for last in range(len(before), 0, -1)]
    if turned:
        phrases.insert(1, part + before)
    return _first_whole(iter(phrases), vocabulary)


def abbreviates(short: Tokens, long: Tokens) -> bool:
    """Whether brackets only define an abbreviation: "Maximum likelihood (ML)"."""
    if len(short) != 1 or not 2 <= len(long) <= _LONGEST_NAME:
        return False
    letters = short[0].key
    every = "".join(token.key[0] for token in long)
    weighty = "".join(token.key[0] for token in long if token.key not in _LITTLE)
    return letters in (every, weighty)


def in_a_row(parts: list[tuple[Tokens, bool]]) -> Tokens:
    """Parts as one phrase; True puts "and" before a part."""
    return tuple(
        token for tokens, linked in parts for token in ((_AND,) if linked else ()) + tokens
    )


def _first_whole(phrases: Iterator[Tokens], vocabulary: Vocabulary) -> tuple[str, ...]:
    return next((slugs for phrase in phrases if (slugs := whole(phrase, vocabulary))), ())


def _heads(part: Tokens, after: Tokens) -> Iterator[Tokens]:
    own = {token.key for token in part}
    for at, token in enumerate(after):
        if token.bare and len(part) == 1:
            if part[0].key in PREFIXES:  # "semi- and self-supervised"
                yield (_glued(part[0], token), *after[at + 1 :])
            yield (*part, _bare(token), *after[at + 1 :])
        if at and own.isdisjoint(token.key for token in after[:at]):
            yield part + after[at:]
        if token.key == "of":  # "formation and evolution of galaxies"
            yield tuple(word for word in after[at + 1 :] if word.key not in ARTICLES) + part


def _glued(prefix: Token, token: Token) -> Token:
    key = fold_word(prefix.key + token.bare)
    return Token(prefix.text, prefix.start, prefix.end, key, tight=False, plural=False, bare="")


def _bare(token: Token) -> Token:
    return Token(token.text, token.start, token.end, token.bare, tight=False, plural=False, bare="")
