"""What can differ from one database to the other, and so runs on SQLite as well.

Each row names a module of the suite and what of the portal it puts to the proof:
modules that speak SQL of their own or hold locks, or words for what else a database
decides. All other modules run once, on PostgreSQL.
"""

PORTABLE: dict[str, tuple[str, ...]] = {
    # The harness, start-up and settings.
    "tests/test_harness.py": ("emptying tables between tests",),
    "tests/test_environment.py": ("settings",),
    "tests/test_settings.py": ("dccportal/settings.py", "settings"),
    "tests/test_refusal.py": ("start-up",),
    "tests/test_run.py": ("start-up",),
    "tests/test_demo.py": ("the demo world", "all apps"),
    "tests/test_timers.py": ("ended sign-ins are deleted",),
    "tests/test_names_that_look_the_same.py": ("migrations of rows",),
    # Records: triggers, plain SQL, claims.
    "tests/records/test_append_only.py": (
        "records/migrations/0002_append_only.py",
        "records/migrations/0004_documents_say_whether_they_were_scanned.py",
        "records/migrations/0005_documents_name_their_template.py",
        "records/migrations/0007_events_say_whether_they_tell_a_price.py",
    ),
    "tests/records/test_days_and_causes.py": (
        "records/migrations/0014_events_say_which_day_moved_and_what_brought_it_about.py",
        "migrations of rows",
    ),
    "tests/records/test_jobs.py": ("records/commands/jobs.py",),
    "tests/records/test_sweeps.py": ("records/commands/sweeps.py", "sweeps"),
    "tests/records/test_outbox.py": ("records/commands/notices.py",),
    "tests/records/test_once.py": ("unique keys",),
    "tests/records/test_pause.py": (
        "records/commands/again.py",
        "records/commands/pause.py",
    ),
    "tests/records/test_transitions.py": ("moves of states",),
    # One journey an app, and what its own locks hold.
    "tests/parties/test_people.py": (
        "parties/commands/register.py",
        "parties/commands/nominations.py",
        "parties/querysets.py",
    ),
    "tests/parties/test_invitations.py": ("parties/commands/invitations.py",),
    "tests/parties/test_nominations_asked.py": ("parties/querysets.py",),
    "tests/parties/test_nominated_today.py": ("days in queries",),
    "tests/parties/test_put_right.py": ("parties/commands/correct.py",),
    "tests/worklist/test_register.py": ("constraints", "days in queries"),
    "tests/worklist/test_look_after.py": ("worklist/querysets.py",),
    "tests/worklist/test_saved_lists.py": ("worklist/commands/save.py",),
    "tests/guidance/test_publish.py": ("guidance/querysets.py",),
    "tests/orders/test_request.py": ("orders/querysets.py",),
    "tests/orders/test_checks.py": ("orders/querysets.py",),
    "tests/orders/test_pair.py": ("orders/querysets.py", "several rows locked"),
    "tests/orders/test_enquiries.py": ("orders/querysets.py",),
    "tests/orders/test_keyed_by_mistake.py": ("orders/commands/keyed.py",),
    "tests/orders/test_two_writers.py": ("the second writer",),
    "tests/orders/test_search_text.py": ("orders/trigrams.py", "orders/search.py"),
    "tests/planner/test_save.py": ("planner/querysets.py",),
    "tests/quotes/test_clocks.py": ("sweeps", "instants in queries"),
    "tests/quotes/test_prices.py": ("quotes/commands/prices.py",),
    "tests/sites/test_access_log.py": ("constraints",),
    "tests/connections/test_open.py": ("constraints",),
    "tests/billing/test_charges.py": ("sums", "constraints"),
    "tests/billing/test_payments.py": ("sums in queries", "triggers"),
    "tests/takeover/test_take_over.py": (
        "takeover/commands/files.py",
        "many rows at once",
    ),
    # Pages whose answer is a query's order or its matching of text.
    "tests/desk/test_journey.py": ("one journey at the desk",),
    "tests/desk/test_what_stands_first.py": ("ordering",),
    "tests/pages/test_search.py": ("matching of text",),
}
