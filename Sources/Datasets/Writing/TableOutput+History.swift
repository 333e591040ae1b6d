import Retail

/// How a panel is written: the sparse form where the reader's own rules fill the gaps to the same panel, and row by
/// row where they would not.
struct DemandForm {
    let absent: AbsentRows

    /// Sparse when every series lives to the end of the axis and exactly the closed cells without sales are missing.
    init(_ dataset: Dataset) {
        let panel = dataset.demand
        guard panel.axis.step == .day || panel.axis.step == .hour, dataset.demandPrices.isEmpty,
            dataset.demandInStock.isEmpty
        else {
            absent = .missing
            return
        }
        let closed = (0..<panel.axis.count).map { !dataset.calendar.isOpen(panel.axis.day($0)) }
        for series in panel.keys.indices {
            let cells = panel.offsets[series]..<panel.offsets[series + 1]
            let start = Int(panel.starts[series])
            guard start + cells.count == panel.axis.count else {
                absent = .missing
                return
            }
            for cell in cells {
                let isClosed = closed[start + cell - cells.lowerBound]
                // A missing first cell is written as a row without quantity.
                if panel.missing[cell] != isClosed, cell != cells.lowerBound,
                    panel.missing[cell] || panel.values[cell] == 0
                {
                    absent = .missing
                    return
                }
            }
        }
        absent = .zero
    }
}

extension TableOutput {
    mutating func demand(_ dataset: Dataset) {
        let panel = dataset.demand
        let writesAll = DemandForm(dataset).absent == .missing
        // The optional columns at the end are there only where the data set has them.
        let hasPrices = !dataset.demandPrices.isEmpty
        let hasStock = !dataset.demandInStock.isEmpty
        csv = CSVOutput()
        for column in schema.columns {
            if column.name == "price" && !hasPrices || column.name == "in_stock" && !hasStock { continue }
            // Stock left over is read as the flag that it says.
            if column.name == "stock" { continue }
            csv.text(column.name)
        }
        csv.endRow()
        let stamps = (0..<panel.axis.count).map { stamp(panel.axis, $0) }
        for series in panel.keys.indices {
            let key = panel.keys[series]
            let sku = key.sku.map { dataset.skus[$0.position].code } ?? panel.names[series]
            let channel = key.channel.map { dataset.channels[$0.position].code } ?? ""
            let region = key.region.map { dataset.regions[$0.position].code } ?? ""
            let first = panel.offsets[series]
            for cell in first..<panel.offsets[series + 1] {
                let isMissing = panel.missing[cell]
                if !writesAll, cell != first, isMissing || panel.values[cell] == 0 { continue }
                text(stamps[Int(panel.starts[series]) + cell - first])
                text(sku)
                text(channel)
                text(region)
                if isMissing { csv.empty() } else { real(Double(panel.values[cell])) }
                if hasPrices { price(dataset.demandPrices[cell]) }
                if hasStock { flag(dataset.demandInStock[cell]) }
                endRow(fields: 5 + (hasPrices ? 1 : 0) + (hasStock ? 1 : 0))
            }
        }
    }

    private func stamp(_ axis: TimeAxis, _ index: Int) -> String {
        switch axis.step {
        case .bare:
            return String(Int(axis.origin.number) + index)
        case .hour:
            return CivilTime(seconds: Int64(axis.origin.number) * 86_400 + Int64(index) * 3_600).description
        default:
            return axis.day(index).description
        }
    }

    mutating func orders(_ dataset: Dataset) {
        let orders = dataset.orders
        // The optional columns at the end are there only where the data set has them.
        let given = [!orders.paid.isEmpty, !orders.fates.isEmpty, !orders.weights.isEmpty]
        let columns = schema.columns.prefix(5) + zip(schema.columns.dropFirst(5), given).filter(\.1).map(\.0)
        csv = CSVOutput()
        for column in columns { csv.text(column.name) }
        csv.endRow()
        for order in 0..<orders.count {
            text(orders.codes[order])
            time(orders.placed[order])
            text(dataset.channels[orders.channels[order].position].code)
            text(dataset.regions[orders.regions[order].position].code)
            code(orders.segments[order].map { dataset.segments[$0.position].code })
            if given[0] { time(orders.paid[order]) }
            if given[1] { text(orders.fates[order].rawValue) }
            if given[2] { real(orders.weights[order]) }
            endRow(fields: columns.count)
        }
    }

    mutating func orderLines(_ dataset: Dataset) {
        let orders = dataset.orders
        for order in 0..<orders.count {
            for line in orders.lines(order) {
                text(orders.codes[order])
                text(dataset.skus[orders.lineSKUs[line].position].code)
                integer(orders.lineQuantities[line])
                price(orders.linePrices[line])
                integer(orders.lineCancelled[line])
                endRow()
            }
        }
    }

    mutating func shipments(_ dataset: Dataset) {
        for row in dataset.shipments {
            text(row.order)
            text(dataset.nodes[row.node.position].code)
            text(dataset.carriers[row.carrier.position].code)
            time(row.shipped)
            time(row.delivered)
            amount(row.freight)
            endRow()
        }
    }

    mutating func returns(_ dataset: Dataset) {
        for row in dataset.returns {
            text(row.order)
            text(dataset.skus[row.sku.position].code)
            time(row.returned)
            integer(row.quantity)
            text(row.reason)
            endRow()
        }
    }

    mutating func settlements(_ dataset: Dataset) {
        for row in dataset.settlements {
            text(row.statement)
            text(row.order)
            text(row.kind)
            amount(row.amount)
            day(row.posted)
            endRow()
        }
    }

    mutating func signals(_ dataset: Dataset) {
        for signal in dataset.signals {
            day(signal.day)
            code(dataset.skus[signal.sku.position].code)
            code(signal.promotion)
            text(signal.kind.rawValue)
            real(signal.quantity)
            endRow()
        }
    }
}
