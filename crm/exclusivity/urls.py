"""Addresses of work elsewhere, findings and cases."""

from django.urls import path

from crm.exclusivity import case_views, finding_views, views
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
urlpatterns += [
    path("exclusivity/findings/", finding_views.finding_list, name="findings"),
    path("exclusivity/findings/<int:pk>/", finding_views.finding, name="finding"),
    path("exclusivity/findings/<int:pk>/seen/", finding_views.finding_seen, name="finding-seen"),
    path("exclusivity/findings/<int:pk>/allow/", finding_views.finding_allow, name="finding-allow"),
    path("exclusivity/findings/<int:pk>/no-conflict/", finding_views.finding_no_conflict, name="finding-no-conflict"),
    path("exclusivity/findings/<int:pk>/open/", finding_views.finding_open, name="finding-open"),
    path("exclusivity/findings/<int:pk>/case/", finding_views.finding_case, name="finding-case"),
    path("exclusivity/cases/", case_views.case_list, name="cases"),
    path("exclusivity/cases/<int:pk>/", case_views.case, name="case"),
    path("exclusivity/cases/<int:pk>/evidence/", case_views.case_evidence, name="case-evidence"),
    path("exclusivity/cases/<int:pk>/evidence/<int:evidence>/", case_views.case_file, name="case-file"),
    path("exclusivity/cases/<int:pk>/<slug:step>/", case_views.case_step, name="case-step"),
]
