"""What the suite needs from the machine: a PostgreSQL server and a browser."""
