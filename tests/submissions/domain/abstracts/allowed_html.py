"""Reads rendered HTML with the standard library's parser and says what in it is not allowed.

The lists here are written out again on purpose: they are what a page may contain, whatever the
program thinks.
"""

from html.parser import HTMLParser

TEXT_ELEMENTS = {"p", "br", "em", "strong", "code", "a", "ul", "ol", "li"}
MATHS_ELEMENTS = {
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "mpadded",
    "mphantom",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
}
INLINE_ELEMENTS = MATHS_ELEMENTS | {"em", "strong", "code"}
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    "li": {"value"},
    "code": {"class"},
    "math": {"display", "alttext"},
    "mi": {"mathvariant"},
    "mo": {
        "form",
        "fence",
        "stretchy",
        "largeop",
        "movablelimits",
        "minsize",
        "maxsize",
        "lspace",
        "rspace",
    },
    "mspace": {"width"},
    "mpadded": {"width", "height", "depth"},
    "mfrac": {"linethickness"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"displaystyle"},
    "mtd": {"columnalign"},
}
SCHEMES = ("http://", "https://", "mailto:")


class _Reader(HTMLParser):
    def __init__(self, elements: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.offences: list[str] = []
        self.elements: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._allowed = elements
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        if tag != "br":
            self._open.append(tag)
        if tag not in self._allowed:
            self.offences.append(f"element {tag}")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.offences.append(f"attribute {tag}.{name}")
            if name == "href":
                self.links.append(value or "")
        attributes = dict(attrs)
        if tag == "a" and not str(attributes.get("href")).startswith(SCHEMES):
            self.offences.append(f"address {attributes.get('href')}")
        if tag == "a" and attributes.get("rel") != "noopener nofollow ugc":
            self.offences.append("link without rel")
        if tag == "code" and attributes.get("class") not in {None, "tex"}:
            self.offences.append("class")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.offences.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.offences.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.offences.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.offences.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.offences.append(f"declaration {data}")

    def close(self) -> None:
        super().close()
        self.offences += [f"<{tag}> is not closed" for tag in self._open]


def _read(fragment: str, elements: set[str]) -> _Reader:
    reader = _Reader(elements)
    reader.feed(fragment)
    reader.close()
    return reader


def offences(fragment: str) -> list[str]:
    """Everything in a block of HTML that may not be there."""
    return _read(fragment, TEXT_ELEMENTS | MATHS_ELEMENTS).offences


def inline_offences(fragment: str) -> list[str]:
    """Everything in the HTML of a title that may not be there."""
    return _read(fragment, INLINE_ELEMENTS).offences


def elements(fragment: str) -> list[str]:
    """The names of the elements in order."""
    return _read(fragment, TEXT_ELEMENTS | MATHS_ELEMENTS).elements


def links(fragment: str) -> list[str]:
    """The addresses of the links in order."""
    return _read(fragment, TEXT_ELEMENTS | MATHS_ELEMENTS).links


def shown(fragment: str) -> str:
    """The text a reader sees."""
    return _read(fragment, TEXT_ELEMENTS | MATHS_ELEMENTS).text
