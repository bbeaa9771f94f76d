"""Addresses of stock."""

from django.urls import path

from campaigns.samples.stock.views import goods, shelves

urlpatterns = [
    path("stock/", shelves.stock, name="stock"),
    path("stock/stock.csv", shelves.stock_csv, name="stock-csv"),
    path("stock/receive/", goods.stock_receive, name="stock-receive"),
    path("stock/products/<int:pk>/", shelves.stock_product, name="stock-product"),
    path("stock/batches/<int:pk>/count/", goods.stock_count, name="stock-count"),
    path("stock/batches/<int:pk>/write-off/", goods.stock_write_off, name="stock-write-off"),
    path("stock/places/new/", goods.stock_place_new, name="stock-place-new"),
    path("stock/places/<int:pk>/", goods.stock_place, name="stock-place"),
    path("stock/places/<int:pk>/close/", goods.stock_place_close, name="stock-place-close"),
]
