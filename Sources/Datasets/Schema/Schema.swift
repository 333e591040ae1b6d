/// Every file of a data set folder. The reader, the writer and `docs/data-dictionary.md` are made from this list;
/// the order of columns here is the order they are written in.
public enum Schema {
    public static let tables: [TableSchema] =
        [dataset, assumptions] + assortment + network + supplySide + history + stockSide

    static let dataset = TableSchema(
        "dataset", "What the data set as a whole is.", key: ["key"],
        absent: "currency GBP, zone UTC, name of the folder",
        [
            ColumnSchema(
                "key",
                .choice(DescriptionKey.allCases.map(\.rawValue)),
                """
                `name`; `currency` (ISO 4217 code); `zone` (IANA name); `step` (`hour`, `day`, `week`, `month`, \
                `quarter`, `year` or `bare`: the step of `demand`, otherwise told from its dates); `absent_rows` \
                (`zero` or `missing`: how a cell without a row in `demand` is read); `country` (`CN`, `GB` or `US`: whose \
                public holidays and shopping events the forecast knows)
                """),
            ColumnSchema("value", .text, "the value"),
        ])

    static let assumptions = TableSchema(
        "assumptions", "What is stated rather than measured; shown in every report.", absent: "none are stated",
        [
            ColumnSchema("subject", .text, "file or setting it belongs to"),
            ColumnSchema("text", .text, "what was assumed"),
        ])

    /// Files that are kept beside the data for people and are not read.
    static let unread: Set<String> = ["import_summary"]

    public static func table(_ name: String) -> TableSchema? { tables.first { $0.name == name } }
}
