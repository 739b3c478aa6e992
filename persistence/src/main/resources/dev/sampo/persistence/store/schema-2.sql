-- The format of a replica's records; those that were made before it was written down have the first.
alter table replica add column format int not null default 1;
alter table replica alter column format drop default;
