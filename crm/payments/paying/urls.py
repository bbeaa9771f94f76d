"""Addresses of money that leaves."""

from django.urls import URLPattern, path

from crm.payments.paying import due_views, sheet_views, views

urlpatterns: list[URLPattern] = [
    path("payments/", due_views.payments, name="payments"),
    path("payments/release/", due_views.payment_release, name="payment-release"),
    path("payments/made/", views.payments_made, name="payments-made"),
    path("payments/made/<int:pk>/", views.payment, name="payment"),
    path("payments/made/<int:pk>/proof/", views.payment_proof, name="payment-proof"),
    path("payments/made/<int:pk>/paid/", views.payment_paid, name="payment-paid"),
    path("payments/made/<int:pk>/back/", views.payment_back, name="payment-back"),
    path("payments/made/<int:pk>/withdraw/", views.payment_withdraw, name="payment-withdraw"),
    path("payments/made/<int:pk>/slip/", views.payment_slip, name="payment-slip"),
    path("payments/sheets/", sheet_views.bank_sheets, name="bank-sheets"),
    path("payments/sheets/new/", sheet_views.bank_sheet_new, name="bank-sheet-new"),
    path("payments/sheets/<int:pk>/", sheet_views.bank_sheet, name="bank-sheet"),
    path("payments/sheets/<int:pk>/<slug:kind>/", sheet_views.bank_sheet_file, name="bank-sheet-file"),
]
