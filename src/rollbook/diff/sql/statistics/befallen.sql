-- grain: one row per record that something befalls
create or replace table "befallen_{measure}" (
    subject varchar, part varchar, sourcedId varchar, schools varchar[]
)
