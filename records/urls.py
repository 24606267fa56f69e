from django.urls import path

from records import views

urlpatterns = [
    path("trial/mail/", views.trial_mail, name="trial-mail"),
    path("trial/mail/<int:pk>/", views.trial_notice, name="trial-notice"),
]
