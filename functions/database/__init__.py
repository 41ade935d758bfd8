"""The PostgreSQL connection and its migrations.

The driver is pg8000: pure Python, 58 kB, the same on every architecture, where psycopg is 4.6 MB of
native code for each. A payment is a handful of statements, so the driver's speed does not show. It
has no pool: one connection for each Lambda environment, so the reserved concurrency of all
functions must stay below the database's `max_connections`.
"""
