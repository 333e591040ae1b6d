import GRDB

/// The tables of a workspace. Migrations are append-only: a workspace of any older version is brought up to
/// date on opening, and what a released migration did is never changed.
enum Schema {
    /// "GRNY", in the header of every workspace file (`PRAGMA application_id`).
    static let applicationID: Int32 = 0x4752_4E59
    /// Written to `PRAGMA user_version`: the number of migrations.
    static let version = 2

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
        return migrator
    }

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
}
