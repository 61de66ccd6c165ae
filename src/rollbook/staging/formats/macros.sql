-- Formulas that the adapters share; each exists once. They stay in the database, for its views.

-- A number for a derived row: unique in its table, in the order of the files and their records.
create or replace macro place(file_number, record, n) as
file_number::bigint * 4503599627370496 + record::bigint * 4096 + n;

-- A word as crosswalks write it: small letters, without blanks, dots and underscores.
create or replace macro word_of(text) as lower(regexp_replace(text, '[\s._]+', '', 'g'));

-- The id of a record that two others make. It can be read wherever it cannot be mistaken.
create or replace macro joined_id(one, other, ending) as
case
    when regexp_full_match(one || other, '[0-9A-Za-z_@/-]+') and strlen(one || other) < 200
        then one || '.' || other || ending
    else md5(one || chr(31) || other) || ending
end;

-- The id of a record that is told by several texts, some of which may be null.
create or replace macro named_id(kind, name, one, two, three) as
kind || '-' || coalesce(
    nullif(trim(regexp_replace(strip_accents(name)[:60], '[^0-9A-Za-z]+', '-', 'g'), '-'), '')
    || '-',
    ''
) || md5(
    coalesce(one, '') || chr(31) || coalesce(two, '') || chr(31) || coalesce(three, '')
)[:12];

-- One member of a JSON object, null when there is no value.
create or replace macro member(name, value) as '"' || name || '":' || to_json(value);

-- The members of extension columns. Without an extension file they are the file's own with longer
-- names; otherwise its own values go before those of the extension file.
create or replace macro extension_members(uploaded, own) as
case
    when uploaded is null and own is null then null
    when uploaded is null
        then regexp_replace(own[2:-2], '(^|,)"((?:[^"\\]|\\.)*)":', '\1"ext.\2":', 'g')
    else array_to_string(
        list_transform(
            list_sort(
                map_entries(
                    map_concat(
                        from_json(uploaded, '"MAP(VARCHAR, VARCHAR)"'),
                        coalesce(from_json(own, '"MAP(VARCHAR, VARCHAR)"'), map())
                    )
                )
            ),
            lambda entry: to_json('ext.' || entry.key) || ':' || to_json(entry.value)
        ),
        ','
    )
end;

-- The members of columns that a format does not know, under their own names.
create or replace macro unknown_members(own) as
nullif(own[2:-2], '');

-- A JSON object of members, null when there is none.
create or replace macro object_of(members) as '{' || nullif(members, '') || '}';

-- A comma list of ids that begins with one of them; null when there is none.
create or replace macro list_from(first, others) as
nullif(
    array_to_string(
        case when first is not null then [first] else [] end
        || list_filter(
            list_sort(list_distinct(coalesce(others, []))),
            lambda other: first is null or other <> first
        ),
        ','
    ),
    ''
);
