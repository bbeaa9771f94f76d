"""Addresses of possible duplicates, of merging and of parting."""

from django.urls import path

from crm.influencers.merging import views

urlpatterns = [
    path("duplicates/", views.look_alikes, name="look-alikes"),
    path("duplicates/look/", views.look_alikes_look, name="look-alikes-look"),
    path("duplicates/<int:pk>/again/", views.look_alike_again, name="look-alike-again"),
    path("merges/<int:pk>/", views.merge_page, name="merge"),
    path("merges/<int:pk>/part/", views.merge_part, name="merge-part"),
    path("<int:pk>/merge/", views.merge_choose, name="merge-choose"),
    path("<int:pk>/merge/<int:other>/", views.person_merge, name="person-merge"),
    path("<int:pk>/different/<int:other>/", views.people_different, name="people-different"),
]
