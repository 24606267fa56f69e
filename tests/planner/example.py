"""The example of docs/planner.md, as a visitor types it, and what they choose."""

SHEET = {
    "parties": "3",
    "meters": "40,000",
    "growth": "25",
    "routine_count": "4",
    "routine_bytes": "2,000",
    "complex_count": "0.05",
    "complex_bytes": "30000",
    "peak_share": "40",
    "peak_hours": "2",
    "headroom": "80",
    "testing": "1.5",
}
CHOSEN = {"main": "hv-20", "backup": "lv", "years": "3", "uses": ["duis", "ssi"]}
PLAN = SHEET | CHOSEN | {"option": "high"}
