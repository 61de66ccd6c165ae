-- grain: one row per school
-- source: Microsoft School Data Sync, V1 CSV
select
    t.sourcedId as "SIS ID",
    t.name as "Name",
    t.identifier as "School Number",
    {metadata[State ID]} as "State ID",
    {metadata[Grade Low]} as "Grade Low",
    {metadata[Grade High]} as "Grade High",
    {metadata[Principal SIS ID]} as "Principal SIS ID",
    {metadata[Principal Name]} as "Principal Name",
    {metadata[Principal Secondary Email]} as "Principal Secondary Email",
    {metadata[Address]} as "Address",
    {metadata[City]} as "City",
    {metadata[State]} as "State",
    {metadata[Country]} as "Country",
    {metadata[Zip]} as "Zip",
    {metadata[Phone]} as "Phone",
    {metadata[Zone]} as "Zone"
from written_schools as t
order by t.row
