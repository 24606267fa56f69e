from django.urls import path

from guidance import views

urlpatterns = [
    path("guidance/", views.contents, name="guidance"),
    path("guidance/questions/", views.questions, name="guidance-questions"),
    path("guidance/glossary/", views.glossary, name="glossary"),
    path("guidance/operations-manual/", views.manual, name="guidance-manual"),
    path("guidance/versions/", views.versions, name="guidance-versions"),
    path(
        "guidance/versions/<str:number>/",
        views.version,
        name="guidance-version",
    ),
    path(
        "guidance/versions/<str:number>/<str:section>/",
        views.version_section,
        name="guidance-version-section",
    ),
    # Last, since the words above are no sections.
    path("guidance/<str:section>/", views.section, name="guidance-section"),
]
