import Retail

/// Places in Britain: where demand is, where the warehouses stand, and where front warehouses could.
///
/// Populations of the built-up areas: Office for National Statistics, Census 2011 (England and Wales); National
/// Records of Scotland, Mid-2012 population estimates for settlements; Northern Ireland Statistics and Research
/// Agency, Census 2011. Coordinates are city centres.
struct BritishPlaces {
    let regions: [Region]
    private let cumulative: [UInt64]

    init() {
        var regions = Self.areas.map { area in
            Region(
                code: area.code, name: area.name,
                location: Coordinate(latitude: area.latitude, longitude: area.longitude),
                tier: area.population >= 2_000_000 ? 1 : area.population >= 700_000 ? 2 : 3,
                population: area.population, zone: area.code == "belfast" ? "remote" : "mainland", isExport: false)
        }
        var sum: UInt64 = 0
        cumulative = Self.areas.map { area in
            sum += UInt64(area.population)
            return sum
        }
        // Goods for abroad leave by the continent's parcel hub.
        regions.append(
            Region(
                code: "export", name: "Export", location: Coordinate(latitude: 50.64, longitude: 5.45), tier: 1,
                population: 0, zone: "export", isExport: true))
        self.regions = regions
    }

    var export: Region.Index { Region.Index(regions.count - 1) }

    /// The region a buyer lives in: the hash falls into the regions in proportion to their population.
    func region(of hash: UInt64) -> Region.Index {
        let total = cumulative[cumulative.count - 1]
        let point = hash.multipliedFullWidth(by: total).high
        return Region.Index(cumulative.firstIndex { point < $0 } ?? 0)
    }

    private typealias Area = (code: String, name: String, latitude: Double, longitude: Double, population: Int64)

    private static let areas: [Area] = [
        ("london", "Greater London", 51.5074, -0.1278, 9_787_426),
        ("manchester", "Greater Manchester", 53.4808, -2.2426, 2_553_379),
        ("birmingham", "West Midlands", 52.4862, -1.8904, 2_440_986),
        ("leeds", "West Yorkshire", 53.8008, -1.5491, 1_777_934),
        ("glasgow", "Greater Glasgow", 55.8642, -4.2518, 1_209_143),
        ("liverpool", "Liverpool", 53.4084, -2.9916, 864_122),
        ("southampton", "South Hampshire", 50.9097, -1.4044, 855_569),
        ("newcastle", "Tyneside", 54.9783, -1.6178, 774_891),
        ("nottingham", "Nottingham", 52.9548, -1.1581, 729_977),
        ("sheffield", "Sheffield", 53.3811, -1.4701, 685_368),
        ("bristol", "Bristol", 51.4545, -2.5879, 617_280),
        ("belfast", "Belfast", 54.5973, -5.9301, 595_879),
        ("leicester", "Leicester", 52.6369, -1.1398, 508_916),
        ("edinburgh", "Edinburgh", 55.9533, -3.1883, 482_005),
        ("brighton", "Brighton and Hove", 50.8225, -0.1372, 474_485),
        ("bournemouth", "Bournemouth and Poole", 50.7192, -1.8808, 466_266),
        ("cardiff", "Cardiff", 51.4816, -3.1791, 390_214),
        ("teesside", "Teesside", 54.5742, -1.2350, 376_633),
        ("stoke", "Stoke-on-Trent", 53.0027, -2.1794, 372_775),
        ("coventry", "Coventry", 52.4068, -1.5197, 359_262),
        ("sunderland", "Sunderland", 54.9069, -1.3838, 335_415),
        ("birkenhead", "Birkenhead", 53.3934, -3.0145, 325_264),
        ("reading", "Reading", 51.4543, -0.9781, 318_014),
        ("hull", "Kingston upon Hull", 53.7457, -0.3367, 314_018),
    ]

    /// One central and two regional warehouses in Britain's logistics belts.
    static let nodes: [Node] = [
        Node(
            code: "daventry", name: "Daventry central warehouse", kind: .central,
            location: Coordinate(latitude: 52.2575, longitude: -1.1743), picksPerHour: 60_000, stations: 400,
            cutOff: 20 * 3_600, opens: 6 * 3_600, closes: 22 * 3_600, fixedCostPerDay: Amount(minor: 14_000_00),
            costPerLine: UnitPrice(units: 1_100)),
        Node(
            code: "warrington", name: "Warrington regional warehouse", kind: .regional,
            location: Coordinate(latitude: 53.3900, longitude: -2.5970), picksPerHour: 25_000, stations: 180,
            cutOff: 20 * 3_600, opens: 6 * 3_600, closes: 22 * 3_600, fixedCostPerDay: Amount(minor: 6_500_00),
            costPerLine: UnitPrice(units: 1_200), replenishedFrom: "daventry"),
        Node(
            code: "thurrock", name: "Thurrock regional warehouse", kind: .regional,
            location: Coordinate(latitude: 51.4935, longitude: 0.3529), picksPerHour: 25_000, stations: 180,
            cutOff: 20 * 3_600, opens: 6 * 3_600, closes: 22 * 3_600, fixedCostPerDay: Amount(minor: 7_500_00),
            costPerLine: UnitPrice(units: 1_300), replenishedFrom: "daventry"),
    ]

    /// A dozen sites for front warehouses, dearer where land is.
    static let candidates: [Node] = [
        front("stratford", "London Stratford", 51.5430, -0.0030, rent: 2_600, from: "thurrock"),
        front("park_royal", "London Park Royal", 51.5290, -0.2650, rent: 2_500, from: "thurrock"),
        front("digbeth", "Birmingham Digbeth", 52.4740, -1.8830, rent: 1_500, from: "daventry"),
        front("ardwick", "Manchester Ardwick", 53.4710, -2.2190, rent: 1_500, from: "warrington"),
        front("holbeck", "Leeds Holbeck", 53.7860, -1.5570, rent: 1_300, from: "warrington"),
        front("govan", "Glasgow Govan", 55.8610, -4.3060, rent: 1_200, from: "warrington"),
        front("kirkdale", "Liverpool Kirkdale", 53.4350, -2.9800, rent: 1_100, from: "warrington"),
        front("gateshead", "Newcastle Gateshead", 54.9600, -1.6040, rent: 1_050, from: "warrington"),
        front("lenton", "Nottingham Lenton", 52.9440, -1.1850, rent: 1_050, from: "daventry"),
        front("attercliffe", "Sheffield Attercliffe", 53.3960, -1.4290, rent: 1_000, from: "warrington"),
        front("st_philips", "Bristol St Philip's", 51.4540, -2.5680, rent: 1_250, from: "daventry"),
        front("eastleigh", "Southampton Eastleigh", 50.9690, -1.3510, rent: 1_150, from: "thurrock"),
    ]

    private static func front(
        _ code: String, _ name: String, _ latitude: Double, _ longitude: Double, rent: Int64, from upstream: String
    ) -> Node {
        Node(
            code: code, name: name + " front warehouse", kind: .front,
            location: Coordinate(latitude: latitude, longitude: longitude), picksPerHour: 4_000, stations: 30,
            cutOff: 21 * 3_600, opens: 7 * 3_600, closes: 22 * 3_600, fixedCostPerDay: Amount(minor: rent * 100),
            costPerLine: UnitPrice(units: 1_800), storage: 400_000, replenishedFrom: upstream)
    }
}
