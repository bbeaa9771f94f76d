"""Addresses of contracts for many."""

from django.urls import path

from crm.contracts.many import together_views, views

urlpatterns = [
    path("contracts/together/", together_views.together, name="contract-together"),
    path("contracts/new/many/", views.many_new, name="contract-many"),
    path("contracts/many/<int:pk>/", views.many_run, name="contract-many-run"),
    path("contracts/many/<int:pk>/progress/", views.many_progress, name="contract-many-progress"),
    path("contracts/many/<int:pk>/continue/", views.many_continue, name="contract-many-continue"),
    path("contracts/many/<int:pk>/discard/", views.many_discard, name="contract-many-discard"),
    path("contracts/many/<int:pk>/sentence/", views.many_sentence, name="contract-many-sentence"),
    path(
        "contracts/many/<int:pk>/sentence/<int:place>/drop/",
        views.many_sentence_drop,
        name="contract-many-sentence-drop",
    ),
]
