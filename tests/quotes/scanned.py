"""Wears out a quotation's pages as printers, scanners and fax machines do.

Every scan is made from a number, so that the same number is the same scan.
"""

import functools
import io
import json
import random

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from tests.quotes.paper import facts_of, rendered

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
FULL = 300
DPI = (100, 110, 120, 150, 200, 300)


@functools.cache
def printed(pdf):
    """Return the pages of a document as a printer puts them on paper, at 300 dpi."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            page.render(scale=FULL / 72, grayscale=True).to_pil() for page in document
        ]


def pages_of_paper(quote):
    return printed(rendered(json.dumps(facts_of(quote))))


def worn(page, chance):
    """Return a page at some resolution, askew or upside down, soft, dark and noisy."""
    dpi = chance.choice(DPI)
    size = (page.width * dpi // FULL, page.height * dpi // FULL)
    image = page.resize(size, Image.Resampling.BOX)
    turn = chance.uniform(-4, 4) + chance.choice((0, 0, 180))
    image = image.rotate(turn, Image.Resampling.BILINEAR, fillcolor=255)
    for wear, how_often in (
        (blurred, 0.6),
        (shadowed, 0.5),
        (noisy, 0.6),
        (faxed, 0.3),
    ):
        if chance.random() < how_often:
            image = wear(image, chance, dpi)
    return image


def blurred(image, chance, dpi):
    radius = chance.uniform(0.3, 1.0) * dpi / 150
    return image.filter(ImageFilter.GaussianBlur(radius))


def shadowed(image, chance, dpi):
    """Darken from one side: down to 140 of 255 where the lid did not close."""
    darkest = chance.randint(140, 200)
    ramp = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
    light = ramp.resize(image.size).point(
        lambda v: darkest + (255 - darkest) * v // 255
    )
    return ImageChops.multiply(image, light)


def noisy(image, chance, dpi):
    # Pillow's own noise knows no seed, so a small patch of ours is laid out as tiles.
    spread = chance.uniform(5, 25)
    patch = bytes(
        min(255, max(0, round(chance.gauss(128, spread)))) for _ in range(128 * 128)
    )
    tile, sheet = Image.frombytes("L", (128, 128), patch), Image.new("L", image.size)
    for left in range(0, image.width, 128):
        for top in range(0, image.height, 128):
            sheet.paste(tile.rotate(chance.choice((0, 90, 180, 270))), (left, top))
    return ImageChops.add(image, sheet, 1, -128)


def faxed(image, chance, dpi):
    threshold = chance.randint(95, 135)
    return image.point(lambda v: 255 * (v > threshold)).convert("1")


def as_pdf(images):
    """Return the pages as one PDF: JPEG of quality 30, or a fax's own compression."""
    buffer = io.BytesIO()
    is_fax = any(image.mode == "1" for image in images)
    quality = {} if is_fax else {"quality": 30}
    first, *rest = images
    first.save(buffer, "PDF", save_all=True, append_images=rest, **quality)
    return buffer.getvalue(), PDF


def as_image(image):
    buffer = io.BytesIO()
    if image.mode == "1":
        image.save(buffer, "PNG")
        return buffer.getvalue(), PNG
    image.save(buffer, "JPEG", quality=30)
    return buffer.getvalue(), JPEG


def scan(pages, number):
    """Return scan `number` of `pages`: all as a PDF, or a single page as an image."""
    chance = random.Random(number)  # noqa: S311  the same scan each time
    if number % 2:
        return as_pdf([worn(page, chance) for page in pages])
    return as_image(worn(chance.choice(pages), chance))
