"""The parts that pages are made of. Each draws one template of components/.

Parts with words of their own inside are block tags: `{% panel "Title" %}…`.
What they take as data is in common/parts.py and common/time_left.py.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import clock, figures, money, wording
from common.clock import uk_date as uk_day_of
from common.escaping import escaped
from common.ours import marks_of
from common.parts import MoneyTable, NeedsLine, Phase, Step
from common.templatetags.phones import phone_link
from common.time_left import TimeLeft

register = template.Library()

TAGS = {
    "state": "state",
    "you": "you",
    "org": "org",
    "dcc": "dcc",
    "supplier": "other",
    "done": "done",
    "grey": "ended",
    "late": "late",
    "soon": "soon",
    "paused": "paused",
}


# Days, times and money


@register.filter
def pounds(amount: Decimal) -> str:
    """£3,000.00. Say "excluding VAT" beside it."""
    return money.pounds(amount)


@register.filter
def round_pounds(amount: Decimal) -> str:
    """£3,000: for indicative ranges only, where pence would promise too much."""
    return f"£{amount:,.0f}"


def uk(moment: date) -> date:
    return uk_day_of(moment) if isinstance(moment, datetime) else moment


@register.filter
def uk_date(moment: date | None) -> str:
    """5 March 2026, in the UK."""
    return wording.day_words(uk(moment)) if moment else ""


@register.filter
def uk_day(moment: date | None) -> str:
    """Thursday 5 March 2026, in the UK."""
    return wording.long_day_words(uk(moment)) if moment else ""


@register.filter
def uk_time(moment: datetime | None) -> str:
    """5 March 2026, 2:40pm, in the UK."""
    return clock.uk_time(moment) if moment else ""


# Small parts inside a line


@register.simple_tag
def figure(setting: str, noun: str) -> str:
    """A figure of the settings: `{% figure "QUOTE_OPEN_DAYS" "calendar day" %}`."""
    return figures.figure(setting, noun)


@register.simple_tag
def lower_rate_from() -> str:
    """From when a lower rate costs less, as the settings say: "the renewal"."""
    return figures.lower_rate_from()


@register.simple_tag
def tag(words: str, kind: str = "state") -> SafeString:
    """A tag. Kinds: state, you, org, dcc, supplier, done, grey, late, soon, paused."""
    # Written here, as a page may have a hundred of them.
    kinds = f"govuk-tag dcc-tag--{TAGS[kind]}"
    return SafeString(f'<strong class="{kinds}">{escaped(words)}</strong>')


@register.simple_tag
def tags(each: Iterable[Any]) -> SafeString:
    """Several tags beside each other; each has its words and its kind."""
    shown = "".join(f"{tag(one.words, one.kind)} " for one in each)
    return SafeString(f'\n<span class="dcc-tags">{shown}</span>\n' if shown else "\n\n")


@register.simple_tag
def term(key: str, words: str = "") -> SafeString:
    """A term of the trade, linked to its line in the glossary: `{% term "HV" %}`."""
    url = f"{reverse('glossary')}#{key.lower()}"
    return format_html('<a class="dcc-term" href="{}">{}</a>', url, words or key)


@register.inclusion_tag("components/rule.html")
def rule(*sources: str, after: str = "", inline: bool = False) -> dict[str, Any]:
    """What a page follows: sections of the guidance, and what is ours (`common.ours`).

    `{% rule "2.5" "2.10" "T7" %}`
    """
    each = " ".join(sources).split()
    return {
        # What is ours and not listed there is a mistake, never a section.
        "sections": [source for source in each if not source.startswith("T")],
        "marks": marks_of([source for source in each if source.startswith("T")]),
        "after": after,
        "inline": inline,
    }


@register.simple_tag
def desk_phone() -> SafeString:
    """The Service Desk's phone, as a link. Needs no context, so errors can show it."""
    return phone_link(settings.SERVICE_DESK_PHONE)


@register.simple_tag
def desk_email() -> SafeString:
    """The Service Desk's e-mail, as a link. Needs no context."""
    words = '<a class="govuk-link" href="mailto:{0}">{0}</a>'
    return format_html(words, settings.SERVICE_DESK_EMAIL)


