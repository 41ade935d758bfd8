-- The double-entry ledger: rows are only added, and each posting adds up to nothing.
-- Its transactions may live in another store, so there is no reference to the table here.
create table ledger (
  transaction_id uuid not null,
  posting text not null,
  account text not null,
  amount_minor_units bigint not null check (amount_minor_units <> 0),
  currency char(3) not null,
  posted_at timestamptz not null default now(),
  primary key (transaction_id, posting, account)
);

create function refuse_imbalance() returns trigger language plpgsql as $$
begin
  if exists (
    select from ledger
    where transaction_id = new.transaction_id and posting = new.posting
    group by currency having sum(amount_minor_units) <> 0
  ) then
    raise exception 'posting % of % does not balance', new.posting, new.transaction_id;
  end if;
  return null;
end $$;

create constraint trigger ledger_balances after insert on ledger
  deferrable initially deferred for each row execute function refuse_imbalance();

create trigger ledger_is_kept before update or delete or truncate on ledger
  for each statement execute function refuse_change();
