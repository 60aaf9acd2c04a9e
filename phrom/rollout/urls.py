"""The room's routes."""

from django.urls import URLPattern, path

from phrom.rollout.views import offices, own, programmes

urlpatterns: list[URLPattern] = [
    path("rollout/", programmes.rollout, name="rollout"),
    path("rollout/new/", programmes.new, name="programme_new"),
    path("rollout/own/", own.own, name="rollout_own"),
    path("rollout/own/cases/<int:own_case_id>/", own.own_case, name="own_case"),
    path("rollout/<int:programme_id>/", programmes.programme, name="programme"),
    path("rollout/<int:programme_id>/settings/", programmes.settings, name="programme_settings"),
    path("rollout/<int:programme_id>/parties/", programmes.party, name="programme_party"),
    path("rollout/<int:programme_id>/targets/", programmes.target, name="programme_target"),
    path("rollout/<int:programme_id>/districts/", programmes.districts, name="districts"),
    path("rollout/<int:programme_id>/import/", programmes.bring_list, name="offices_import"),
    path("rollout/<int:programme_id>/invite/", programmes.enrol, name="offices_enrol"),
    path("rollout/<int:programme_id>/offices/", offices.offices, name="local_offices"),
    path("rollout/<int:programme_id>/cases/", offices.case_list, name="support_cases"),
    path("rollout/offices/<int:enrolment_id>/", offices.office, name="local_office"),
    path("rollout/offices/<int:enrolment_id>/record/", offices.record, name="office_record"),
    path("rollout/offices/<int:enrolment_id>/cases/new/", offices.case_new, name="case_new"),
    path("rollout/cases/<int:case_id>/", offices.case, name="support_case"),
    path("rollout/cases/<int:case_id>/write/", offices.case_write, name="case_write"),
]
