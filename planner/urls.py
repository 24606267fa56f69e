from django.urls import path

from planner import views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/keep/", views.plan_keep, name="plan-keep"),
    path("plan/<str:token>/", views.plan_kept, name="plan-kept"),
    path("plan/<str:token>/start/", views.plan_start, name="plan-start"),
]
