"""Addresses of numbers coming in."""

from django.urls import path

from campaigns.results.files.views import upload
from campaigns.results.numbers import her_views, views, views_typing

urlpatterns = [
    path("campaigns/<int:pk>/numbers/", views.campaign_numbers, name="campaign-numbers"),
    path("campaigns/<int:pk>/numbers/type/", views_typing.numbers_type, name="numbers-type"),
    path("campaigns/<int:pk>/numbers/pictures/", views_typing.pictures_add, name="numbers-pictures"),
    path("campaigns/<int:pk>/numbers/file/", upload, {"kind": "numbers"}, name="numbers-file"),
    path("campaigns/<int:pk>/numbers/template/", views.template, name="numbers-template"),
    path("numbers/pictures/<int:pk>/", views_typing.picture, name="numbers-picture"),
    path("numbers/pictures/<int:pk>/leave-out/", views_typing.picture_leave_out, name="numbers-picture-leave-out"),
    path("numbers/<int:pk>/undo/", views_typing.undo, name="numbers-undo"),
    path("numbers/<int:pk>/withdraw/", views.withdraw, name="numbers-withdraw"),
    path("numbers/<int:pk>/evidence/", views.evidence, name="numbers-evidence"),
    path("posts/<int:pk>/numbers/", views.post_numbers, name="post-numbers"),
    path("my/<int:pk>/numbers/<int:post>/", her_views.her_numbers, name="her-numbers"),
]
