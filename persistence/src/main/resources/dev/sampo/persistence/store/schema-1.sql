-- The replicas of a validator: one row for each ledger, made once, by init or with its charter.
create table replica (
  id           bigint generated always as identity primary key,
  ledger       bytea not null,
  validator    bytea not null,
  token        bytea not null,
  -- The server, database and time line it was last used on: a copy or a restored one is another.
  origin       text not null,
  -- The fence: only its holder may write, and it goes up with each take-over.
  writer_epoch bigint not null default 0,
  holder       text,
  taken_at     timestamptz,
  unique (ledger, validator)
);

create table ledger_charter (
  replica bigint primary key references replica,
  content bytea not null
);

-- Without a foreign key: each write has locked the row of its replica, and its check for every record
-- would cost more than the record.
create table replica_record (
  replica bigint not null,
  family  smallint not null,
  key     bytea not null,
  value   bytea not null,
  primary key (replica, family, key)
) with (fillfactor = 85);

-- Long values are blocks and batches, most of them signatures: not worth an attempt to compress.
alter table replica_record alter column value set storage external;
