"""Addresses of the vetting pages."""

from django.urls import include, path, re_path

from crm.vetting.views import facts, looks, people

one = [
    path("", people.person_vetting, name="person-vetting"),
    path("check/", people.vetting_check, name="vetting-check"),
    path("rate/", looks.vetting_rate, name="vetting-rate"),
    path("checks/<int:check>/override/", people.vetting_override, name="vetting-override"),
    path("checks/<int:check>/file/", people.check_file, name="check-file"),
    path("accounts/<int:account>/profile/", looks.vetting_sample, name="vetting-sample"),
    re_path(
        r"^accounts/(?P<account>[0-9]{1,18})/signs/(?P<code>[A-Z_]{1,20})/clear/$",
        looks.vetting_clear,
        name="vetting-clear",
    ),
    path("cleared/<int:clearance>/withdraw/", looks.clearance_withdraw, name="clearance-withdraw"),
    path("cleared/<int:clearance>/file/", looks.clearance_file, name="clearance-file"),
]

urlpatterns = [
    path("people/<int:pk>/vetting/", include(one)),
    path("people/<int:pk>/reliability/", facts.person_reliability, name="person-reliability"),
    path("people/<int:pk>/reliability/facts.csv", facts.reliability_csv, name="reliability-csv"),
]
