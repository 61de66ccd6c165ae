-- {resource}.{field}.empty_element
-- applies: refs list typed_ids
-- severity: info
-- strict: error
-- title: {field} has a comma too many
-- meaning: In the list two commas follow one another, or one stands at its end, so that an element is empty. The empty one was left out.
-- repair: Nothing has to be done. Strict readers refuse such a list; the SIS vendor can correct the export.
-- who: SIS vendor
-- source: OneRoster CSV, lists
contains(',' || replace(t."{field}", ' ', '') || ',', ',,')
