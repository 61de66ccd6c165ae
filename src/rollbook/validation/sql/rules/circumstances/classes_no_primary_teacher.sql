-- classes.sourcedId.no_primary_teacher
-- needs: enrollments
-- severity: info
-- title: A class has teachers and none of them is the primary one
-- meaning: Other classes of the roster say which teacher is responsible, and this one does not. Some applications then take the first, others none.
-- repair: Mark the responsible teacher in the SIS.
-- who: district
-- source: OneRoster CSV, enrollments.primary
t.teachers > 0 and t.primaries = 0 and exists (select 1 from class_facts as f where f.primaries > 0)
