"""Addresses of looks at deals, of the queue of what comes to its end, and of notice."""

from django.urls import path

from crm.ambassadors.reviewing import views

urlpatterns = [
    path("renewals/", views.renewals, name="ambassador-renewals"),
    path("renewals/filter/", views.renewals_filter, name="ambassador-renewals-filter"),
    path("reviews/<int:pk>/", views.review, name="ambassador-review"),
    path("<int:pk>/notice/", views.notice, name="ambassador-notice"),
]
