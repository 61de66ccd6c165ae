-- grain: one row, about {resource}: what is published of it, by the source and by the others
select
    (select count(*) from "published_{resource}") as active,
    (select count(*) from "others_{resource}") as others
