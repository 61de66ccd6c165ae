inner join before_users as p on l.sourcedId = p.sourcedId
left join published_demographics as d on l.sourcedId = d.sourcedId
