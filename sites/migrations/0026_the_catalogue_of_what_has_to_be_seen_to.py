"""The first rows of the catalogue: what the guidance asks of a site, in our words."""

from django.db import migrations

# Code, title, words, who sees to it, requirement, section, pairs of which option.
ROWS = (
    (
        "power",
        "Adequate power",
        "The place has the power that the equipment needs.",
        "party",
        "R-5.2.1-1",
        "5.2",
        "",
    ),
    (
        "sockets",
        "AC power sockets",
        "Enough AC sockets are free where the equipment stands.",
        "party",
        "R-5.2.1-5",
        "5.2",
        "",
    ),
    (
        "away-from-water",
        "Not under air conditioning",
        "No air conditioning stands above it, from which water could drip.",
        "party",
        "R-5.2.1-2",
        "5.2",
        "",
    ),
    (
        "space-and-temperature",
        "Suitable space and temperature",
        "The place stays fit for the equipment in space and temperature.",
        "party",
        "R-5.2.1-4",
        "5.2",
        "",
    ),
    (
        "rack-space",
        "Rack space",
        "The rack units that the equipment takes are free before it is installed.",
        "party",
        "R-3.7-2",
        "3.7",
        "",
    ),
    (
        "access-control",
        "Access control",
        "Who gets to the place is controlled. This is preferred, not demanded.",
        "party",
        "R-5.2.1-3",
        "5.2",
        "",
    ),
    (
        "physical-protection",
        "Protection from unauthorised access",
        "Nobody without authority can reach the equipment.",
        "party",
        "R-5.2.2-1",
        "5.2",
        "",
    ),
    (
        "access-log",
        "Access log",
        (
            "A log of everybody who has been at the equipment is kept at all times, here "
            "or elsewhere."
        ),
        "party",
        "R-5.2.2-2",
        "5.2",
        "",
    ),
    (
        "no-damage",
        "No damage to the equipment",
        (
            "People at the site know that it may not be damaged on purpose or by neglect, "
            "and what an emergency allows."
        ),
        "party",
        "R-5.2.2-4",
        "5.2",
        "",
    ),
    (
        "site-papers",
        "What the site asks of visitors",
        (
            "What the data centre wants before anybody is let in is known, with its "
            "documents."
        ),
        "party",
        "R-3.5-2",
        "3.5",
        "",
    ),
    (
        "pep",
        "Policy Enforcement Point",
        "A PEP is in place, to which the DCC router leads.",
        "party",
        "R-4.1-6",
        "4.1",
        "",
    ),
    (
        "layer-2-switch",
        "Layer 2 switched network",
        "One that you supply joins both routers and leads to your security gateway.",
        "party",
        "R-4.2-4",
        "4.2",
        "medium",
    ),
    (
        "layer-2-between-sites",
        "Layer 2 link between the data centres",
        "One that you provide joins both sites.",
        "party",
        "R-4.3-4",
        "4.3",
        "high",
    ),
    (
        "separate-sites",
        "Sites apart from each other",
        "Both sites are geographically separate.",
        "party",
        "R-4.3-1",
        "4.3",
        "high",
    ),
    (
        "no-common-points",
        "No common connection points",
        "Both paths from site to core are checked, and meet nowhere.",
        "supplier",
        "R-4.2-2",
        "4.2",
        "medium",
    ),
    (
        "addresses",
        "IP addresses",
        "The addresses of router and PEP are supplied and recorded.",
        "dcc",
        "R-4.1-7",
        "4.1",
        "",
    ),
    (
        "standard-rams",
        "Standard RAMS",
        "The risk assessment and method statement of whoever comes is there.",
        "supplier",
        "R-2.13-5",
        "2.13",
        "",
    ),
)
NAMES = ("code", "title", "words", "owner", "requirement", "section", "option")


def lay_down(apps, schema_editor):
    duties = apps.get_model("sites", "SiteDuty").objects
    for position, row in enumerate(ROWS, 1):
        duties.create(position=position, **dict(zip(NAMES, row, strict=True)))


class Migration(migrations.Migration):
    dependencies = [("sites", "0025_what_has_to_be_seen_to_at_a_site")]

    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
