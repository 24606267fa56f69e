from django.urls import path

from sites import views

urlpatterns = [
    path("orders/<str:reference>/access/", views.access, name="access"),
    path(
        "orders/<str:reference>/access/change/",
        views.access_change,
        name="access-change",
    ),
]
