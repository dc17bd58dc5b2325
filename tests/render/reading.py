"""What a reader sees of Markdown: the visible text, and the tags that made it, by an
independent CommonMark parser.
"""

from __future__ import annotations

from html.parser import HTMLParser

from markdown_it import MarkdownIt


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.events: list[tuple[str, dict[str, str | None]]] = []
        """The tags and, as "/p", their ends."""

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.tags.append((tag, dict(attrs)))
        self.events.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.events.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", {}))


def seen(markdown: str) -> _Seen:
    """Read as CommonMark with tables and strikethrough, and with the replacements that
    typographers make.
    """
    reader = MarkdownIt("commonmark", {"typographer": True, "breaks": True})
    reader.enable(["table", "strikethrough", "replacements", "smartquotes"])
    parser = _Seen()
    parser.feed(reader.render(markdown))
    parser.close()
    return parser


def visible(markdown: str) -> str:
    """The visible text, spaces collapsed."""
    return " ".join("".join(seen(markdown).text).split())


def tags(markdown: str) -> set[str]:
    """The names of the tags."""
    return {name for name, _ in seen(markdown).tags}
