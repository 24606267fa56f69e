from django.urls import path

from orders import views

urlpatterns = [
    path("orders/new/", views.order_new, name="order-new"),
    path("orders/new/pair/", views.order_new_pair, name="order-new-pair"),
    path("orders/<str:reference>/pair/", views.order_pair, name="order-pair"),
    path("orders/<str:reference>/sharers/new/", views.sharer_new, name="sharer-new"),
    path(
        "orders/<str:reference>/sharers/<int:sharer>/",
        views.sharer_change,
        name="sharer-change",
    ),
    path(
        "orders/<str:reference>/sharers/<int:sharer>/remove/",
        views.sharer_remove,
        name="sharer-remove",
    ),
    path("orders/<str:reference>/form/", views.order_form, name="order-form"),
    path("orders/<str:reference>/form/check/", views.order_check, name="order-check"),
    path(
        "orders/<str:reference>/form/<slug:section>/",
        views.order_section,
        name="order-section",
    ),
    path(
        "orders/<str:reference>/questions/",
        views.order_questions,
        name="order-questions",
    ),
    path("orders/<str:reference>/hv/", views.order_hv, name="order-hv"),
    path(
        "orders/<str:reference>/submitted/",
        views.order_submitted,
        name="order-submitted",
    ),
    path(
        "orders/<str:reference>/withdraw/",
        views.order_withdraw,
        name="order-withdraw",
    ),
    path("orders/<str:reference>/discard/", views.order_discard, name="order-discard"),
    path("orders/<str:reference>/restore/", views.order_restore, name="order-restore"),
    path("orders/<str:reference>/copy/", views.order_copy, name="order-copy"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("enquiries/", views.enquiries, name="enquiries"),
    path("enquiries/new/", views.enquiry_new, name="enquiry-new"),
    path("enquiries/<str:reference>/", views.enquiry, name="enquiry"),
    path(
        "guidance/request-form.pdf",
        views.request_form_blank,
        name="request-form-blank",
    ),
]
