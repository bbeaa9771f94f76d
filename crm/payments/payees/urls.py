"""Addresses of payees; hers are below the address of her visit, where its cookie is sent."""

from django.urls import URLPattern, path

from crm.payments.payees import account_views, portal_views, views

urlpatterns: list[URLPattern] = [
    path("payees/", views.payees, name="payees"),
    path("payees/new/", views.payee_new, name="payee-new"),
    path("payees/<int:pk>/", views.payee, name="payee"),
    path("payees/<int:pk>/edit/", views.payee_edit, name="payee-edit"),
    path("payees/<int:pk>/checked/", views.payee_checked, name="payee-checked"),
    path("payees/<int:pk>/archive/", views.payee_archive, name="payee-archive"),
    path("payees/<int:pk>/account/", account_views.payee_account, name="payee-account"),
    path("payees/<int:pk>/accounts/<int:account>/call/", account_views.payee_call, name="payee-call"),
    path("payees/<int:pk>/certificates/new/", account_views.payee_certificate, name="payee-certificate"),
    path(
        "payees/<int:pk>/certificates/<int:paper>/file/",
        account_views.payee_certificate_file,
        name="payee-certificate-file",
    ),
    path("payees/<int:pk>/reveal/<slug:what>/", account_views.payee_reveal, name="payee-reveal"),
    path("people/<int:person>/paid/herself/", views.payee_herself, name="payee-herself"),
    path("people/<int:person>/paid/through/", views.payee_way, name="payee-way"),
    path("my/<int:pk>/bank/", portal_views.her_bank, name="her-bank"),
    path("my/<int:pk>/bank/code/", portal_views.her_bank_code, name="her-bank-code"),
]
