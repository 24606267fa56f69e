"""What the pages of a PDF would draw, counted before anything is drawn.

A file of a few kilobytes can draw for hours: a form that draws a form ten times that
draws a form ten times, a picture laid on itself, a page of a million strokes.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from common.uploads import WAY_OUT, NotAScan

# A page that an office program prints has some thousands of each; a map, tens of
# thousands. What is drawn twice counts twice.
MOST_OPERATORS = 300_000
MOST_SEGMENTS = 100_000
MOST_PIXELS = 200_000_000
MOST_BYTES = 16 * 1024 * 1024
DEEPEST = 12
OPERATOR = re.compile(rb"(?<![\w/.#-])[A-Za-z'\"][\w*]*")
SEGMENT = re.compile(rb"(?<=[\d\s])(?:[lcvy]|re)(?=\s|$)")
DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
TOO_MUCH = f"A page of this PDF draws too much. {WAY_OUT}"


@dataclass
class Cost:
    """What is drawn: marks of any kind, parts of paths, points of pictures."""

    operators: int = 0
    segments: int = 0
    pixels: int = 0

    def add(self, other: "Cost", times: int = 1) -> None:
        self.operators += other.operators * times
        self.segments += other.segments * times
        self.pixels += other.pixels * times
        if (
            self.operators > MOST_OPERATORS
            or self.segments > MOST_SEGMENTS
            or self.pixels > MOST_PIXELS
        ):
            raise NotAScan(reason=TOO_MUCH)


@dataclass
class Meter:
    """Counts the forms of one file, each once however often it is drawn."""

    known: dict[tuple[int, int], Cost] = field(default_factory=dict)
    read: int = 0

    def cost_of_page(self, page: Any) -> Cost:
        cost, resources = Cost(), page.get("/Resources", {})
        parts = page.get("/Contents", [])
        streams = [parts] if isinstance(parts, pikepdf.Stream) else parts
        # A name and its operator may stand in two parts of one page.
        body = b"\n".join(self.bytes_of(part) for part in streams)
        cost.add(self.cost_of(body, resources, 1))
        for drawn in appearances(page):
            cost.add(self.cost_of_form(drawn, resources, 1))
        return cost

    def cost_of_form(self, form: Any, outer: Any, depth: int) -> Cost:
        if depth > DEEPEST:
            raise NotAScan(reason=TOO_MUCH)
        if form.objgen not in self.known:
            resources = form.get("/Resources", outer)
            body = self.bytes_of(form)
            self.known[form.objgen] = self.cost_of(body, resources, depth + 1)
        return self.known[form.objgen]

    def cost_of(self, body: bytes, resources: Any, depth: int) -> Cost:
        cost = Cost()
        cost.add(Cost(len(OPERATOR.findall(body)), len(SEGMENT.findall(body))))
        named = resources.get("/XObject", {})
        for name, times in Counter(DRAWN.findall(body)).items():
            drawn = named.get("/" + name.decode("latin-1"))
            if isinstance(drawn, pikepdf.Stream):
                cost.add(self.cost_of_object(drawn, resources, depth), times)
        return cost

    def cost_of_object(self, drawn: Any, resources: object, depth: int) -> Cost:
        if drawn.get("/Subtype") != "/Image":
            return self.cost_of_form(drawn, resources, depth)
        sides = (int(drawn.get(side, 0)) for side in ("/Width", "/Height"))
        width, height = sides
        return Cost(pixels=width * height)

    def bytes_of(self, stream: object) -> bytes:
        if not isinstance(stream, pikepdf.Stream):
            return b""
        body: bytes = stream.read_bytes()
        self.read += len(body)
        if self.read > MOST_BYTES:
            raise NotAScan(reason=TOO_MUCH)
        return body


def require_modest(pdf: pikepdf.Pdf) -> None:
    """Refuse a file with a page that would draw more than any scan or print-out.

    Raises:
        NotAScan: in words that say how to send it instead.
    """
    meter = Meter()
    for page in pdf.pages:
        meter.cost_of_page(page.obj)


def appearances(page: Any) -> list[Any]:
    """Return what the page's annotations draw, in each of their states."""
    looks = [note.get("/AP", {}).get("/N") for note in page.get("/Annots", [])]
    found: list[Any] = list(looks)
    for look in looks:
        if isinstance(look, pikepdf.Dictionary):
            found += [one for _, one in look.items()]
    return [one for one in found if isinstance(one, pikepdf.Stream)]
