-- Brings the notes of the next snapshot in line with links of {resource} that have returned: under which
-- id, and which of that sourcedId have not.
delete from identities_next
where resource = '{resource}' and sourcedId in (select r.sourcedId from returned_links as r);

insert into identities_next by name
select
    '{resource}' as resource,
    r.sourcedId,
    r.servedId
from returned_links as r
where r.sourcedId <> r.servedId;

delete from departed_next
where resource = '{resource}' and servedId in (select r.servedId from returned_links as r);

insert into departed_next by name
select e.*
from departed_before as e
inner join returned_links as r on e.sourcedId = r.sourcedId and e.servedId <> r.servedId
anti join departed_next as d on d.resource = '{resource}' and e.servedId = d.servedId
where e.resource = '{resource}'
