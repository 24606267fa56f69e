"""The house, checked: what CONTRIBUTING.md asks for and a linter cannot see."""

import ast
import re
from collections import defaultdict
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django_fsm import FSMField

from common.errors import DomainError
from common.guarded_state import StateField
from tools import rules
from tools.paths import ROOT

APPS = (
    "records",
    "parties",
    "worklist",
    "guidance",
    "orders",
    "quotes",
    "planner",
    "sites",
    "connections",
    "billing",
    "takeover",
)
LAYERS = (*APPS, "common", "dccportal")
PARTS = {
    "states",
    "deadlines",
    "pricing",
    "errors",
    "policies",
    "querysets",
    "models",
    "emails",
    "documents",
    "obligations",
    "search",
    "words",
    "facts",
    # What rows of work say of its orders; whether its part of the portal is well, and
    # its figures for the watch.
    "threads",
    "health",
    "metrics",
    # What the desk reads of it by month.
    "reports",
    # What it offers to an order's pages: its part of the file, its steps for the desk,
    # what it finds on a form or a scan, its sections.
    "file",
    "steps",
    "findings",
    "sections",
    "marks",
    "commands",
    "signals",
    "receivers",
    "forms",
    "views",
    "tasks",
    "urls",
    "admin",
    "apps",
    "migrations",
    "__init__",
}
# The one door for states, and for forms, which all apps go through.
MORE_PARTS = {
    # What the groups of staff may do, by their roles; how people sign in.
    "parties": {"groups", "sign_in"},
    # What each kind of e-mail is asked again when it is sent.
    "records": {
        "transitions",
        "once",
        "when_sent",
        "behalf",
        "unit",
        # A command done and taken back, so that its e-mails are read before they go.
        "rehearsal",
        "jobs",
        # What each program leaves of itself, and the history of a row for any page.
        "heartbeats",
        # What machines owe and do not do, for the desk's first page.
        "stuck",
        "templatetags",
        "management",
        "letters",
    },
    # What is made while a release is deployed, the index by which orders are found, and
    # who gets an e-mail of which kind; how contacts are told of its states.
    "orders": {"wording", "management", "trigrams", "readers", "contacts"},
    # What of it stands in people's own calendars, and on a supplier's first page.
    "sites": {"calendar", "rounds"},
    # How receipt and the last day are said, the same on every page and in every e-mail,
    # and the codes on the pages of a signed scan.
    "quotes": {"wording", "scans"},
    # What may be owed, and which rows of which app say so.
    # Who may do it, how much was done in time, how staff and how contacts read it.
    "worklist": {
        "kinds",
        "parts",
        "people",
        "attainment",
        "staff",
        "contacts",
        "management",
    },
    # A plan is arithmetic and pictures: neither dates nor money.
    "planner": {"sizing", "drawings"},
    # What ending a connection costs, by the day; what waits for the configurer.
    # And how much of it is used.
    "connections": {
        "addresses",
        "drawings",
        "failover",
        "links",
        "renewals",
        "rounds",
        "usage",
        "years",
        "years_ahead",
    },
    # Whether the ledger holds what the orders call for. What is to come, a Party's own
    # working, what staff read of a month; the pages of each, and their charts; what
    # the desk's first page says of it.
    "billing": {
        "staff",
        "check",
        "management",
        "forecast",
        "split",
        "figures",
        "pages",
    },
    # What may stand in a file of what exists, and what is wrong with one.
    "takeover": {"check", "columns", "management", "tables"},
    # The terms of the trade, how texts become pages, and the texts themselves.
    "guidance": {"glossary", "wording", "texts", "commonmark", "differences"},
}
PAST = ("migrations",)
# The names that Django looks for, in as many places as it looks.
NAMES_OF_DJANGO = {"Command", "Media", "Meta"}


@cache
def trees():
    found = {}
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            if not set(path.parts) & set(PAST):
                found[path.relative_to(ROOT)] = ast.parse(path.read_text())
    return found


@cache
def walked():
    """Return all nodes by their kind, each with its file: the house is walked once."""
    found = defaultdict(list)
    for path, tree in trees().items():
        for node in ast.walk(tree):
            found[type(node)].append((path, node))
    return found


def nodes(kinds, *layers):
    """Yield each node of a kind, or of some, with the place it stands at."""
    for kind in kinds if isinstance(kinds, tuple) else (kinds,):
        for path, node in walked()[kind]:
            if not layers or path.parts[0] in layers:
                yield f"{path}:{node.lineno}", node


def part_of(place):
    """Return which kind of module a place is in: `views` of orders/views/list.py."""
    return Path(place.split(":")[0]).with_suffix("").parts[1]


