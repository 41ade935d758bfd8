-- Transactions, their audit trail, and the outbox of those not yet queued.
create table transactions (
  transaction_id uuid primary key,
  received_at timestamptz not null,
  correlation_id text not null,
  amount_minor_units bigint not null check (amount_minor_units > 0),
  currency char(3) not null,
  payment_method text not null,
  reference text not null,
  state text not null check (state in
    ('received', 'authorized', 'captured', 'settled', 'declined', 'refunded', 'failed')),
  version integer not null check (version >= 1),
  attempts integer not null check (attempts >= 0),
  announced boolean not null,
  gateway_reference text,
  reason text
);

create table audit (
  transaction_id uuid not null references transactions,
  version integer not null,
  state text not null,
  at timestamptz not null,
  reason text,
  primary key (transaction_id, version)
);

create table outbox (
  transaction_id uuid primary key references transactions
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are kept as they are', tg_table_name;
end $$;

create trigger audit_is_kept before update or delete or truncate on audit
  for each statement execute function refuse_change();
