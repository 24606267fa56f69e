from planner.views.kept import plan_kept, plan_start
from planner.views.open import plan, plan_keep

__all__ = ["plan", "plan_keep", "plan_kept", "plan_start"]
