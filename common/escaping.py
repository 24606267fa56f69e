"""Text made safe for a page, as Django makes it, for pages that say much.

Django asks of each text whether it is yet to be translated, and wraps what it returns
several times over. The portal has one language, and a list has hundreds of cells.
"""

SIGNS = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
)


def escaped(value: object) -> str:
    """Return a text with its signs written out; what is marked as safe stays so."""
    if type(value) is str:
        return value.translate(SIGNS)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return str(value).translate(SIGNS)
