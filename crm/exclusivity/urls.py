"""Addresses of work elsewhere."""

from django.urls import path

from crm.exclusivity import views
from crm.influencers.views.editing import follow_merges

urlpatterns = [
    path("people/<int:pk>/elsewhere/told/", views.deal_told, name="deal-told"),
    path("people/<int:pk>/elsewhere/seen/", views.deal_seen, name="deal-seen"),
    path("people/<int:pk>/elsewhere/<int:deal>/", views.deal_edit, name="deal-edit"),
    path("people/<int:pk>/elsewhere/<int:deal>/confirm/", views.deal_confirm, name="deal-confirm"),
    path("people/<int:pk>/elsewhere/<int:deal>/doubt/", views.deal_doubt, name="deal-doubt"),
    path("people/<int:pk>/elsewhere/<int:deal>/remove/", views.deal_remove, name="deal-remove"),
    path("people/<int:pk>/elsewhere/<int:deal>/screenshot/", views.deal_file, name="deal-file"),
]

for address in urlpatterns:
    address.callback = follow_merges(address.callback)

urlpatterns.append(path("people/barred/", views.barred_people, name="barred-people"))
