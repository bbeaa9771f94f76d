"""Addresses of the periods of a deal and what is owed in them."""

from django.urls import URLPattern, path

from crm.ambassadors.quotas import views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/periods/<int:number>/", views.period, name="ambassador-period"),
    path("<int:pk>/periods/<int:number>/close/", views.period_close, name="ambassador-period-close"),
    path("<int:pk>/periods/<int:number>/posted/", views.note_post, name="ambassador-posted"),
    path("<int:pk>/periods/<int:number>/let-go/", views.waive, name="ambassador-waive"),
    path("<int:pk>/periods/<int:number>/take-back/<int:entry>/", views.take_back, name="ambassador-posted-back"),
]
