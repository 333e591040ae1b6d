/// A shop so small that a debug build forecasts and simulates it at once.
enum SmallShop {
    /// A shop of two articles, a warehouse, two regions and a carrier; files can be put in the place of its own.
    static func files(_ changed: [String: String] = [:]) throws -> Files {
        let files = try Files()
        var demand = "date,sku,quantity\n"
        for day in 1...60 {
            let date = day <= 31 ? "2024-03-\(day < 10 ? "0" : "")\(day)" : "2024-04-\(day < 41 ? "0" : "")\(day - 31)"
            demand += "\(date),A,\(5 + day % 3)\n\(date),B,\(2 + day % 2)\n"
        }
        var tables = [
            "demand.csv": demand, "products.csv": "sku,list_price,unit_cost\nA,10,5\nB,20,9\n",
            "nodes.csv":
                "code,kind,latitude,longitude,picks_per_hour,stations\nmain,central,31.2,121.5,600,10\n",
            "candidates.csv": "code,latitude,longitude,fixed_cost_per_day\nhill,31.3,121.4,10\nbay,31.1,121.6,10\n",
            "regions.csv": "code,latitude,longitude,zone,population\neast,31.2,121.5,near,100\nwest,39.5,76,far,50\n",
            "channels.csv": "code,kind,synchronisation_lag\nweb,own,30\n",
            "carriers.csv": "code,daily_capacity,cut_off\npost,1000,18:00\n",
            "rates.csv": rates,
        ]
        for (name, text) in changed { tables[name] = text }
        for (name, text) in tables { try files.write(name, text) }
        return files
    }

    static let rates = """
        carrier,zone,tier,first_weight,first_price,step_weight,step_price,transit,transit_deviation
        post,near,standard,1000,4,1000,1,20,4
        post,far,standard,1000,9,1000,3,60,9

        """
}
