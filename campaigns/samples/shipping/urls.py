"""Addresses of the list of samples and of parcels."""

from django.urls import path

from campaigns.samples.shipping.views import lists, parcels

urlpatterns = [
    path("", lists.samples, name="samples"),
    path("bulk/", lists.samples_bulk, name="samples-bulk"),
    path("ship/", lists.samples_ship, name="samples-ship"),
    path("waybills/", lists.samples_waybills, name="samples-waybills"),
    path("<int:pk>/put-together/", parcels.sample_put_together, name="sample-put-together"),
    path("parcels/<int:pk>/pack/", parcels.parcel_pack, name="parcel-pack"),
    path("parcels/<int:pk>/ship/", parcels.parcel_ship, name="parcel-ship"),
    path("parcels/<int:pk>/cancel/", parcels.parcel_cancel, name="parcel-cancel"),
    path("parcels/<int:pk>/news/", parcels.parcel_news, name="parcel-news"),
    path("parcels/<int:pk>/label.pdf", parcels.parcel_label, name="parcel-label"),
]
