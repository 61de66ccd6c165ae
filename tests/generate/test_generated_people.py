from __future__ import annotations

from collections import Counter

from tests.generate.packages import Package, elements

from rollbook.generate.names import name_of, respelled, weighted_cultures
from rollbook.oneroster import Resource, Version, fields_of, resources_of


def test_names_come_from_many_cultures() -> None:
    cultures = set(weighted_cultures())
    assert len(cultures) > 20
    assert len({name for culture in cultures for name in culture.girls + culture.boys}) >= 250
    assert len({name for culture in cultures for name in culture.families}) >= 300


def test_names_have_slugs_of_plain_letters() -> None:
    for culture in weighted_cultures():
        for name in culture.girls + culture.boys + culture.families:
            assert name.slug.isascii()
            assert name.slug.isalnum()


def test_respelled_name_is_another_name() -> None:
    assert respelled(name_of("Bjørn")).text == "Bjorn"
    for culture in weighted_cultures():
        assert all(respelled(name) != name for name in culture.girls + culture.families)


def test_people_have_accents_apostrophes_hyphens_and_double_names(first_day: Package) -> None:
    users = first_day[Resource.USERS].values()
    for field in ("givenName", "familyName"):
        names = "".join(user[field] for user in users)
        assert not names.isascii()
        assert "'" in names
        assert "-" in names
    assert any(" " in user["familyName"] for user in users)


def test_titles_have_commas_and_quotes(first_day: Package) -> None:
    for resource in (Resource.COURSES, Resource.CLASSES):
        titles = "".join(row["title"] for row in first_day[resource].values())
        assert "," in titles
        assert '"' in titles


def test_every_field_but_the_password_is_used(first_day: Package) -> None:
    for resource in resources_of(Version.V1_1):
        for field in fields_of(resource, Version.V1_1):
            if field.is_kept:
                assert any(row[field.name] for row in first_day[resource].values()), field.name


def test_every_list_has_several_elements_somewhere(first_day: Package) -> None:
    for resource in resources_of(Version.V1_1):
        for field in fields_of(resource, Version.V1_1):
            if field.is_list and (resource, field.name) != (Resource.USERS, "grades"):
                assert any("," in row[field.name] for row in first_day[resource].values())


def test_every_role_of_the_standard_is_there(first_day: Package) -> None:
    [role] = [field for field in fields_of(Resource.USERS) if field.name == "role"]
    assert {user["role"] for user in first_day[Resource.USERS].values()} == set(role.values)


def test_some_guardians_lack_mail_and_some_have_another_name(first_day: Package) -> None:
    users = first_day[Resource.USERS]
    guardians = [user for user in users.values() if user["role"] == "parent"]
    others = [
        guardian
        for guardian in guardians
        for child in elements(guardian["agentSourcedIds"])
        if guardian["familyName"] not in users[child]["familyName"]
    ]
    assert 0.05 < sum(user["email"] == "" for user in guardians) / len(guardians) < 0.25
    assert 0.05 < len(others) / len(guardians) < 0.5


def test_siblings_mostly_share_name_and_neighbourhood(first_day: Package) -> None:
    users = first_day[Resource.USERS]
    families = {user["agentSourcedIds"] for user in users.values() if user["role"] == "guardian"}
    siblings = [elements(children) for children in families if "," in children]
    same = [len({users[child]["familyName"] for child in children}) == 1 for children in siblings]
    assert 0.8 < sum(same) / len(same) < 1


def test_student_numbers_sometimes_have_leading_zeros(first_day: Package) -> None:
    numbers = [k for k, user in first_day[Resource.USERS].items() if user["role"] == "student"]
    assert all(len(number) == 7 and number.isdecimal() for number in numbers)
    assert 0.05 < sum(number[0] == "0" for number in numbers) / len(numbers) < 0.2


def test_district_has_the_usual_proportions(first_day: Package) -> None:
    roles = Counter(user["role"] for user in first_day[Resource.USERS].values())
    places = Counter(row["classSourcedId"] for row in first_day[Resource.ENROLLMENTS].values())
    schools = len(first_day[Resource.ORGS]) - 1
    assert roles["student"] == 3000
    assert 14 < roles["student"] / roles["teacher"] < 18
    assert 450 < roles["student"] / schools < 650
    assert 9 < len(first_day[Resource.ENROLLMENTS]) / roles["student"] < 11
    assert 22 < sum(places.values()) / len(places) < 28


def test_some_classes_have_a_second_teacher(first_day: Package) -> None:
    second = [row for row in first_day[Resource.ENROLLMENTS].values() if row["primary"] == "false"]
    assert 0.03 < len(second) / len(first_day[Resource.CLASSES]) < 0.15
    assert all(row["role"] == "teacher" for row in second)
