import Retail

/// Where a line of the source goes, and why. The first rule that fits decides.
enum LineReason: String, CaseIterable {
    case sale
    case cancellationMatched = "cancellation_matched"
    case cancellationPartlyMatched = "cancellation_partly_matched"
    case cancellationUnmatched = "cancellation_unmatched"
    case postage
    case carriage
    case manual
    case discount
    case sample
    case bankCharge = "bank_charge"
    case marketplaceFee = "marketplace_fee"
    case charity
    case badDebt = "bad_debt"
    case pads
    case giftVoucher = "gift_voucher"
    case test
    case otherCode = "other_code"
    case writeOff = "write_off"
    case zeroPrice = "zero_price"
    case zeroQuantity = "zero_quantity"
    case absurd = "absurd_quantity"
    case notSelected = "sku_not_selected"

    var isKept: Bool {
        switch self {
        case .sale, .cancellationMatched, .cancellationPartlyMatched: true
        default: false
        }
    }

    func rule(_ options: UCIOnlineRetail.Options) -> String {
        switch self {
        case .sale: "a line with positive quantity and price: an order line and demand"
        case .cancellationMatched: "all units found in earlier sales of the same customer and stock code"
        case .cancellationPartlyMatched: "only a part of the units found in earlier sales; the rest is dropped"
        case .cancellationUnmatched: "no earlier sale of the same customer and stock code with units left"
        case .postage: "stock codes POST and DOT"
        case .carriage: "stock code C2"
        case .manual: "stock code M"
        case .discount: "stock code D"
        case .sample: "stock code S"
        case .bankCharge: "stock code BANK CHARGES"
        case .marketplaceFee: "stock code AMAZONFEE"
        case .charity: "stock code CRUK"
        case .badDebt: "stock code B"
        case .pads: "stock code PADS"
        case .giftVoucher: "stock codes GIFT..."
        case .test: "stock codes TEST..."
        case .otherCode: "stock codes that are not five digits with an optional suffix of letters"
        case .writeOff: "negative quantity outside a cancellation: a stock adjustment"
        case .zeroPrice: "positive quantity at price zero: found stock or a free gift"
        case .zeroQuantity: "quantity zero, or a cancellation with a positive quantity"
        case .absurd:
            "a line of \(options.absurdQuantity) units or more that was wholly cancelled within a day, and its "
                + "cancellation"
        case .notSelected: "a stock code outside the best-selling ones kept"
        }
    }

    /// The reason that a line's code, quantity and price alone give; nil for a sale or a cancellation of goods.
    static func byContent(stock: String, isCancellation: Bool, quantity: Quantity, price: UnitPrice) -> LineReason? {
        if let service = services[stock] { return service }
        if stock.hasPrefix("GIFT") { return .giftVoucher }
        if stock.hasPrefix("TEST") { return .test }
        if !isProductCode(stock) { return .otherCode }
        if quantity == 0 || isCancellation && quantity > 0 { return .zeroQuantity }
        if quantity < 0, !isCancellation { return .writeOff }
        if price.units <= 0 { return .zeroPrice }
        return nil
    }

    private static let services: [String: LineReason] = [
        "POST": .postage, "DOT": .postage, "C2": .carriage, "M": .manual, "D": .discount, "S": .sample,
        "BANK CHARGES": .bankCharge, "AMAZONFEE": .marketplaceFee, "CRUK": .charity, "B": .badDebt, "PADS": .pads,
    ]

    /// Five digits, then up to three letters.
    private static func isProductCode(_ stock: String) -> Bool {
        let bytes = Array(stock.utf8)
        guard (5...8).contains(bytes.count) else { return false }
        return bytes.prefix(5).allSatisfy { $0 >= 48 && $0 <= 57 }
            && bytes.dropFirst(5).allSatisfy { $0 >= 65 && $0 <= 90 }
    }
}
