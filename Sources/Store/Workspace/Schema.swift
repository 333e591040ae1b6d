import GRDB

/// The tables of a workspace. Migrations are append-only: a workspace of any older version is brought up to
/// date on opening, and what a released migration did is never changed.
enum Schema {
    /// "GRNY", in the header of every workspace file (`PRAGMA application_id`).
    static let applicationID: Int32 = 0x4752_4E59
    /// Written to `PRAGMA user_version`: the number of migrations.
    static let version = 5

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs, results, forecasts and suggestions") { database in
            try database.execute(sql: first)
            try database.execute(sql: "PRAGMA user_version = 1")
        }
        migrator.registerMigration("2 all that a suggestion says") { database in
            try database.execute(sql: second)
            try database.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("3 books of suggestions and decisions") { database in
            try database.execute(sql: third)
            try database.execute(sql: "PRAGMA user_version = 3")
        }
        migrator.registerMigration("4 what suppliers and warehouses limit, and how laws fit") { database in
            try database.execute(sql: fourth)
            try database.execute(sql: "PRAGMA user_version = 4")
        }
        migrator.registerMigration("5 people's changes to forecasts") { database in
            try database.execute(sql: fifth)
            try database.execute(sql: "PRAGMA user_version = 5")
        }
        return migrator
    }

    /// Changes are added and withdrawn, never changed. `codes` is a JSON list of SKUs or category levels.
    private static let fifth = """
        CREATE TABLE adjustments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            dataset TEXT NOT NULL,
            scope TEXT NOT NULL CHECK (scope IN ('everything', 'category', 'skus')), codes TEXT NOT NULL,
            channel TEXT, region TEXT,
            first INTEGER NOT NULL, last INTEGER NOT NULL CHECK (last >= first),
            kind TEXT NOT NULL CHECK (kind IN ('set', 'add', 'multiply')), value REAL NOT NULL,
            author TEXT NOT NULL, reason TEXT NOT NULL, expires INTEGER, made INTEGER,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX adjustments_by_dataset ON adjustments (dataset);
        CREATE TABLE withdrawals (
            adjustment INTEGER PRIMARY KEY REFERENCES adjustments (id),
            author TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE TRIGGER adjustments_are_never_changed BEFORE UPDATE ON adjustments
            BEGIN SELECT RAISE(ABORT, 'changes to the forecast are only added and withdrawn'); END;
        CREATE TRIGGER adjustments_are_never_deleted BEFORE DELETE ON adjustments
            BEGIN SELECT RAISE(ABORT, 'changes to the forecast are only added and withdrawn'); END;
        """

    /// Older lines were not limited, and their laws were chosen by mean and variance.
    private static let fourth = """
        ALTER TABLE book_lines ADD COLUMN after_limits INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE book_lines ADD COLUMN law_fit REAL;
        UPDATE book_lines SET after_limits = after_container;
        """

    /// A NULL real stands for NaN, which SQLite cannot hold. Days are days since 1970-01-01; `started` and its
    /// like are seconds since then, UTC. Prices are ten-thousandths of the major unit, amounts minor units.
    private static let first = """
        CREATE TABLE forecasts (
            digest TEXT PRIMARY KEY,
            request TEXT UNIQUE,
            series INTEGER NOT NULL,
            horizon INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT;

        CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            scenario TEXT NOT NULL,
            overrides BLOB NOT NULL,
            seed INTEGER NOT NULL,
            replications INTEGER NOT NULL CHECK (replications > 0),
            currency TEXT NOT NULL,
            engine_version TEXT NOT NULL,
            processor TEXT NOT NULL,
            data_fingerprint TEXT NOT NULL,
            forecast_digest TEXT REFERENCES forecasts (digest),
            plan_digest TEXT,
            status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed', 'interrupted')),
            progress REAL NOT NULL DEFAULT 0,
            stage TEXT NOT NULL DEFAULT '',
            process TEXT NOT NULL,
            heartbeat INTEGER NOT NULL,
            started INTEGER NOT NULL,
            finished INTEGER,
            result_digest TEXT,
            message TEXT NOT NULL DEFAULT '',
            report_path TEXT,
            CHECK ((status = 'done') = (result_digest IS NOT NULL)),
            CHECK ((status = 'running') = (finished IS NULL))
        ) STRICT;
        CREATE INDEX runs_by_status ON runs (status);
        CREATE INDEX runs_by_forecast ON runs (forecast_digest);

        CREATE TABLE figures (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            unit TEXT NOT NULL,
            mean REAL,
            half_width REAL,
            replications BLOB NOT NULL,
            PRIMARY KEY (run, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE result_tables (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            position INTEGER NOT NULL,
            appendix INTEGER NOT NULL CHECK (appendix IN (0, 1)),
            rows INTEGER NOT NULL,
            checksum TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (run, name)
        ) STRICT;

        CREATE TABLE suggestions (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            sku TEXT NOT NULL, sku_name TEXT NOT NULL,
            supplier TEXT NOT NULL, supplier_name TEXT NOT NULL,
            node TEXT NOT NULL,
            on_hand INTEGER NOT NULL, reserved INTEGER NOT NULL, in_transit INTEGER NOT NULL,
            on_order INTEGER NOT NULL, backordered INTEGER NOT NULL,
            demand_mean REAL, demand_p10 REAL, demand_p50 REAL, demand_p90 REAL,
            safety_stock INTEGER NOT NULL, reorder_point INTEGER NOT NULL, order_up_to INTEGER NOT NULL,
            need INTEGER NOT NULL, after_minimum INTEGER NOT NULL, after_multiple INTEGER NOT NULL,
            after_break INTEGER NOT NULL,
            unit_cost INTEGER NOT NULL, value INTEGER NOT NULL,
            order_by INTEGER NOT NULL, receipt INTEGER NOT NULL, stockout INTEGER,
            cover_before REAL, cover_after REAL, stockout_probability REAL,
            reason_en TEXT NOT NULL, reason_zh TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'rejected')),
            PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX suggestions_by_supplier ON suggestions (run, supplier);
        """

    /// Older suggestions were stored without these: nothing was known to expire or to be at risk.
    private static let second = """
        ALTER TABLE suggestions ADD COLUMN expiring INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE suggestions ADD COLUMN after_order_value INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE suggestions ADD COLUMN below_order_value INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE suggestions ADD COLUMN margin_at_risk INTEGER NOT NULL DEFAULT 0;
        UPDATE suggestions SET after_order_value = after_break;
        """

    /// Suggestions belong to a book, with or without a run; what people decide is added and never changed.
    /// What a run stored before is moved into a book of its own. `node` and `supplier` are codes.
    private static let third = """
        CREATE TABLE books (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            dataset TEXT NOT NULL,
            source TEXT NOT NULL,
            today INTEGER NOT NULL,
            currency TEXT NOT NULL,
            data_fingerprint TEXT NOT NULL,
            forecast_digest TEXT,
            run INTEGER REFERENCES runs (id) ON DELETE CASCADE,
            made INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX books_by_run ON books (run);
        CREATE INDEX books_by_dataset ON books (dataset);

        CREATE TABLE book_lines (
            book INTEGER NOT NULL REFERENCES books (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            sku TEXT NOT NULL, sku_name TEXT NOT NULL,
            supplier TEXT NOT NULL, supplier_name TEXT NOT NULL,
            node TEXT NOT NULL, rival TEXT NOT NULL DEFAULT '',
            on_hand INTEGER NOT NULL, reserved INTEGER NOT NULL, in_transit INTEGER NOT NULL,
            on_order INTEGER NOT NULL, backordered INTEGER NOT NULL, expiring INTEGER NOT NULL,
            demand_mean REAL, demand_p10 REAL, demand_p50 REAL, demand_p90 REAL,
            safety_stock INTEGER NOT NULL, reorder_point INTEGER NOT NULL, order_up_to INTEGER NOT NULL,
            law TEXT NOT NULL DEFAULT '', service TEXT NOT NULL DEFAULT 'cycle', service_level REAL,
            lead_time REAL, lead_time_deviation REAL, lead_time_source TEXT NOT NULL DEFAULT 'terms',
            review_period INTEGER NOT NULL DEFAULT 1,
            minimum_quantity INTEGER NOT NULL DEFAULT 1, order_multiple INTEGER NOT NULL DEFAULT 1,
            need INTEGER NOT NULL, after_minimum INTEGER NOT NULL, after_multiple INTEGER NOT NULL,
            rounding TEXT NOT NULL DEFAULT 'up', after_break INTEGER NOT NULL, after_order_value INTEGER NOT NULL,
            after_container INTEGER NOT NULL, after_budget INTEGER NOT NULL,
            below_order_value INTEGER NOT NULL, below_container INTEGER NOT NULL DEFAULT 0,
            unit_cost INTEGER NOT NULL, value INTEGER NOT NULL, volume INTEGER NOT NULL DEFAULT 0,
            effective_cost INTEGER NOT NULL DEFAULT 0, rival_cost INTEGER NOT NULL DEFAULT 0,
            part TEXT NOT NULL DEFAULT 'whole', forced_days REAL, margin_at_risk INTEGER NOT NULL,
            order_by INTEGER NOT NULL, receipt INTEGER NOT NULL, stockout INTEGER, first_gap INTEGER,
            cover_before REAL, cover_after REAL, stockout_probability REAL,
            reason_en TEXT NOT NULL, reason_zh TEXT NOT NULL,
            PRIMARY KEY (book, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX book_lines_by_supplier ON book_lines (book, supplier);

        CREATE TABLE book_tables (
            book INTEGER NOT NULL REFERENCES books (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            position INTEGER NOT NULL,
            checksum TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (book, name)
        ) STRICT;

        CREATE TABLE decisions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            dataset TEXT NOT NULL,
            sku TEXT NOT NULL, supplier TEXT NOT NULL, node TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN
                ('proposed', 'approved', 'ordered', 'received', 'closed', 'rejected', 'snoozed')),
            quantity INTEGER CHECK (quantity >= 0),
            order_code TEXT NOT NULL, due INTEGER,
            reason TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER,
            book INTEGER,
            suggested INTEGER NOT NULL, lead_time REAL, demand_mean REAL, unit_cost INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX decisions_by_line ON decisions (dataset, sku, supplier, node);
        CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
            BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
        CREATE TRIGGER decisions_are_never_deleted BEFORE DELETE ON decisions
            BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;

        INSERT INTO books (dataset, source, today, currency, data_fingerprint, forecast_digest, run, made)
            SELECT '', name, started / 86400, currency, data_fingerprint, forecast_digest, id,
                coalesce(finished, started)
            FROM runs WHERE id IN (SELECT run FROM suggestions);
        INSERT INTO book_lines (book, position, sku, sku_name, supplier, supplier_name, node, on_hand, reserved,
                in_transit, on_order, backordered, expiring, demand_mean, demand_p10, demand_p50, demand_p90,
                safety_stock, reorder_point, order_up_to, need, after_minimum, after_multiple, after_break,
                after_order_value, after_container, after_budget, below_order_value, unit_cost, value,
                margin_at_risk, order_by, receipt, stockout, cover_before, cover_after, stockout_probability,
                reason_en, reason_zh)
            SELECT books.id, position, sku, sku_name, supplier, supplier_name, node, on_hand, reserved,
                in_transit, on_order, backordered, expiring, demand_mean, demand_p10, demand_p50, demand_p90,
                safety_stock, reorder_point, order_up_to, need, after_minimum, after_multiple, after_break,
                after_order_value, after_order_value, after_order_value, below_order_value, unit_cost, value,
                margin_at_risk, order_by, receipt, stockout, cover_before, cover_after, stockout_probability,
                reason_en, reason_zh
            FROM suggestions JOIN books ON books.run = suggestions.run;
        INSERT INTO decisions (dataset, sku, supplier, node, state, order_code, reason, author, at, book, suggested,
                lead_time, demand_mean, unit_cost)
            SELECT '', sku, supplier, node, CASE state WHEN 'accepted' THEN 'approved' ELSE state END, '', '', '',
                made, books.id, after_order_value, 0, demand_mean, unit_cost
            FROM suggestions JOIN books ON books.run = suggestions.run WHERE state <> 'proposed';
        DROP TABLE suggestions;
        """
}
