"""The addresses of the pages. `tests/dashboards/test_access.py` has a row for every one."""

from __future__ import annotations

from django.urls import path

from rollbook.dashboards.views import (
    applications,
    erasures,
    history,
    home,
    ids,
    overview,
    patterns,
    people,
    runs,
    sources,
    upload,
)

_DISTRICT = "districts/<slug:slug>/"

urlpatterns = [
    path("", home.show_home, name="home"),
    path("patterns/", patterns.show_patterns, name="patterns"),
    path(_DISTRICT, overview.show_district, name="district"),
    path(f"{_DISTRICT}upload/", upload.upload_delivery, name="upload"),
    path(f"{_DISTRICT}runs/<int:number>/", runs.show_run, name="run"),
    path(f"{_DISTRICT}runs/<int:number>/approve/", runs.approve, name="run-approve"),
    path(f"{_DISTRICT}runs/<int:number>/discard/", runs.discard, name="run-discard"),
    path(f"{_DISTRICT}runs/<int:number>/findings.csv", runs.download_findings, name="run-findings"),
    path(f"{_DISTRICT}ids/", ids.show_ids, name="ids"),
    path(f"{_DISTRICT}sources/", sources.show_sources, name="sources"),
    path(f"{_DISTRICT}runs/<int:number>/restore/", history.restore, name="run-restore"),
    path(f"{_DISTRICT}history/", history.show_history, name="history"),
    path(f"{_DISTRICT}history/compare/", history.compare, name="compare"),
    path(f"{_DISTRICT}history/record/", history.tell_record, name="record"),
    path(f"{_DISTRICT}history/answers/<int:number>/", history.show_answer, name="answer"),
    path(f"{_DISTRICT}history/erasures/", erasures.show_erasures, name="erasures"),
    path(f"{_DISTRICT}history/erasures/<int:number>/lift/", erasures.lift, name="erasure-lift"),
    path(f"{_DISTRICT}applications/", applications.show_applications, name="applications"),
    path(
        f"{_DISTRICT}applications/<int:number>/secret/",
        applications.make_secret,
        name="application-secret",
    ),
    path(f"{_DISTRICT}people/", people.show_people, name="people"),
    path(f"{_DISTRICT}people/<int:person_id>/role/", people.change, name="person-role"),
    path(f"{_DISTRICT}people/<int:person_id>/remove/", people.remove, name="person-remove"),
]