@cache
def calls(*layers):
    """Return each call with its place, and what is called in the words of the code."""
    return [
        (place, ast.unparse(node.func), node)
        for place, node in nodes(ast.Call, *layers)
    ]


@cache
def transitions():
    """Return every transition of every model, by name, with its function."""
    found = {}
    for model in apps.get_models():
        if any(isinstance(field, FSMField) for field in model._meta.fields):
            for move in model().get_all_state_transitions():
                found[model.__name__, move.name] = getattr(model, move.name)
    return found


def function_definitions(*layers):
    return nodes((ast.FunctionDef, ast.AsyncFunctionDef), *layers)


def test_there_is_something_to_check():
    assert len(trees()) > 80
    assert len(transitions()) > 20


@pytest.mark.parametrize("app", APPS)
def test_an_app_has_only_files_whose_names_say_what_they_are(app):
    here = {path.stem for path in (ROOT / app).iterdir() if path.name[0] not in "_."}

    assert here <= PARTS | MORE_PARTS.get(app, set())


# What shows one app alone, and stands at the top all the same.
SHOWS_ONE_APP = {
    "dccportal/pages/home.py": "finished orders are sorted by when a connection began",
    "dccportal/pages/views/public.py": "pages of no app, and prices on the first",
}


def test_what_knows_one_app_alone_stands_in_that_app():
    """People, work and records are below all; what shows two apps is put in order."""
    shows = {
        str(path): apps_of(tree)
        for path, tree in trees().items()
        if path.parts[:2] in {("dccportal", "desk"), ("dccportal", "pages")}
    }
    below = {"parties", "worklist"}

    one = {
        path
        for path, apps_known in shows.items()
        if "dccportal" not in apps_known
        and apps_known & set(APPS) - {"records"}
        and len(apps_known & set(APPS) - {"records", *below}) < 2
    }
    assert one == set(SHOWS_ONE_APP)


def apps_of(tree):
    """Return the apps whose modules a module imports."""
    return {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None) or node.names[0].name]
    }


def test_what_puts_the_apps_in_order_stays_small():
    """Settings, addresses, timers and the pages of several apps; not the demo world."""
    lines = sum(
        len((ROOT / path).read_text().splitlines())
        for path in trees()
        if path.parts[0] == "dccportal" and not is_of_the_demo(path)
    )
    assert lines < 4000


def is_of_the_demo(path):
    return path.parts[1] == "demo" or path.stem == "load_demo"


def test_no_module_is_called_after_nothing():
    vague = {"utils", "util", "helpers", "helper", "services", "core", "libs", "misc"}

    assert not [path for path in trees() if set(path.with_suffix("").parts) & vague]


def test_a_class_name_means_one_thing_in_the_whole_house():
    places = {}
    for place, node in nodes(ast.ClassDef):
        places.setdefault(node.name, []).append(place)

    twice = {name: where for name, where in places.items() if len(where) > 1}

    assert {name: twice[name] for name in twice.keys() - NAMES_OF_DJANGO} == {}


def test_a_file_has_at_most_400_lines():
    long = {
        str(path): lines
        for path in trees()
        if (lines := len((ROOT / path).read_text().splitlines())) > 400
    }
    assert long == {}


def test_a_function_has_at_most_40_lines_below_its_words():
    long = {
        f"{place} {node.name}": length
        for place, node in function_definitions()
        if (length := length_of(node)) > 40
    }
    assert long == {}


def test_few_parameters_are_typed_as_anything():
    """What is truly anything is an object; Any switches the type checker off."""
    kinds = [
        ast.unparse(each.annotation)
        for _, node in function_definitions()
        for each in ast.walk(node.args)
        if isinstance(each, ast.arg) and each.annotation is not None
    ]

    assert kinds.count("Any") <= len(kinds) * 0.05


