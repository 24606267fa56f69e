"""The three options as drawings: our own topology, after section 4 of the guidance.

Filled boxes are DCC's, outlined ones the Party's; a solid line works, a broken one
stands by. Source: R-4.1-5, R-4.1-6, R-4.2-1, R-4.2-3, R-4.2-4, R-4.3-3, R-4.3-4, T23.
"""

from common.drawings import Box, Drawing, Label, Look, Wire
from orders.states import Option

DCC = Look(fill="#0b5468", stroke="#0b5468", ink="#ffffff")
NETWORK = Look(fill="#eaf1f3", stroke="#0b5468", ink="#0b3542", radius=17)
YOURS = Look(fill="#ffffff", stroke="#16252c", ink="#16252c")
SITE = Look(
    fill="#ffffff", stroke="#74848c", ink="#4a5a62", radius=6, dashes="4 4", weight=400
)
BARE = Look(fill="#ffffff", stroke="#ffffff", ink="#16252c", weight=400)
WIDTH, HEIGHT = 340, 336
PETROL, INK = "#0b5468", "#16252c"
BROKEN = "7 5"
LINE = 15
TOP = (
    Box(36, 8, 118, 34, "DCC data centre", DCC),
    Box(186, 8, 118, 34, "DCC data centre", DCC),
    Box(36, 62, 268, 34, "DCC network (MPLS)", NETWORK),
)
TOP_WIRES = (Wire("M95 42V62", INK, 1.5), Wire("M245 42V62", INK, 1.5))


def working(path: str) -> Wire:
    return Wire(path, PETROL, 3)


def standing_by(path: str) -> Wire:
    return Wire(path, PETROL, 3, BROKEN)


def inside(path: str) -> Wire:
    return Wire(path, INK, 1.5)


def site(x: int, width: int) -> Box:
    return Box(x, 176, width, 150, "", SITE)


def drawing_of(option: Option, main: str = "", backup: str = "") -> Drawing:
    """Return the drawing of an option.

    Args:
        main, backup: what the links are ("HV 20 Mbps"); empty while undecided.

    Source: R-4-1, T23.
    """
    if option == Option.LOW:
        return low(main)
    return medium(main, backup) if option == Option.MEDIUM else high(main, backup)


def link_labels(x: int, y: int, *lines: str, anchor: str = "start") -> list[Label]:
    """Return words beside a link, one line under the other; empty ones take none."""
    said = [line for line in lines if line]
    return [
        Label(x, y + LINE * number, line, anchor) for number, line in enumerate(said)
    ]


def low(main: str) -> Drawing:
    return Drawing(
        "low",
        "Low resilience: one data centre, one connection",
        "Two DCC data centres join the DCC network. One link runs from it to one DCC "
        "router in your data centre, and on to your policy enforcement point. There is "
        "no second path.",
        WIDTH,
        HEIGHT,
        grounds=(site(70, 200),),
        wires=(*TOP_WIRES, working("M170 96V190"), inside("M170 222V250")),
        boxes=(
            *TOP,
            Box(115, 190, 110, 32, "DCC router", DCC),
            Box(115, 250, 110, 42, "PEP", YOURS, small="your firewall"),
        ),
        labels=(
            *link_labels(180, 136, "one link", main),
            Label(170, 317, "Your data centre", "middle"),
        ),
    )


def medium(main: str, backup: str) -> Drawing:
    return Drawing(
        "medium",
        "Medium resilience: one data centre, two connections",
        "Two links leave the DCC network by different exchanges and roads and reach "
        "two DCC routers in one data centre of yours. Your layer 2 switch joins both "
        "routers to your policy enforcement point. One link works; the other stands "
        "by.",
        WIDTH,
        HEIGHT,
        grounds=(site(30, 280),),
        wires=(
            *TOP_WIRES,
            working("M120 96C120 126 66 120 66 148C66 168 100 166 100 190"),
            standing_by("M220 96C220 126 274 120 274 148C274 168 240 166 240 190"),
            inside("M100 220V232M240 220V232M170 256V268"),
        ),
        boxes=(
            *TOP,
            Box(48, 190, 104, 30, "DCC router", DCC),
            Box(188, 190, 104, 30, "DCC router", DCC),
            Box(66, 232, 208, 24, "Layer 2 switch", YOURS),
            Box(115, 268, 110, 30, "PEP", YOURS),
        ),
        labels=(
            *link_labels(76, 110, "main", main, anchor="end"),
            *link_labels(264, 110, "back-up", backup),
            Label(170, 142, "different exchanges", "middle"),
            Label(170, 158, "and roads", "middle"),
            Label(170, 317, "Your data centre", "middle"),
        ),
    )


def high(main: str, backup: str) -> Drawing:
    at_sites = []
    for x in (81, 259):
        at_sites += [
            Box(x - 55, 190, 110, 30, "DCC router", DCC),
            Box(x - 55, 232, 110, 24, "Layer 2 switch", YOURS),
            Box(x - 40, 268, 80, 30, "PEP", YOURS),
        ]
    joins = "".join(f"M{x} 220V232M{x} 256V268" for x in (81, 259))
    return Drawing(
        "high",
        "High resilience: two data centres, two connections",
        "One link runs from the DCC network to a DCC router at each of your two sites. "
        "At each site your layer 2 switch joins the router to your policy enforcement "
        "point, and a layer 2 link of your own joins the two sites. One link works; "
        "the other stands by.",
        WIDTH,
        HEIGHT,
        grounds=(site(6, 150), site(184, 150)),
        wires=(
            *TOP_WIRES,
            working("M81 96V190"),
            standing_by("M259 96V190"),
            inside(joins),
            Wire("M136 244H204", INK, 2.5),
        ),
        boxes=(*TOP, *at_sites, Box(143, 258, 54, 32, "your own", BARE, small="link")),
        labels=(
            *link_labels(91, 136, "main", main),
            *link_labels(249, 136, "back-up", backup, anchor="end"),
            Label(81, 317, "Site A", "middle"),
            Label(259, 317, "Site B", "middle"),
        ),
    )
