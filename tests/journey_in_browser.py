"""What people do on the pages of an order, step by step, in a browser."""


def fill(page, answers):
    """Answer what a page asks, by the names of its inputs.

    True ticks one box by itself; a list ticks those of several.
    """
    for name, value in answers.items():
        field = page.locator(f"[name={name}]").first
        if value is True:
            field.check()
        elif field.get_attribute("type") in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                page.locator(f"[name={name}][value='{one}']").check()
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def section(page, title, **answers):
    """Answer the section that the page shows, and go on to the next."""
    assert page.inner_text("h1") == title
    fill(page, answers)
    page.get_by_role("button", name="Save and continue").click()


def read(page, address):
    page.goto(address)
    return page.inner_text("main")


class Desk:
    """A member of staff at the order's page."""

    def __init__(self, page, order):
        self.page = page
        self.address = f"/admin/orders/connectionrequest/{order.pk}/change/"

    def reads(self):
        self.page.goto(self.address)
        return self.page.inner_text("#content")

    def does(self, label, button="", **answers):
        """Open the step from the order's page, answer what it asks, and confirm."""
        self.page.goto(self.address)
        self.page.get_by_role("link", name=label, exact=True).click()
        self.confirms(button or label, **answers)

    def confirms(self, button, **answers):
        fill(self.page, answers)
        self.page.get_by_role("button", name=button, exact=True).click()
        assert self.page.locator(".errornote, .errorlist").count() == 0, (
            self.page.inner_text("main")
        )

    def asks(self, words, answer=""):
        """Note a question beside an answer, or about the whole form."""
        self.page.goto(self.address)
        link = f"Ask about {answer}" if answer else "Ask about an answer"
        self.page.get_by_role("link", name=link, exact=True).click()
        self.confirms("Keep the question", words=words)


CONTACTS = {
    "technical_contact_name": "Tess Hall",
    "technical_contact_email": "tess@northgate.example",
    "technical_contact_phone": "01332 496 0123",
    "site_contact_name": "Sam Gate",
    "site_contact_phone": "01332 496 0124",
}
ROOM = {
    "floor": "Ground floor",
    "ac_sockets": 4,
    "has_access_control": "True",
    "power": True,
    "space": True,
}
CARE = {"pep": True, "protection": True, "no_damage": True}


def describe_the_site(page, data_centre):
    """Fill in what is asked of a site, which begins with who shares it."""
    section(page, "Who else uses it", is_shared="False")
    section(page, "The data centre", data_centre=str(data_centre.pk))
    section(page, "Room, rack and power", **ROOM)
    section(page, "The building", is_multi_tenanted="False")


def send_it(page):
    assert page.inner_text("h1") == "Check your answers"
    page.locator("main form input[type=checkbox]").first.check()
    page.get_by_role("button", name="Submit the request").click()
    assert "submitted" in page.inner_text("h1").lower()