def length_of(node):
    """Return the lines of the body, without the docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return node.end_lineno - body[0].lineno + 1 if body else 0


def test_imports_are_absolute_and_at_the_top():
    relative = [place for place, node in nodes(ast.ImportFrom) if node.level]
    inside = [
        place
        for place, function in function_definitions()
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        and not imports_late(place, node)
    ]
    assert (relative, inside) == ([], [])


def imports_late(place, node):
    """Say whether an import waits for a reason: models are ready, or it is slow."""
    name = getattr(node, "module", None) or node.names[0].name
    return part_of(place) == "apps" or name.split(".")[0] in {"weasyprint", "fontTools"}


def test_only_perform_moves_a_state():
    names = {name for _, name in transitions()}
    moved = [
        f"{place} {called}"
        for place, called, node in calls()
        if called.rpartition(".")[2] in names
        and any(keyword.arg == "at" for keyword in node.keywords)
        and is_bound_to_a_row(called, node)
    ]
    assert moved == []


def is_bound_to_a_row(called, node):
    """A transition takes only keywords; commands and e-mails take a row or a key."""
    owner = called.rpartition(".")[0]
    modules = {"commands", "emails", "orders", "quotes", "sites", "connections"}
    return bool(owner) and owner.split(".")[-1] not in modules and not node.args


def test_history_is_asked_by_the_move_itself_and_not_by_what_it_is_called():
    """`event.is_move(Quote.withdraw)` is found and renamed with the transition."""
    names = {name for _, name in transitions()}
    asked = [
        f"{place} {ast.unparse(node)}"
        for place, node in nodes((ast.Compare, ast.Call))
        if asks_for_an_event(node, names)
    ]
    assert asked == []


def asks_for_an_event(node, names):
    """Say whether a comparison or a filter gives the name of a move in words."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        is_named = any(getattr(side, "attr", "") == "name" for side in sides)
        return is_named and says_one_of(sides, names)
    named = [each.value for each in node.keywords if each.arg in {"name", "name__in"}]
    is_filter = ast.unparse(node.func).rpartition(".")[2] in {"filter", "get"}
    is_asking = getattr(node.func, "attr", "") in {"moves", "moves_of", "is_move"}
    given = node.args if is_asking else named if is_filter else []
    return says_one_of(given, names)


def says_one_of(given, names):
    return any(
        isinstance(each, ast.Constant) and each.value in names
        for one in given
        for each in ast.walk(one)
    )


@pytest.mark.parametrize("name", ["state", "__dict__"])
def test_nobody_sets_a_state_past_the_machine(name):
    targets = [
        f"{place} {ast.unparse(target)}"
        for place, node in nodes(ast.Assign)
        for target in node.targets
        for each in ast.walk(target)
        if isinstance(each, ast.Attribute)
        and each.attr == name
        # An e-mail is no machine: two workers move it by conditional updates.
        and not ast.unparse(each).startswith("notice.")
    ]
    assert targets == []


def test_no_queryset_updates_the_state_of_a_machine():
    machines = {model for model, _ in transitions()}
    updates = [
        f"{place} {called}"
        for place, called, node in calls()
        if called.endswith(".update")
        and any(keyword.arg == "state" for keyword in node.keywords)
        and not called.startswith(("claim.", "ready."))
    ]
    assert machines
    assert updates == []


def test_every_transition_is_guarded_and_closed_to_templates():
    """A template can call a method without arguments; one that needs `at` it cannot."""
    for (model, name), method in transitions().items():
        given = method.__kwdefaults__ or {}
        code = method.__wrapped__.__code__ if hasattr(method, "__wrapped__") else None
        code = code or method.__code__
        first = code.co_argcount
        keywords = code.co_varnames[first : first + code.co_kwonlyargcount]
        assert "at" in keywords, (model, name)
        assert "at" not in given, (model, name)


def test_every_transition_asks_a_policy_and_says_what_it_did():
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, FSMField):
                # Protected, and quick to migrate: no other field of the library is.
                assert isinstance(field, StateField), model
                for move in model().get_all_state_transitions():
                    assert callable(move.permission), (model, move.name)
                    assert move.custom["done"], (model, move.name)


WRITES = {"save", "create", "bulk_create", "delete", "get_or_create"}
WRITES |= {"update_or_create"}


def test_views_and_admin_write_nothing_past_the_commands():
    written = [
        f"{place} {called}"
        for place, called, _ in calls(*APPS, "dccportal")
        if part_of(place) in {"views", "pages", "desk", "admin"}
        and called.rpartition(".")[2] in WRITES
        and not called.startswith(("super()", "self.client", "forms."))
    ]
    assert written == []


def test_what_is_written_together_is_one_unit_that_keeps_the_register():
    """A bare transaction would leave what people owe as it was before."""
    bare = [
        place
        for place, named in nodes(ast.Attribute, *APPS, "dccportal")
        if named.attr == "atomic" and not place.startswith("records/unit.py")
    ]
    assert bare == []


def test_what_is_kept_on_a_row_holds_up_no_other_thread():
    """Python 3.11's own holds one lock for all rows while it asks the database."""
    named = [
        place
        for place, node in nodes(ast.ImportFrom)
        if node.module == "functools"
        and any(each.name == "cached_property" for each in node.names)
    ]
    assert named == []


OPEN_TO_ALL = {"SiteDuty", "Ballpark", "MessageSize"}


def test_a_view_reads_rows_only_through_visible_to():
    """`X.objects` is followed by `visible_to`, but for what everybody may read."""
    found = []
    for app in APPS:
        for path, tree in trees().items():
            if path.parts[0] == app and path.with_suffix("").parts[1] == "views":
                found += [f"{path} {text}" for text in unfiltered(tree)]
    assert [text for text in found if "trial" not in text] == []


