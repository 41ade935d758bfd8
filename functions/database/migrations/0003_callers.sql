-- Who asked is kept with everything; what is unfinished is marked until it is done, and says when due.
alter table transactions
  add column caller text not null default 'unauthenticated',
  add column held_until timestamptz;
alter table transactions alter column caller drop default;

alter table audit add column caller text not null default 'unauthenticated';
alter table audit alter column caller drop default;

alter table outbox add column due_at timestamptz not null default now();
alter table outbox alter column due_at drop default;
create index outbox_by_due on outbox (due_at);

-- Until now the mark went when a payment was queued: whatever is not done gets it back.
insert into outbox (transaction_id, due_at)
  select transaction_id, now() from transactions where not announced
  on conflict (transaction_id) do nothing;
