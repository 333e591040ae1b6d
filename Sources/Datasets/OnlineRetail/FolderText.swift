import Retail

/// The words that go with the imported folder: what is assumed, and where the data come from.
enum FolderText {
    static func assumptions(_ options: UCIOnlineRetail.Options) -> [Assumption] {
        let threshold = options.tradeThreshold.minor / 100
        let texts: [(String, String)] = [
            (
                "channels.csv",
                "The source has no channels. An invoice without a customer number counts as marketplace; one worth "
                    + "£\(threshold) or more as trade; any other as web. Fees, lags and paid shares are assumed."
            ),
            (
                "regions.csv",
                "The source has no cities. UK buyers are spread over 24 built-up areas in proportion to their "
                    + "population (censuses of 2011) by a hash of the customer number, or of the invoice where there "
                    + "is none; all other countries are the region export."
            ),
            (
                "segments.csv",
                "Derived: a customer's first order is new, one after more than 90 days dormant, from the sixth on "
                    + "member, otherwise active. Shares and return rates are measured after the first 90 days."
            ),
            ("nodes.csv", "Assumed: one central and two regional warehouses with their capacities and costs."),
            (
                "candidates.csv",
                "Assumed: twelve sites for front warehouses in British cities with capacities and costs."
            ),
            (
                "carriers.csv, rates.csv",
                "Assumed: three carriers with capacities, and rate cards by zone, tier and weight."
            ),
            (
                "suppliers.csv, supply.csv",
                "Assumed: four suppliers with lead times, minimum values and payment terms; each SKU has one by its "
                    + "category or a hash of its code; minimum two cases, 4 % off from 10 cases, 8 % off from 40."
            ),
            (
                "products.csv",
                "Derived by rule: name is the commonest description; list price the commonest price of known "
                    + "customers; case pack the commonest quantity above 1; categories, weight and volume from words "
                    + "in the name; roles from lines, revenue and price. Unit cost is assumed as a share of the list "
                    + "price: traffic 70 %, regular 55 %, destination 50 %, image 45 %."
            ),
            (
                "stock.csv, open_orders.csv",
                "Assumed for \(options.openingDay): 21 days of the demand of the six weeks before, spread by a hash "
                    + "between 40 % and 160 % of that, 60 % central and 20 % in each regional warehouse; one SKU in "
                    + "twelve has two weeks of demand on order."
            ),
            (
                "calendar.csv",
                "A day without any invoice is closed (Saturdays, bank holidays, Christmas to New Year); beyond the "
                    + "data the same weekdays and break are."
            ),
            (
                "demand.csv",
                "Units sold less units cancelled later, at the day of the sale, by SKU and channel. Sales are taken "
                    + "for demand: the source does not say what was out of stock."
            ),
        ]
        return texts.map { Assumption(subject: $0.0, text: $0.1) }
    }

    static func readme(lines: Int, skus: Int, options: UCIOnlineRetail.Options) -> String {
        let list = assumptions(options).map { "- `\($0.subject)`: \($0.text)" }.joined(separator: "\n")
        return """
            # \(options.name)

            A data set for Granary, made by `granary import uci-online-retail` from *Online Retail*:

            > Chen, D. (2015). Online Retail [Dataset]. UCI Machine Learning Repository.
            > https://doi.org/10.24432/C5BW33. Licensed under CC BY 4.0
            > (https://creativecommons.org/licenses/by/4.0/).

            The source holds \(lines) invoice lines of a British online gift shop from 1 December 2010 to 9 December
            2011. Kept are the \(skus) SKUs with most net units. The data were changed: lines were left out,
            cancellations matched to the sales they cancel, stock codes put in capitals, and everything listed
            under "Assumed or derived" was added. `import_summary.csv` says where every line went, and why.

            ## Real

            Orders with their moments, lines, quantities and prices; cancellations; countries at home or abroad;
            descriptions; the days on which the shop took orders.

            ## Assumed or derived

            \(list)

            The columns of all files are described in `docs/data-dictionary.md`.

            """
    }
}