def unfiltered(tree):
    text = ast.unparse(tree)
    for owner, method in re.findall(r"(\w+)\.objects\.(\w+)", text):
        if method != "visible_to" and owner not in OPEN_TO_ALL | ONLY_IN_A_TRIAL:
            yield f"{owner}.objects.{method}"


# Everybody's e-mails are shown only in a trial, where all the people are made up.
ONLY_IN_A_TRIAL = {"Notice"}


CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
}


def test_the_clock_is_read_by_one_function():
    assert [place for place, called, _ in calls() if called in CLOCKS] == []


def test_only_the_clock_names_the_zone():
    named = [
        place
        for place, node in nodes(ast.Constant)
        if node.value == "Europe/London"
        and not place.startswith(("common/clock.py", "dccportal/settings.py"))
    ]
    assert named == []


@pytest.mark.parametrize(
    "module", ["common/money.py", "quotes/pricing.py", "billing", "quotes/commands"]
)
def test_no_float_comes_near_money(module):
    floats = [
        f"{place} {ast.unparse(node)}"
        for place, node in nodes((ast.Constant, ast.Name, ast.BinOp))
        if place.startswith(module) and is_float(node)
    ]
    assert floats == []


def is_float(node):
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    return isinstance(node, ast.Name) and node.id == "float"


def test_no_amount_is_made_from_a_number_with_a_point():
    made = [
        f"{place} {ast.unparse(node)}"
        for place, called, node in calls()
        if called == "Decimal"
        and any(isinstance(a, ast.Constant) and is_float(a) for a in node.args)
    ]
    assert made == []


@pytest.mark.parametrize("app", APPS)
def test_every_command_says_what_it_does(app):
    commands = [
        (f"{place} {node.name}", ast.get_docstring(node))
        for place, node in function_definitions(app)
        if part_of(place) == "commands" and is_command(node)
    ]
    assert commands
    assert [name for name, words in commands if not words] == []


def is_command(node):
    """A public function that writes in one transaction, or is owed to a machine."""
    decorators = {ast.unparse(each).split("(")[0] for each in node.decorator_list}
    return bool(decorators & {"command", "job"}) and node.name[0] != "_"


@pytest.mark.parametrize("app", APPS)
def test_every_deadline_and_price_names_its_source(app):
    silent = [
        f"{place} {node.name}"
        for place, node in function_definitions(app)
        if part_of(place) in {"deadlines", "pricing"}
        and node.name[0] != "_"
        and "Source: " not in (ast.get_docstring(node) or "")
        and node.name != "gross"
    ]
    assert silent == []


def test_every_source_is_in_the_specification():
    cited = {
        rule for rule in rules.citations(ROOT, tests=False) if rule.startswith("R-")
    }
    assert cited
    assert cited <= set(rules.known())


def refusals():
    """Yield each refusal of each app."""
    for app in LAYERS:
        if find_spec(f"{app}.errors"):
            for named in vars(import_module(f"{app}.errors")).values():
                if isinstance(named, type) and issubclass(named, DomainError):
                    yield named


@pytest.mark.parametrize("refusal", sorted(set(refusals()), key=str))
def test_a_refusal_speaks_to_people(refusal):
    assert refusal.words[-1] in ".}"
    assert not re.search(r"\b([Ii]nvalid|[Ee]rror|[Ee]xception)\b", refusal.words)


def test_templates_hold_no_script_and_no_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "documents" not in path.parts and "emails" not in path.parts
        for match in inline.finditer(path.read_text())
    ]
    assert found == []


def test_every_decision_is_in_their_index_by_its_number_and_title():
    folder = ROOT / "docs" / "adr"
    titles = {path.name: path.read_text().splitlines()[0] for path in folder.glob("0*")}
    lines = re.findall(
        r"^- (\d+)\. \[(.+)\]\((.+)\)$",
        (folder / "README.md").read_text(),
        re.MULTILINE,
    )
    index = {name: f"# {number}. {words}" for number, words, name in lines}

    assert len(lines) == len(titles)
    assert index == titles
    assert [int(name[:4]) for name in sorted(titles)] == list(range(1, len(titles) + 1))


def test_signals_are_few():
    defined = [place for place, called, _ in calls() if called == "Signal"]

    assert len(defined) < 10


def test_what_a_browser_shows_is_waited_for():
    """A glance at a page on a busy machine may come before its words."""
    glance = re.compile(r"assert .*\.(is_\w+|inner_text|input_value|text_content)\(\)$")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "tests" / "browser").glob("*.py"))
        for line in path.read_text().splitlines()
        if glance.search(line)
    ]
    assert found == []
