from planner.views.open import plan, plan_save
from planner.views.saved import plan_saved, plan_start

__all__ = ["plan", "plan_save", "plan_saved", "plan_start"]
