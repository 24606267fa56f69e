from django.urls import path

from planner import views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/keep/", views.plan_save, name="plan-save"),
    path("plan/<str:token>/", views.plan_saved, name="plan-saved"),
    path("plan/<str:token>/start/", views.plan_start, name="plan-start"),
]
