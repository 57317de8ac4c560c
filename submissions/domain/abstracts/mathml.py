"""Rebuilds what latex2mathml returns from an allow-list of MathML Core elements and attributes.

Nothing of the library's tree is copied: every element is made anew, its text is decoded and will
be escaped when written, and an element, an attribute value or a number of children that is not
expected refuses the formula. No ``annotation-xml``, ``semantics``, ``maction``, ``mglyph``,
``style``, ``class``, ``href`` or colour exists here.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, tostring

from submissions.domain.abstracts.letters import styled
from submissions.domain.abstracts.tex import Atom

DEEPEST_TREE = 60

# Children an element must have; None = any number, all in one row.
_CHILDREN: Mapping[str, int | None] = {
    "mrow": None,
    "mstyle": None,
    "mpadded": None,
    "mphantom": None,
    "msqrt": None,
    "mtable": None,
    "mtr": None,
    "mtd": None,
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "mspace"})
_LENGTH = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:em|ex|px|pt|%)?"
_NOTHING = r"0(?:px)?"
_BOOLEAN = "true|false"
_ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "mo": {
        "form": "prefix|infix|postfix",
        "fence": _BOOLEAN,
        "stretchy": _BOOLEAN,
        "largeop": _BOOLEAN,
        "movablelimits": _BOOLEAN,
        "minsize": _LENGTH,
        "maxsize": _LENGTH,
        "lspace": _LENGTH,
        "rspace": _LENGTH,
    },
    "mspace": {"width": _LENGTH},
    "mpadded": {"width": _NOTHING, "height": _NOTHING, "depth": _NOTHING},
    "mfrac": {"linethickness": _LENGTH},
    "mover": {"accent": _BOOLEAN},
    "munder": {"accentunder": _BOOLEAN},
    "mstyle": {"displaystyle": _BOOLEAN, "scriptlevel": r"[0-3]"},
    "mtable": {"displaystyle": _BOOLEAN},
    "mtd": {"columnalign": "left|right|center"},
}
ALLOWED_ELEMENTS = frozenset({"math", *_CHILDREN, *_LEAVES})
ALLOWED_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "math": frozenset({"display", "alttext"}),
    "mi": frozenset({"mathvariant"}),
    **{tag: frozenset(attributes) for tag, attributes in _ATTRIBUTES.items()},
}

# Names of spaces from before MathML Core.
_SPACES = {
    "negativethinmathspace": "-0.167em",
    "thinmathspace": "0.167em",
    "mediummathspace": "0.222em",
    "thickmathspace": "0.278em",
}
# Signs that stand for a thing although Unicode files them with the operators: as operators they
# get wide spaces.
_ORDINARY = frozenset("∞∅∂∇∀∃∠⊙⊕⊤⊥°′″‴")
# Browsers set a single letter in italics; TeX does so too, except for these.
_UPRIGHT_CAPITALS = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ")
_OPERATORS = frozenset(":±∓×·")
_OVER_ACCENTS = {"―": "¯", "~": "˜"} | {sign: sign for sign in "¯^˜˙¨→←ˇ˘´`˚"}
# Without a mathematical font browsers draw a bar set as an accent through the letter.
_BAR = "¯"
_UNDER_ACCENTS = {"―": "_"}
_LIMITS = frozenset({"lim", "max", "min", "sup", "inf"})
_THIN_SPACE = "0.167em"
# Marks the names of functions while a formula is being rebuilt; never written.
_FUNCTION = "function"


class NotAllowed(Exception):
    """The tree holds something outside the allow-list."""


def markup(tree: Element, atoms: Mapping[str, Atom], *, tex: str, is_display: bool) -> str:
    """Return the ``<math>`` element as HTML; its ``alttext`` is the TeX. Raise ``NotAllowed``."""
    math = Element("math", {"display": "block" if is_display else "inline", "alttext": tex})
    if not is_display:
        del math.attrib["display"]
    children = [child for row in tree for child in (row if row.tag == "mrow" else [row])]
    math.extend(_Rebuilding(atoms).row(children, 0))
    _trim_outer_spaces(math)
    for element in math.iter():
        element.attrib.pop(_FUNCTION, None)
    return tostring(math, encoding="unicode", short_empty_elements=False)


class _Rebuilding:
    """One formula being rebuilt; ``atoms`` are the pieces of text behind the placeholders."""

    def __init__(self, atoms: Mapping[str, Atom]) -> None:
        self._atoms = atoms

    def row(self, children: Iterable[Element], depth: int) -> list[Element]:
        """Rebuild elements that stand side by side."""
        rebuilt = [self.element(child, depth + 1) for child in children]
        return _with_function_spaces(
            _merged(child for child in rebuilt if not _is_empty_row(child))
        )

    def element(self, source: Element, depth: int) -> Element:
        """Rebuild one element with all it contains."""
        if depth > DEEPEST_TREE:
            raise NotAllowed("depth")
        if source.tag in _LEAVES:
            return self._leaf(source)
        if source.tag not in _CHILDREN or (source.text or "").strip():
            raise NotAllowed(source.tag)
        made = Element(source.tag, _attributes(source))
        if _CHILDREN[source.tag] is None:
            made.extend(self.row(source, depth))
            return made[0] if made.tag == "mrow" and len(made) == 1 else made
        made.extend(self.element(child, depth + 1) for child in source)
        if len(made) != _CHILDREN[source.tag]:
            raise NotAllowed(f"{source.tag} with {len(made)} children")
        _set_accents_and_limits(made)
        return made

    def _leaf(self, source: Element) -> Element:
        if len(source) or "\\" in (source.text or ""):  # a macro the library did not know
            raise NotAllowed(source.tag)
        text = html.unescape(source.text or "")
        if text in self._atoms:
            return _atom(self._atoms[text])
        if any(character in self._atoms for character in text):
            raise NotAllowed("placeholder")
        return _sorted_leaf(source, text)


def _atom(atom: Atom) -> Element:
    if atom.variant == "function":
        return _made("mi", atom.text, {_FUNCTION: "yes"})
    is_single_letter = atom.tag == "mi" and len(atom.text) == 1
    text = styled(atom.text, atom.variant) if atom.variant else atom.text
    if atom.tag == "mtext":  # browsers drop ordinary blanks at the ends
        text = re.sub(r"^ | $", "\u00a0", text)
    return _made(atom.tag, text, {"mathvariant": "normal"} if is_single_letter else {})


def _sorted_leaf(source: Element, text: str) -> Element:
    """Give a leaf the element its text deserves: latex2mathml takes many signs for identifiers."""
    variant = source.get("mathvariant", "")
    if source.tag == "mspace":
        # A line end outside an environment: MathML Core breaks no lines, a wide space still
        # separates.
        is_line_end = source.get("linebreak") is not None
        return Element("mspace", {"width": "2em"} if is_line_end else _attributes(source))
    if source.tag in {"mn", "mtext"} or re.match(r"\.?\d", text):
        return _made("mtext" if source.tag == "mtext" else "mn", styled(text, variant))
    if text in _ORDINARY or (source.tag == "mi" and not _is_operator(text)):
        if len(text) > 1 and text.isalpha():  # letters come one by one, so this is \\log, \\sin …
            return _made("mi", text, {_FUNCTION: "yes"})
        if text in _UPRIGHT_CAPITALS and not variant:
            variant = "normal"
        if variant and variant != "normal":
            text = styled(text, variant)
        return _made("mi", text, {"mathvariant": "normal"} if variant == "normal" else {})
    attributes = _attributes(source)
    if source.tag == "mi" and unicodedata.category(text) in {"Ps", "Pe"}:
        attributes["stretchy"] = "false"
    return _made("mo", text, attributes)


def _is_operator(text: str) -> bool:
    return len(text) == 1 and (
        text in _OPERATORS or unicodedata.category(text) in {"Sm", "Ps", "Pe"}
    )


def _made(tag: str, text: str, attributes: Mapping[str, str] = {}) -> Element:
    element = Element(tag, dict(attributes))
    element.text = text
    return element


def _attributes(source: Element) -> dict[str, str]:
    """Return the allowed attributes with allowed values; the others carried only looks."""
    patterns = _ATTRIBUTES.get(source.tag if source.tag != "mi" else "mo", {})
    named = {name: _SPACES.get(value, value) for name, value in source.attrib.items()}
    return {
        name: value
        for name, value in named.items()
        if name in patterns and re.fullmatch(patterns[name], value)
    }


def _is_empty_row(element: Element) -> bool:
    return element.tag == "mrow" and len(element) == 0


def _merged(elements: Iterable[Element]) -> list[Element]:
    """Join upright letters that stand side by side: ``km`` is one word, not k times m."""
    merged: list[Element] = []
    for element in elements:
        is_upright = element.tag == "mi" and element.get("mathvariant") == "normal"
        last = merged[-1] if merged else None
        if is_upright and last is not None and last.get("mathvariant") == "normal":
            last.text = f"{last.text}{element.text}"
        else:
            merged.append(element)
    for element in merged:
        if element.tag == "mi" and len(element.text or "") > 1:
            element.attrib.pop("mathvariant", None)  # several letters are upright anyway
    return merged


def _with_function_spaces(row: list[Element]) -> list[Element]:
    """Put thin spaces around ``log``, ``sin`` … as TeX does; operators bring their own."""
    spaced: list[Element] = []
    for index, element in enumerate(row):
        if _core(element).get(_FUNCTION):
            if index and _needs_space(row[index - 1]) and not _core(row[index - 1]).get(_FUNCTION):
                spaced.append(Element("mspace", {"width": _THIN_SPACE}))
            spaced.append(element)
            if index + 1 < len(row) and _needs_space(row[index + 1]):
                spaced.append(Element("mspace", {"width": _THIN_SPACE}))
        else:
            spaced.append(element)
    return spaced


def _core(element: Element) -> Element:
    """Return what carries the scripts, or the element itself."""
    while element.tag in {"msub", "msup", "msubsup", "munder", "mover", "munderover"}:
        element = element[0]
    return element


def _needs_space(neighbour: Element) -> bool:
    first = neighbour[0] if neighbour.tag == "mrow" and len(neighbour) else neighbour
    return first.tag not in {"mo", "mspace"}


def _set_accents_and_limits(made: Element) -> None:
    base, *scripts = made
    if made.tag in {"mover", "munder"} and scripts[0].tag in {"mo", "mi"}:
        accents = _OVER_ACCENTS if made.tag == "mover" else _UNDER_ACCENTS
        sign = scripts[0].text or ""
        if sign in accents:
            scripts[0].tag, scripts[0].text = "mo", accents[sign]
            is_accent = "false" if scripts[0].text == _BAR else "true"
            made.set("accent" if made.tag == "mover" else "accentunder", is_accent)
    if base.tag == "mo" and base.text in _LIMITS:
        base.set("movablelimits", "true")
        made.tag = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}.get(
            made.tag, made.tag
        )


def _trim_outer_spaces(math: Element) -> None:
    r"""In "$\sim$5" and "10$\times$" the sign touches the number, as in TeX."""
    if len(math) and math[0].tag == "mo":
        math[0].set("lspace", "0")
    if len(math) and math[-1].tag == "mo":
        math[-1].set("rspace", "0")