# Frame


@register.inclusion_tag("components/nav_item.html", takes_context=True)
def nav_item(
    context: template.Context, name: str, words: str, *prefixes: str, count: int = 0
) -> dict[str, Any]:
    """One item of the menu, marked when the page lies under it or under `prefixes`."""
    url = reverse(name)
    path = context["request"].path if "request" in context else ""
    here = path == url or any(path.startswith(prefix) for prefix in prefixes)
    return {"url": url, "words": words, "here": here, "count": count}


@register.inclusion_tag("components/back_link.html")
def back_link(url: str, words: str = "Back") -> dict[str, str]:
    """The link back, in its own landmark. Goes into `{% block back %}`."""
    return {"url": url, "words": words}


@register.simple_block_tag
def page_head(content: str, title: str, caption: str = "") -> str:
    """Caption, title, and tags or a short line between the tags of the block."""
    return part("page_head", title=title, caption=caption, content=content)


# Deadlines


@register.inclusion_tag("components/time_left.html")
def time_left(left: TimeLeft, how: bool = False, ends: bool = False) -> dict[str, Any]:
    """The time left and the last day; with `how`, also how it was worked out.

    `ends` says of a right that it ends today.
    """
    return {"left": left, "how": how, "ends": ends}


@register.inclusion_tag("components/time_paused.html")
def time_paused(since: date, mine: bool = True) -> dict[str, Any]:
    """A clock that waits since a day: for the reader, if it is `mine`."""
    return {"since": since, "mine": mine}


@register.inclusion_tag("components/needs_item.html")
def needs_item(line: NeedsLine) -> dict[str, Any]:
    """One line of what is to be done, inside `<ol class="dcc-needs">`.

    What colleagues are to do stands in a list that is `dcc-needs--org` as well.
    """
    return vars(line)


@register.simple_block_tag
def now_band(
    content: str,
    title: str,
    left: TimeLeft | None = None,
    since: date | None = None,
    *,
    tone: str = "you",
    number: int = 1,
    ends: bool = False,
) -> str:
    """What is to be done now, with the time left beside it.

    The tone is "you", "colleagues" where it is theirs, or "calm" when nothing is to be
    done; several bands on a page are numbered from 1. `ends`: a right ends today.
    """
    facts = {"since": since, "tone": tone, "number": number, "ends": ends}
    return part("now_band", title=title, content=content, left=left, **facts)


@register.inclusion_tag("components/phase.html")
def phase(phase: Phase) -> dict[str, Phase]:
    """Some steps of the timeline under one heading."""
    return {"phase": phase}


@register.inclusion_tag("components/step.html")
def step(step: Step) -> dict[str, Step]:
    """One step of the timeline, inside `<ol class="dcc-steps">`."""
    return {"step": step}


# Facts, tables, lists


@register.inclusion_tag("components/facts.html")
def facts(items: Iterable[tuple[str, Any]], wide: bool = False) -> dict[str, Any]:
    """Pairs of name and value, stacked, or side by side when `wide`."""
    return {"items": [pair for pair in items if pair[1]], "wide": wide}


@register.inclusion_tag("components/money_table.html")
def money_table(table: MoneyTable) -> dict[str, Any]:
    """Amounts in columns, with a total."""
    return {"table": table, "heads": numbered(table.heads, table)}


def numbered(heads: list[str], table: MoneyTable) -> list[dict[str, Any]]:
    return [
        {"words": head, "number": at > 0 and at - 1 not in table.text_columns}
        for at, head in enumerate(heads)
    ]


@register.inclusion_tag("components/money_row.html")
def money_row(
    row: Any, table: MoneyTable, css: str = "", *, is_sum: bool = False
) -> dict[str, Any]:
    """One line of a money table. A sum says itself what its one figure is."""
    is_named = not (is_sum and len(row.cells) == 1)
    cells = [
        {
            "words": money.pounds(cell) if isinstance(cell, Decimal) else cell or "–",  # noqa: RUF001  a dash for no amount
            "number": at not in table.text_columns,
            "head": table.heads[at + 1] if is_named else "",
        }
        for at, cell in enumerate(row.cells)
    ]
    return {"row": row, "cells": cells, "css": css}


