"""Addresses of papers about money, and of her own page about it."""

from django.urls import URLPattern, path

from crm.payments.papers import document_views, her_views, invoice_views

urlpatterns: list[URLPattern] = [
    path("payments/invoices/", invoice_views.invoices, name="invoices"),
    path("payments/due/<int:line>/invoice/", invoice_views.invoice_new, name="invoice-new"),
    path("payments/invoices/<int:pk>/", invoice_views.invoice, name="invoice"),
    path("payments/invoices/<int:pk>/file/", invoice_views.invoice_file, name="invoice-file"),
    path("payments/invoices/<int:pk>/accept/", invoice_views.invoice_accept, name="invoice-accept"),
    path("payments/invoices/<int:pk>/back/", invoice_views.invoice_refuse, name="invoice-refuse"),
    path("payments/papers/", document_views.documents, name="documents"),
    path("payments/papers/<int:pk>/", document_views.document, name="document"),
    path("payments/papers/<int:pk>/pdf/", document_views.document_pdf, name="document-pdf"),
    path("payments/papers/<int:pk>/void/", document_views.document_void, name="document-void"),
    path("payments/papers/<int:pk>/stamp/", document_views.stamp_document, name="stamp-document"),
    path("payments/papers/<int:pk>/stamp/file/", document_views.stamp_file, name="stamp-file"),
    path("my/<int:pk>/payments/", her_views.her_payments, name="her-payments"),
    path("my/<int:pk>/payments/proof/<int:payment>/", her_views.her_proof, name="her-proof"),
    path("my/<int:pk>/papers/<int:document>/", her_views.her_paper, name="her-paper"),
]
