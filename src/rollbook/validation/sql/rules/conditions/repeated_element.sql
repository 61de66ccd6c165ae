-- {resource}.{field}.repeated_element
-- applies: refs list typed_ids
-- severity: info
-- title: {field} names the same thing twice
-- meaning: One element stands more than once in the list. It counts once.
-- repair: Nothing has to be done. If it bothers you, look at the record in the SIS.
-- who: SIS vendor
-- source: OneRoster CSV, lists
case
    when contains(t."{field}", ',') and not contains(',' || t."{field}" || ',', ',,') then
        len(string_split(t."{field}", ',')) > list_unique(string_split(t."{field}", ','))
end
