"""Words as they are compared: no case, no accents, one spelling, one number.

Folded words are keys. They are never shown: "astrophysics" folds to "astrophysic", which does no
harm because the vocabulary and the text are folded by the same rules.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

# Invisible characters (soft hyphen, zero-width blanks) and combining accents belong to the word.
_WORD: Final = re.compile(r"(?:(?!_)[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060])+(?:['’]s\b)?")
_RUNS: Final = re.compile(r"[0-9]+|[^0-9]+")
_POSSESSIVE: Final = re.compile(r"['’]s$", re.IGNORECASE)
_LONGEST_WORD: Final = (
    40  # longer runs of letters are no words; leaving them alone keeps the work linear
)

_GREEK: Final = str.maketrans(
    {
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
        "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
        "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi",
        "ω": "omega", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i",
    }
)  # fmt: skip

# British spellings to American ones. A rule may reach too far: all that matters is that two
# spellings of one word meet and two words do not.
_SPELLINGS: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"isation(?=s?$)", "ization"),
        (r"(?<=\w{4})is(?=(?:e|ed|es|er|ers|ing|able|ability)$)", "iz"),
        (r"(?<=anal)ys(?=(?:e|ed|er|ing)$)", "yz"),
        (r"^(neighb|behavi|col|fav|lab|vap|harb)our", r"\1or"),
        (r"(?<=met)re(?=s?$)|(?<=cent)re(?=[sd]?$)|(?<=fib)re(?=s?$)", "er"),
        (r"(?<=og)ue(?=s?$)", ""),
        (r"(?<=model|label|annel|ignal|ravel|ancel|level|piral)l(?=ing$|ed$|er$|ers$)", ""),
        (r"^disc(?=s?$)", "disk"),
        (r"^grey", "gray"),
        (r"^programme(?=s?$)", "program"),
        (r"artefact", "artifact"),
        (r"^sulph", "sulf"),
    )
)
_INVARIANT: Final = frozenset(
    [
        "series",
        "species",
        "lens",
        "gas",
        "bias",
        "mars",
        "chaos",
        "always",
        "trans",
        "keras",
        "bayes",
        "stokes",
        "nas",
        "ifs",
    ]
)
_LATIN_PLURALS: Final = (
    ("novae", "nova"), ("nebulae", "nebula"), ("coronae", "corona"), ("spectra", "spectrum"),
    ("nuclei", "nucleus"), ("radii", "radius"), ("matrices", "matrix"), ("indices", "index"),
    ("vertices", "vertex"), ("media", "medium"), ("dwarves", "dwarf"), ("foci", "focus"),
    ("analyses", "analysis"), ("hypotheses", "hypothesis"), ("phenomena", "phenomenon"),
)  # fmt: skip

# Prefixes that change what the next word means: "self-supervised" is one word, not "supervised".
_PREFIXES_WITH_BLANK: Final = frozenset(
    [
        "anti", "auto", "cross", "exo", "extra", "hyper", "inter", "intra", "meta", "micro",
        "multi", "non", "pre", "pseudo", "quasi", "self", "semi", "sub", "super", "ultra", "weakly",
    ]
)  # fmt: skip
PREFIXES: Final = _PREFIXES_WITH_BLANK | frozenset(
    [
        "bi", "circum", "co", "de", "distantly", "in", "mis", "over", "partially", "post", "proto",
        "re", "tri", "un", "under",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text, or one half of a word such as "21cm"."""

    text: str
    """As it stands in the text."""
    start: int
    end: int
    key: str
    """Folded; what is compared."""
    tight: bool
    """Attached to the word before it: by a hyphen, an underscore or nothing at all."""
    plural: bool
    bare: str
    """The key without a prefix such as "self", "" if there was none."""


def spelled_out(text: str) -> str:
    """Greek letters by name, in lower case: for addresses.

    >>> spelled_out("β Cephei")
    'beta cephei'
    """
    return text.casefold().translate(_GREEK)


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """Fold one word; folding again changes nothing.

    >>> [fold_word(word) for word in ("Galaxies", "Reionisation", "modelling", "CNNs", "Clár")]
    ['galaxy', 'reionization', 'modeling', 'cnn', 'clar']
    """
    folded = _letters(_POSSESSIVE.sub("", word))
    if len(folded) > _LONGEST_WORD:
        return folded
    while (simpler := _singular(_spelled(folded))) != folded:
        folded = simpler
    return folded


def fold(text: str) -> str:
    """The folded words of a text, one blank between them.

    >>> fold("Time-series of GALAXIES, self supervised")
    'time series of galaxy selfsupervised'
    """
    return " ".join(token.key for token in words(text))


def words(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The words of `text[start:end]`, with prefixes joined to what they change."""
    found: list[Token] = []
    stop = len(text) if end is None else end
    last = start
    for match in _WORD.finditer(text, start, stop):
        between = text[last : match.start()]
        tight = bool(found) and _is_tight(between)
        for run in _RUNS.findall(_letters(_POSSESSIVE.sub("", match.group()))):
            key = fold_word(run)
            token = Token(
                match.group(), match.start(), match.end(), key, tight, key != _spelled(run), ""
            )
            _append(found, token, text, blank=between.isspace())
            tight = True
        last = match.end()
    return tuple(found)


def joined(tokens: tuple[Token, ...] | list[Token]) -> str:
    """One key for several words: "time series", "time-series" and "timeseries" are the same."""
    return "".join(token.key for token in tokens)


def _append(found: list[Token], token: Token, source: str, *, blank: bool) -> None:
    before = found[-1] if found else None
    if before is None or not (
        (token.tight and before.key in PREFIXES) or (blank and before.key in _PREFIXES_WITH_BLANK)
    ):
        found.append(token)
        return
    found[-1] = replace(
        token,
        text=source[before.start : token.end],
        start=before.start,
        key=fold_word(before.key + token.key),
        tight=before.tight,
        bare=token.key,
    )


def _is_tight(between: str) -> bool:
    return all(character in "-‐‑‒–_'’." for character in between) and len(between) <= 1


@lru_cache(maxsize=20_000)
def _letters(word: str) -> str:
    folded = word
    for _ in range(3):  # a second round is needed where case folding brings new accents forth
        bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if c.isalnum())
        again = bare.casefold().translate(_GREEK)
        if again == folded:
            break
        folded = again
    return folded


@lru_cache(maxsize=20_000)
def _spelled(word: str) -> str:
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def _singular(word: str) -> str:
    if len(word) <= 2 or not word.endswith(("s", "e", "i", "a")):
        return word
    if word in _INVARIANT or word.endswith(("series", "lens", "bias")):
        return word
    for plural, singular in _LATIN_PLURALS:
        if word.endswith(plural):
            return word[: -len(plural)] + singular
    return _without_s(word)


def _without_s(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ses") and word[:-2].endswith(("ss", "lens", "bias", "gas", "us", "is")):
        return word[:-2]
    if word.endswith(("xes", "ches", "shes", "oes")) and len(word) > 4:
        return word[:-2]
    return word[:-1]
