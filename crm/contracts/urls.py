"""Addresses of contracts."""

from django.urls import path

from crm.contracts import (
    after_views,
    amend_views,
    clock_views,
    notice_views,
    paper_views,
    portal_views,
    promise_views,
    right_views,
    sending_views,
    step_views,
    template_views,
    views,
)
from crm.contracts.many.urls import urlpatterns as many

urlpatterns = [
    path("clock/", clock_views.clock, name="clock"),
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/new/", views.contract_new, name="contract-new"),
    path("contracts/<int:pk>/", views.contract, name="contract"),
    path("contracts/<int:pk>/edit/", views.contract_edit, name="contract-edit"),
    path("contracts/<int:pk>/paper/", views.contract_paper, name="contract-paper"),
    path("contracts/<int:pk>/paper/file/", paper_views.contract_paper_file, name="contract-paper-file"),
    path("contracts/<int:pk>/pdf/", paper_views.contract_pdf, name="contract-pdf"),
    path("contracts/<int:pk>/stamp/", paper_views.contract_stamp, name="contract-stamp"),
    path("my/<int:pk>/contracts/<int:contract>.pdf", paper_views.portal_contract_pdf, name="portal-contract-pdf"),
    path("contracts/<int:pk>/add/<slug:what>/", views.term_new, name="contract-term-new"),
    path("contracts/<int:pk>/remove/<slug:what>/<int:term>/", views.term_remove, name="contract-term-remove"),
    path("contracts/<int:pk>/promises/new/<int:party>/", promise_views.promise_new, name="contract-promise-new"),
    path("contracts/<int:pk>/promises/<int:clause>/", promise_views.promise_edit, name="contract-promise"),
    path("contracts/<int:pk>/promises/<int:clause>/drop/", promise_views.promise_drop, name="contract-promise-drop"),
    path("contracts/<int:pk>/signed/<int:party>/", step_views.sign_by_hand, name="contract-signed"),
    path("contracts/<int:pk>/countersign/", step_views.countersign, name="contract-countersign"),
    path("contracts/<int:pk>/rights/<int:right>/down/", step_views.right_down, name="contract-right-down"),
    path("contracts/<int:pk>/rights/<int:right>/access/", right_views.right_access, name="contract-right-access"),
    path("contracts/<int:pk>/rights/<int:right>/on/", right_views.right_on, name="contract-right-on"),
    path(
        "contracts/<int:pk>/rights/<int:right>/extend/", amend_views.contract_right_extend, name="contract-right-extend"
    ),
    path("contracts/<int:pk>/amend/", amend_views.contract_amend, name="contract-amend"),
    path("contracts/<int:pk>/changes/<slug:what>/", amend_views.contract_change, name="contract-change"),
    path(
        "contracts/<int:pk>/changes/promises/<int:clause>/",
        amend_views.contract_change_promise,
        name="contract-change-promise",
    ),
    path(
        "contracts/<int:pk>/changes/<int:change>/drop/", amend_views.contract_change_drop, name="contract-change-drop"
    ),
    path("contracts/<int:pk>/renew/", after_views.contract_renew, name="contract-renew"),
    path("contracts/<int:pk>/replace/", after_views.contract_replace, name="contract-replace"),
    path("contracts/<int:pk>/end/", after_views.contract_end, name="contract-end"),
    path("contracts/<int:pk>/notice/", notice_views.contract_notice, name="contract-notice"),
    path(
        "contracts/<int:pk>/notice/<int:notice>/", notice_views.contract_notice_arrived, name="contract-notice-arrived"
    ),
    path(
        "contracts/<int:pk>/notice/<int:notice>/paper/",
        notice_views.contract_notice_paper,
        name="contract-notice-paper",
    ),
    path("contracts/<int:pk>/do/<slug:code>/", step_views.contract_verb, name="contract-verb"),
    path("contracts/<int:pk>/hand/<int:contact>/", sending_views.pass_on, name="contract-hand"),
    path("my/<int:pk>/contract/<int:contract>/", portal_views.own_contract, name="portal-contract"),
    path("my/<int:pk>/contract-paper/<int:contract>/", portal_views.own_paper, name="portal-contract-paper"),
    path("my/<int:pk>/sign/<int:contract>/", portal_views.own_yes, name="portal-sign"),
    path("my/<int:pk>/sign-code/<int:contract>/", portal_views.own_code, name="portal-sign-code"),
    *many,
    path("contracts/templates/", template_views.templates, name="contract-templates"),
    path("contracts/templates/new/", template_views.template_new, name="contract-template-new"),
    path("contracts/templates/<int:pk>/", template_views.template_edit, name="contract-template"),
    path("contracts/templates/<int:pk>/versions/", template_views.template_versions, name="contract-template-versions"),
    path("contracts/clauses/new/", template_views.clause_new, name="contract-clause-new"),
    path("contracts/clauses/<int:pk>/", template_views.clause_edit, name="contract-clause"),
]