@register.simple_block_tag
def rows(content: str, caption: str, *heads: str) -> str:
    """A table of rows that become cards when narrow. Its cells are made by `cell`."""
    return part("rows", caption=caption, heads=heads, content=content)


@register.simple_block_tag
def cell(content: str, head: str = "") -> SafeString:
    """One cell; without `head` it is the row's own heading."""
    if not head:
        return SafeString(f'<th scope="row">{escaped(content)}</th>')
    return SafeString(f'<td data-label="{escaped(head)}">{escaped(content)}</td>')


@register.inclusion_tag("components/filters.html")
def filters(form: object, label: str) -> dict[str, Any]:
    """A form of fields above a list, sent by GET."""
    return {"form": form, "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: Any, label: str, parameter: str = "page"
) -> dict[str, Any]:
    """Links to the pages of a list; nothing when there is only one."""
    query = context["request"].GET.copy()

    def link_to(number: object) -> dict[str, Any]:
        query[parameter] = str(number)
        return {"number": number, "url": f"?{query.urlencode()}"}

    return {
        "page": page,
        "label": label,
        "before": link_to(page.number - 1),
        "after": link_to(page.number + 1),
        "numbers": [
            link_to(one) for one in page.paginator.get_elided_page_range(page.number)
        ],
    }


@register.inclusion_tag("components/docs.html")
def docs(papers: Iterable[Any]) -> dict[str, Any]:
    """A list of documents (`common.parts.PaperLink`)."""
    return {"papers": papers}


@register.inclusion_tag("components/summary_list.html")
def summary_list(answers: Iterable[Any], label: str = "") -> dict[str, Any]:
    """Check answers: rows of `common.parts.Answer`."""
    return {"answers": answers, "label": label}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Any], prefix: str = "task") -> dict[str, Any]:
    """Sections of a form with their status (`common.parts.Task`).

    `prefix` keeps ids apart when a page has several lists.
    """
    return {"tasks": tasks, "prefix": prefix}


@register.inclusion_tag("components/meter.html")
def meter(done: int, total: int, problems: int = 0) -> dict[str, Any]:
    """A bar of `total` sections. It only decorates: say the same in words beside it."""
    colours = ["#1f6440"] * done + ["#a8201a"] * problems
    colours += ["#ccd5d8"] * (total - done - problems)
    boxes = [{"x": at * 40, "colour": colour} for at, colour in enumerate(colours)]
    return {"boxes": boxes, "width": total * 40}


# Boxes and buttons


@register.simple_block_tag
def panel(content: str, title: str = "", line: bool = False) -> str:
    """A tinted box; white with a line around it when `line`."""
    return part("panel", title=title, line=line, content=content)


@register.simple_block_tag
def note(content: str, title: str = "Guidance") -> str:
    """Guidance in our own words beside a form."""
    return part("note", title=title, content=content)


@register.simple_block_tag
def warning(content: str) -> str:
    """A warning that must not be missed."""
    return part("warning", content=content)


@register.simple_block_tag
def confirmation(content: str, title: str) -> str:
    """The panel that says something was done."""
    return part("confirmation", title=title, content=content)


@register.simple_block_tag
def buttons(content: str) -> SafeString:
    """Buttons and links in one row."""
    return format_html('<div class="govuk-button-group">{}</div>', content)


@register.inclusion_tag("components/button_link.html")
def button_link(url: str, words: str, secondary: bool = False) -> dict[str, Any]:
    """A link that looks like a button; it changes nothing."""
    return {"url": url, "words": words, "secondary": secondary}


@register.inclusion_tag("components/submit.html")
def submit(
    words: str, kind: str = "", name: str = "", value: str = "1"
) -> dict[str, Any]:
    """The button of a form. Kinds: "", "secondary", "warning"."""
    if kind not in {"", "secondary", "warning"}:
        raise ImproperlyConfigured(f"There is no button of the kind {kind!r}.")
    return {"words": words, "kind": kind, "name": name, "value": value}


def part(name: str, **context: object) -> SafeString:
    return render_to_string(f"components/{name}.html", context)
