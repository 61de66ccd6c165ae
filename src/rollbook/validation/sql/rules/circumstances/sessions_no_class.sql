-- academicSessions.sourcedId.no_class
-- needs: classes
-- severity: info
-- title: A term has no class
-- meaning: No class takes place in this term or in a part of it. That is common for terms to come.
-- repair: Nothing has to be done. If the term has begun, look whether its classes are in the export.
-- who: district
-- source: OneRoster CSV, classes.termSourcedIds
t.type in ('term', 'semester') and t.classes = 0
