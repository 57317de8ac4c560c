"""What is looked for on a page: barriers (axe-core), sideways scrolling; in both colour schemes."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDE: ViewportSize = {"width": 1366, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}

# Everything once in each width; of the other two combinations only what depends on colours.
_LOOKS: tuple[tuple[ViewportSize, Any, str], ...] = (
    (WIDE, "light", "{}"),
    (WIDE, "dark", "{runOnly: ['color-contrast']}"),
    (NARROW, "light", "{runOnly: ['color-contrast']}"),
    (NARROW, "dark", "{}"),
)
_TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return "";
    const reaches = (element) => element.getBoundingClientRect().right > width + 1;
    const widest = [...document.body.querySelectorAll("*")].filter(reaches).at(-1);
    return `scrolls sideways: ${(widest ?? document.body).outerHTML.slice(0, 160)}`;
}"""


def look(page: Page) -> list[str]:
    """What is wrong with the page as it stands, wide and narrow, light and dark."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for size, scheme, options in _LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        # Else colours are measured half-way from one scheme to the other.
        page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
        wrong = [*barriers(page, options), page.evaluate(_TOO_WIDE)]
        found += [f"{size['width']} px, {scheme}: {each}" for each in wrong if each]
    return found


def barriers(page: Page, options: str = "{}") -> list[str]:
    """The serious and critical findings of axe-core."""
    result: list[dict[str, Any]] = page.evaluate(
        f"axe.run({{...{options}, resultTypes: ['violations']}}).then(found => found.violations)"
    )
    return [
        f"{finding['id']}: {node['html'][:160]}"
        for finding in result
        if finding["impact"] in ("serious", "critical")
        for node in finding["nodes"][:3]
    ]
