"""Addresses of offers."""

from django.urls import path

from campaigns.offers import views

urlpatterns = [
    path("collaborations/<int:pk>/offer/", views.offer_new, name="offer-new"),
    path("collaborations/<int:pk>/offer/take/", views.offer_take, name="offer-take"),
    path("collaborations/<int:pk>/offer/withdraw/", views.offer_withdraw, name="offer-withdraw"),
    path("collaborations/<int:pk>/offer/let-go/", views.offer_let_go, name="offer-let-go"),
    path("offers/<int:pk>/hand/<int:contact>/", views.offer_hand, name="offer-hand"),
]
