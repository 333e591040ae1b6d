import Retail

/// The lines of the UCI Online Retail file in columns, as they stand in the file.
struct RetailLines {
    var invoice: [Int32] = []
    var stock: [Int32] = []
    var description: [Int32] = []
    var quantity: [Quantity] = []
    var time: [CivilTime] = []
    /// Negative for adjustments of debts.
    var price: [UnitPrice] = []
    /// -1 where there is none.
    var customer: [Int32] = []
    var country: [Int32] = []

    /// Codes as in the file, but for stock codes in capitals: `85123a` and `85123A` are one SKU.
    var invoices = CodePool()
    var stocks = CodePool()
    var descriptions = CodePool()
    var customers = CodePool()
    var countries = CodePool()
    var digest = ""

    var count: Int { invoice.count }

    static let columns = [
        "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country",
    ]

    /// Reads the file, plain or gzip, UTF-8 or Latin-1, dates as `2010-12-01 08:26:00` or `12/1/2010 8:26`.
    init(path: String, progress: ((Int) -> Void)?) throws(DatasetError) {
        let log = IssueLog()
        let file = path.split(separator: "/").last.map(String.init) ?? path
        do throws(ScanFailure) {
            try read(path, file, log, progress)
        } catch {
            log.add(error.issue(file: file))
        }
        try log.check()
        progress?(count)
    }

    private mutating func read(
        _ path: String, _ file: String, _ log: IssueLog, _ progress: ((Int) -> Void)?
    ) throws(ScanFailure) {
        var scanner = CSVScanner()
        do throws(FileError) { scanner = try CSVScanner(path: path, hashing: true) } catch { throw .file(error) }
        guard try scanner.next() else {
            log.add(
                DataIssue(
                    file: file, expected: "the file is empty", cure: "give the UCI Online Retail file as CSV"))
            return
        }
        let fieldOf = Self.header(scanner, file, log)
        guard log.isEmpty else { return }
        let fields = scanner.fields.count
        while try scanner.next() {
            if scanner.fields.count != fields {
                log.add(
                    DataIssue(
                        file: file, line: scanner.line,
                        expected: "has \(scanner.fields.count) fields where the header has \(fields)",
                        cure: "look for a missing or superfluous comma"))
                continue
            }
            append(scanner, fieldOf, file, log)
            if count % 65_536 == 0 { progress?(count) }
        }
        digest = scanner.hexadecimalDigest() ?? ""
    }

    private static func header(_ scanner: borrowing CSVScanner, _ file: String, _ log: IssueLog) -> [Int] {
        var fieldOf = [Int](repeating: -1, count: columns.count)
        for field in scanner.fields.indices {
            let name = String(decoding: Parse.trimmed(scanner.bytes(field)).prefix(80), as: UTF8.self)
            if let column = columns.firstIndex(of: name) { fieldOf[column] = field }
        }
        for (column, field) in fieldOf.enumerated() where field < 0 {
            log.add(
                DataIssue(
                    file: file, line: 1, field: columns[column], expected: "the column is missing",
                    cure: "the header must be \(columns.joined(separator: ","))"))
        }
        return fieldOf
    }

    private mutating func append(
        _ scanner: borrowing CSVScanner, _ fieldOf: [Int], _ file: String, _ log: IssueLog
    ) {
        func value(_ column: Int) -> UnsafeRawBufferPointer { Parse.trimmed(scanner.bytes(fieldOf[column])) }
        func fault(_ column: Int, _ expected: Phrase, _ cure: Phrase) {
            log.add(
                DataIssue(
                    file: file, line: scanner.line, column: fieldOf[column] + 1, field: Self.columns[column],
                    value: String(decoding: value(column).prefix(60), as: UTF8.self), expected: expected, cure: cure))
        }
        let units = Parse.decimal(value(3), places: 0, roundsBeyond: false).flatMap { Quantity(exactly: $0) }
        if units == nil { fault(3, "is not a whole number of 32 bits", "correct the quantity") }
        let moment = Parse.time(value(4)) ?? Self.americanTime(value(4))
        if moment == nil { fault(4, "is not a date and time", "write it as 2010-12-01 08:26:00") }
        let each = Parse.decimal(value(5), places: 4)
        if each == nil {
            let (expected, cure) = Parse.numberFault(value(5), cure: "write a plain decimal")
            fault(5, expected, cure)
        }
        if value(0).isEmpty || value(1).isEmpty { fault(0, "invoice and stock code must be given", "fill them in") }
        guard let units, let moment, let each, log.isEmpty else { return }
        invoice.append(invoices.insert(value(0)).position)
        let capitals = value(1).map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }
        stock.append(capitals.withUnsafeBytes { stocks.insert($0).position })
        description.append(descriptions.insert(value(2)).position)
        quantity.append(units)
        time.append(moment)
        price.append(UnitPrice(units: each))
        var number = value(6)
        // Customer numbers come as 17850 or 17850.0.
        if number.count > 2, number[number.count - 1] == 48, number[number.count - 2] == 46 {
            number = UnsafeRawBufferPointer(rebasing: number[..<(number.count - 2)])
        }
        customer.append(number.isEmpty ? -1 : customers.insert(number).position)
        country.append(countries.insert(value(7)).position)
    }

    /// `12/1/2010 8:26`: month, day, year, as the file is spread elsewhere.
    private static func americanTime(_ bytes: UnsafeRawBufferPointer) -> CivilTime? {
        guard bytes.count <= 16 else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        let numbers = text.split { $0 == "/" || $0 == " " || $0 == ":" }.map { Int($0) }
        guard numbers.count == 5, let month = numbers[0], let dayOfMonth = numbers[1], let year = numbers[2],
            let hour = numbers[3], let minute = numbers[4], (1900...2199).contains(year), (0..<24).contains(hour),
            (0..<60).contains(minute), let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        return CivilTime(day, hour: hour, minute: minute)
    }

    /// The text of a description: UTF-8 where it is valid, otherwise Latin-1; runs of blanks become one.
    func descriptionText(_ position: Int32) -> String {
        let bytes = descriptions.bytes(Int(position))
        let isValid = bytes.withUnsafeBytes { Parse.invalidByte($0) == nil }
        let text =
            isValid
            ? String(decoding: bytes, as: UTF8.self)
            : String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }
}
