"""What a document says of the template that it is rendered from. Source: R-0-5."""

from dataclasses import dataclass
from datetime import date

from common.wording import day_words


@dataclass(frozen=True)
class Template:
    """A version of a template: ours, or one that the guidance names."""

    title: str
    version: str
    author: str
    dated: date

    def __str__(self) -> str:
        day = day_words(self.dated)
        return f"“{self.title}”, version {self.version}, by {self.author}, {day}"

    @property
    def whole(self) -> str:
        """Return what is kept with each document that is rendered from it."""
        return str(self)

    def facts(self) -> dict[str, str]:
        """Return what the document itself says of its template."""
        return {
            "template": self.title,
            "template_version": self.version,
            "template_author": self.author,
            "template_ours": str(self),
        }


@dataclass(frozen=True)
class Rendering(Template):
    """Our own rendering of a template that the guidance names under its documents."""

    follows: Template

    @property
    def whole(self) -> str:
        """Return ours, and what it follows."""
        return f"{self}; it follows {self.follows}"

    def facts(self) -> dict[str, str]:
        """Return what the document says of both."""
        return {**super().facts(), "template_followed": str(self.follows)}


def of_the_guidance(title: str) -> Template:
    """Return a template as the guidance lists it. Source: R-0-5."""
    return Template(title, "1.0", "A Bradford", date(2015, 1, 19))
