-- enrollments.userSourcedId.not_at_school
-- severity: info
-- title: Somebody is in a class of a school to which they do not belong
-- meaning: The user's orgs do not include the school of the class. Guest students and travelling teachers are like that; applications that share by school may leave the person out.
-- repair: Nothing has to be done. If the person belongs to the school, enter it in the SIS.
-- who: district
-- source: OneRoster CSV, users.orgSourcedIds and enrollments.schoolSourcedId
case
    when t.orgs <> t.schoolSourcedId then
        not contains(',' || replace(t.orgs, ' ', '') || ',', ',' || t.schoolSourcedId || ',')
end
