-- grain: one row, about {resource}: a digest that does not depend on the order of the rows
select
    coalesce(bit_xor(md5_number_lower(t.text)), 0) as lower_half,
    coalesce(bit_xor(md5_number_upper(t.text)), 0) as upper_half
from (
    select concat_ws(chr(31), c.sourcedId, c.change, c.was, to_json(c.new)::varchar) as text
    from "changes_{resource}" as c
) as t
