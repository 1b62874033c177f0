"""The schema and its migrations, in SQL that both engines read. Every table is keyed by `hall` first.

Times are whole milliseconds since 1970 (UTC); `day` is the hall's business day as an ISO date.
"""

MIGRATIONS: dict[str, tuple[str, ...]] = {
    "first": (
        """
        CREATE TABLE hall (
            hall TEXT PRIMARY KEY,
            sequence BIGINT NOT NULL,
            day TEXT NOT NULL,
            revision BIGINT NOT NULL,
            edition BIGINT NOT NULL,
            due BIGINT,
            catalogue TEXT
        )
        """,
        """
        CREATE TABLE counter (
            hall TEXT NOT NULL, code TEXT NOT NULL,
            state TEXT NOT NULL, reason TEXT, staff TEXT, day TEXT NOT NULL, since BIGINT NOT NULL,
            PRIMARY KEY (hall, code)
        )
        """,
        """
        CREATE TABLE pause (
            hall TEXT NOT NULL, service TEXT NOT NULL,
            reason TEXT NOT NULL, staff TEXT, since BIGINT NOT NULL,
            PRIMARY KEY (hall, service)
        )
        """,
        """
        CREATE TABLE series (
            hall TEXT NOT NULL, day TEXT NOT NULL, series TEXT NOT NULL,
            last BIGINT NOT NULL,
            PRIMARY KEY (hall, day, series)
        )
        """,
        """
        CREATE TABLE ticket (
            hall TEXT NOT NULL, id BIGINT NOT NULL,
            token TEXT NOT NULL, request TEXT,
            day TEXT NOT NULL, series TEXT NOT NULL, number BIGINT NOT NULL,
            asked TEXT NOT NULL, service TEXT NOT NULL, language TEXT NOT NULL, priority TEXT,
            state TEXT NOT NULL, issued_at BIGINT NOT NULL, rank BIGINT NOT NULL,
            ahead BIGINT NOT NULL, low BIGINT, high BIGINT,
            counter TEXT, called_at BIGINT, called_sequence BIGINT, times BIGINT NOT NULL,
            served_at BIGINT, ended_at BIGINT, parked_until BIGINT, returned BIGINT NOT NULL,
            PRIMARY KEY (hall, id),
            UNIQUE (hall, day, series, number)
        )
        """,
        "CREATE UNIQUE INDEX ticket_token ON ticket (hall, token)",
        "CREATE UNIQUE INDEX ticket_request ON ticket (hall, request) WHERE request IS NOT NULL",
        "CREATE INDEX ticket_next ON ticket (hall, rank, id, service, counter, issued_at) WHERE state = 'waiting'",
        "CREATE INDEX ticket_line ON ticket (hall, service, rank, id) WHERE state = 'waiting'",
        "CREATE INDEX ticket_in_hand ON ticket (hall, counter) WHERE state IN ('called', 'serving')",
        "CREATE INDEX ticket_parked ON ticket (hall, parked_until) WHERE state = 'parked'",
        "CREATE INDEX ticket_shown ON ticket (hall, day, called_sequence) WHERE called_sequence IS NOT NULL",
        "CREATE INDEX ticket_asked ON ticket (hall, day, asked)",
        "CREATE INDEX ticket_done ON ticket (hall, service, ended_at) WHERE state = 'done'",
        """
        CREATE TABLE event (
            hall TEXT NOT NULL, sequence BIGINT NOT NULL,
            at BIGINT NOT NULL, kind TEXT NOT NULL,
            ticket BIGINT, service TEXT, counter TEXT, staff TEXT, details TEXT,
            PRIMARY KEY (hall, sequence)
        )
        """,
        """
        CREATE TABLE print_job (
            hall TEXT NOT NULL, id BIGINT NOT NULL,
            ticket BIGINT NOT NULL, printer TEXT NOT NULL, kind TEXT NOT NULL,
            state TEXT NOT NULL, reason TEXT, created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
            PRIMARY KEY (hall, id),
            FOREIGN KEY (hall, ticket) REFERENCES ticket (hall, id)
        )
        """,
        "CREATE INDEX print_job_open ON print_job (hall, printer, id) WHERE state IN ('queued', 'printing')",
        "CREATE INDEX print_job_ticket ON print_job (hall, ticket, id)",
        """
        CREATE TABLE staff (
            hall TEXT NOT NULL, name TEXT NOT NULL,
            secret TEXT NOT NULL, failures BIGINT NOT NULL, locked_until BIGINT NOT NULL,
            PRIMARY KEY (hall, name)
        )
        """,
        """
        CREATE TABLE session (
            hall TEXT NOT NULL, fingerprint TEXT NOT NULL,
            staff TEXT NOT NULL, counter TEXT, expires_at BIGINT NOT NULL,
            PRIMARY KEY (hall, fingerprint),
            FOREIGN KEY (hall, staff) REFERENCES staff (hall, name)
        )
        """,
    ),
    "printers": (
        """
        CREATE TABLE printer (
            hall TEXT NOT NULL, name TEXT NOT NULL,
            device TEXT NOT NULL, troubles TEXT NOT NULL, heard_at BIGINT NOT NULL, rolled_mm BIGINT NOT NULL,
            PRIMARY KEY (hall, name)
        )
        """,
        "ALTER TABLE print_job RENAME TO print_job_before",
        "DROP INDEX print_job_open",
        "DROP INDEX print_job_ticket",
        """
        CREATE TABLE print_job (
            hall TEXT NOT NULL, id BIGINT NOT NULL,
            ticket BIGINT, printer TEXT NOT NULL, spare TEXT, kind TEXT NOT NULL, large BIGINT NOT NULL,
            state TEXT NOT NULL, reason TEXT, created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
            PRIMARY KEY (hall, id),
            FOREIGN KEY (hall, ticket) REFERENCES ticket (hall, id)
        )
        """,
        """
        INSERT INTO print_job (hall, id, ticket, printer, kind, large, state, reason, created_at, changed_at)
        SELECT hall, id, ticket, printer, kind, 0, state, reason, created_at, changed_at FROM print_job_before
        """,
        "DROP TABLE print_job_before",
        "CREATE INDEX print_job_open ON print_job (hall, printer, id) WHERE state IN ('queued', 'printing')",
        "CREATE INDEX print_job_ticket ON print_job (hall, ticket, id)",
        """
        CREATE INDEX print_job_doubtful ON print_job (hall, created_at, id) WHERE state IN ('failed', 'unknown', 'sent')
        """,
    ),
    "popular": (
        "DROP INDEX ticket_asked",
        "CREATE INDEX ticket_asked ON ticket (hall, day, asked, issued_at)",
    ),
    "bookings": (
        """
        CREATE TABLE booking (
            hall TEXT NOT NULL, code TEXT NOT NULL,
            day TEXT NOT NULL, service TEXT NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL,
            language TEXT, priority TEXT, cancelled BIGINT NOT NULL, ticket BIGINT,
            PRIMARY KEY (hall, code),
            FOREIGN KEY (hall, ticket) REFERENCES ticket (hall, id)
        )
        """,
        "CREATE INDEX booking_day ON booking (hall, day, starts_at, code)",
    ),
    "requests": (
        """
        CREATE TABLE request (
            hall TEXT NOT NULL, id TEXT NOT NULL,
            asked TEXT NOT NULL, outcome BIGINT, at BIGINT NOT NULL,
            PRIMARY KEY (hall, id)
        )
        """,
        "DROP INDEX ticket_request",
        "ALTER TABLE ticket DROP COLUMN request",
    ),
    "roles": (
        "ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'clerk'",
        "ALTER TABLE staff ADD COLUMN agency TEXT",
        # Whoever was let in first made the hall; the journal knows who that was.
        """
        UPDATE staff SET role = 'manager' WHERE EXISTS (
            SELECT 1 FROM event WHERE event.hall = staff.hall
            AND event.sequence = (
                SELECT min(first.sequence) FROM event AS first
                WHERE first.hall = staff.hall AND first.kind = 'staff_added'
            )
            AND event.details = '{"name": "' || staff.name || '"}'
        )
        """,
    ),
    "programs": (
        """
        CREATE TABLE token (
            hall TEXT NOT NULL, name TEXT NOT NULL,
            fingerprint TEXT NOT NULL, scopes TEXT NOT NULL, made_at BIGINT NOT NULL,
            PRIMARY KEY (hall, name)
        )
        """,
        "CREATE UNIQUE INDEX token_fingerprint ON token (hall, fingerprint)",
        """
        CREATE TABLE webhook (
            hall TEXT NOT NULL, id BIGINT NOT NULL,
            url TEXT NOT NULL, secret TEXT NOT NULL, events TEXT NOT NULL, position BIGINT NOT NULL,
            token TEXT, trouble TEXT, stopped BIGINT NOT NULL,
            PRIMARY KEY (hall, id)
        )
        """,
    ),
    "hall pause": (
        """
        CREATE TABLE hall_pause (
            hall TEXT PRIMARY KEY,
            reason TEXT NOT NULL, staff TEXT, since BIGINT NOT NULL, until BIGINT
        )
        """,
    ),
    "console": (
        "ALTER TABLE ticket ADD COLUMN note TEXT",
        "CREATE INDEX ticket_no_show ON ticket (hall, day, ended_at) WHERE state = 'no_show'",
    ),
    "presence": ("ALTER TABLE hall ADD COLUMN presence TEXT",),
    "devices": (
        """
        CREATE TABLE device (
            hall TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
            details TEXT NOT NULL, since BIGINT NOT NULL, heard_at BIGINT NOT NULL,
            PRIMARY KEY (hall, kind, name)
        )
        """,
        """
        CREATE TABLE message (
            hall TEXT NOT NULL, id BIGINT NOT NULL,
            texts TEXT NOT NULL, since BIGINT NOT NULL, until BIGINT, staff TEXT,
            PRIMARY KEY (hall, id)
        )
        """,
    ),
    # BYTEA is PostgreSQL's word for bytes; SQLite keeps bytes as they are in a column of any name.
    "logo": ("CREATE TABLE logo (hall TEXT PRIMARY KEY, digest TEXT NOT NULL, picture BYTEA NOT NULL)",),
}
"""Migration name -> its statements, in the order they are applied. Never edited once released: add one."""
