"""How a number of students becomes zones, schools, grades and groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from math import gcd
from operator import itemgetter

from rollbook.generate.layout import Group, Layout, School, Zone
from rollbook.generate.levels import Level

_GRADE_COUNT = sum(len(level.grades) for level in Level)
_SCHOOL_SIZE = 550
_GROUP_SIZE = 25
_SMALL_GROUP = 20  # below this, grades are taught together
_ZONE_SIZE = _SCHOOL_SIZE * _GRADE_COUNT


@dataclass(frozen=True, slots=True)
class _Strand:
    """The seats of one school and grade, or of the grades that a small school teaches together."""

    level: Level
    school: int
    grades: tuple[str, ...]
    seats: range


@dataclass(frozen=True, slots=True)
class _Place:
    """A group on its way to being numbered."""

    strand: _Strand
    seats: range
    has_partner: bool
    is_second: bool

    def partner_of(self, index: int) -> int | None:
        if not self.has_partner:
            return None
        return index - 1 if self.is_second else index + 1


def plan_layout(students: int) -> Layout:
    """Divide a district of at least one student into zones, schools and groups."""
    zone_count = max(1, round(students / _ZONE_SIZE))
    zones = tuple(_zone(seats) for seats in _parts(range(students), zone_count))
    school_numbers = count()
    strands = [
        strand
        for zone in zones
        for strand in _strands(range(zone.first, zone.first + zone.size), school_numbers)
    ]
    groups = tuple(_groups(strands))
    return Layout(
        zones=zones,
        schools=tuple(_schools(strands, groups)),
        groups=groups,
        zone_starts=tuple(zone.first for zone in zones),
        group_starts=tuple(group.seats.start for group in groups),
    )


def _zone(seats: range) -> Zone:
    size = len(seats)
    step = max(1, round(2 * size / _GRADE_COUNT))
    while gcd(step, size) > 1:
        step += 1
    return Zone(seats.start, size, step, pow(step, -1, size))


def _strands(seats: range, school_numbers: Iterator[int]) -> Iterator[_Strand]:
    taught = 0
    for level in Level:
        first = seats.start + len(seats) * taught // _GRADE_COUNT
        taught += len(level.grades)
        stop = seats.start + len(seats) * taught // _GRADE_COUNT
        if first < stop:
            yield from _level_strands(level, range(first, stop), school_numbers)


def _level_strands(level: Level, seats: range, school_numbers: Iterator[int]) -> Iterator[_Strand]:
    school_count = max(1, round(len(seats) / _SCHOOL_SIZE))
    schools = [next(school_numbers) for _ in range(school_count)]
    band_count = min(len(level.grades), max(1, len(seats) // _SMALL_GROUP))
    for band in _parts(range(len(level.grades)), band_count):
        first = seats.start + len(seats) * band.start // len(level.grades)
        stop = seats.start + len(seats) * band.stop // len(level.grades)
        grades = level.grades[band.start : band.stop]
        for school, part in zip(schools, _parts(range(first, stop), school_count), strict=True):
            yield _Strand(level, school, grades, part)


def _groups(strands: list[_Strand]) -> list[Group]:
    places = [place for strand in strands for place in _places(strand)]
    ranks = _ranks(places)
    ordinals: dict[int, Iterator[int]] = {}
    return [
        Group(
            index=index,
            school=place.strand.school,
            ordinal=next(ordinals.setdefault(place.strand.school, count())),
            block=block,
            partner=place.partner_of(index),
            rank=rank,
            grades=place.strand.grades,
            seats=place.seats,
        )
        for index, (place, (block, rank)) in enumerate(zip(places, ranks, strict=True))
    ]


def _places(strand: _Strand) -> Iterator[_Place]:
    parts = list(_parts(strand.seats, max(1, round(len(strand.seats) / _GROUP_SIZE))))
    for number, seats in enumerate(parts):
        has_partner = strand.level is not Level.ELEMENTARY and number ^ 1 < len(parts)
        is_second = has_partner and number % 2 == 1
        yield _Place(strand, seats, has_partner=has_partner, is_second=is_second)


def _ranks(places: list[_Place]) -> Iterator[tuple[int, int]]:
    """Yield block and rank of each place: a school's second halves of pairs rank after all else."""
    block_counts = Counter(place.strand.school for place in places if not place.is_second)
    blocks: Counter[int] = Counter()
    seconds: Counter[int] = Counter()
    for place in places:
        school = place.strand.school
        if place.is_second:
            yield blocks[school] - 1, block_counts[school] + seconds[school]
            seconds[school] += 1
        else:
            yield blocks[school], blocks[school]
            blocks[school] += 1


def _schools(strands: list[_Strand], groups: tuple[Group, ...]) -> Iterator[School]:
    levels = {strand.school: strand.level for strand in strands}
    members: dict[int, list[int]] = {}
    for group in groups:
        members.setdefault(group.school, []).append(group.index)
    first_teacher = 0
    for index, level in sorted(levels.items(), key=itemgetter(0)):
        teacher_count = level.teachers_for(len(members[index]))
        yield School(index, level, tuple(members[index]), first_teacher, teacher_count)
        first_teacher += teacher_count


def _parts(whole: range, number: int) -> Iterator[range]:
    """Cut a range into a number of parts as equal as can be."""
    for part in range(number):
        yield whole[len(whole) * part // number : len(whole) * (part + 1) // number]
