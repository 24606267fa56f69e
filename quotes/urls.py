from django.urls import path

from quotes import views

urlpatterns = [
    path("quotes/<str:reference>.pdf", views.quote_pdf, name="quote-pdf"),
    path("quotes/<str:reference>/", views.quote, name="quote"),
    path(
        "quotes/<str:reference>/authority/",
        views.quote_authority,
        name="quote-authority",
    ),
    path("quotes/<str:reference>/upload/", views.quote_upload, name="quote-upload"),
    path(
        "quotes/<str:reference>/upload/hand-in/",
        views.quote_hand_in,
        name="quote-hand-in",
    ),
    path(
        "quotes/<str:reference>/upload/throw-away/",
        views.quote_throw_away,
        name="quote-throw-away",
    ),
    path("quotes/<str:reference>/accept/", views.quote_accept, name="quote-accept"),
    path("quotes/<str:reference>/decline/", views.quote_decline, name="quote-decline"),
    path(
        "documents/<int:pk>/pages/<int:number>.jpg",
        views.page_picture,
        name="page-picture",
    ),
    path("orders/<str:reference>/cancel/", views.order_cancel, name="order-cancel"),
]
