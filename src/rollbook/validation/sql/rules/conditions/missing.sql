-- {resource}.{field}.missing
-- applies: required -users.orgSourcedIds
-- severity: error
-- title: {field} is missing
-- meaning: Every row of {resource} needs {field}, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster CSV, table {resource}, required fields
t."{field}" is null
and ('{field}' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
