"""The platforms, as plain values; one folder each.

The reference platforms have what their published design says and, beyond it, what the code needs to
run: `dynamo` the function `status` and the bucket `audit`; `postgres` and `aurora` the function
`migration`; `aurora` also `processing`, `notification` and a bucket for access logs; all of them an
alert topic, dead letters, one key, flow logs, a boundary and an operator's role. `graviton` uses
the flagship's accounts, because the two are alternatives and are never deployed together.
"""
