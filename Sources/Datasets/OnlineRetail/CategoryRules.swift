/// Categories of three levels, weight and volume from the words of a description. The first rule with one of its
/// words in the text decides; the order puts season and use before material.
struct CategoryRules {
    struct Category: Equatable {
        var levels: [String]
        /// Grams and cubic centimetres of a piece.
        var weight: Int32
        var volume: Int32
    }

    private struct Rule {
        var words: Set<String>
        var category: Category

        init(_ words: String, _ levels: String, _ weight: Int32, _ volume: Int32) {
            self.words = Set(words.split(separator: " ").map(String.init))
            category = Category(
                levels: levels.split(separator: "/").map(String.init), weight: weight, volume: volume)
        }
    }

    static func category(of description: String) -> Category {
        let words = Set(
            description.uppercased().split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
        for rule in rules where !rule.words.isDisjoint(with: words) { return rule.category }
        return Category(levels: ["Home", "Decoration", "Other decoration"], weight: 250, volume: 900)
    }

    private static let rules: [Rule] = [
        Rule("WRAP", "Paper/Wrapping/Gift wrap", 60, 300),
        Rule(
            "CHRISTMAS XMAS ADVENT BAUBLE SANTA REINDEER SNOWFLAKE SNOWMAN NOEL",
            "Season/Christmas/Christmas decorations", 180, 900),
        Rule("EASTER EGG EGGS BUNNY", "Season/Easter/Easter decorations", 120, 600),
        Rule("VALENTINE", "Season/Valentine/Valentine gifts", 120, 500),
        Rule("JUMBO SHOPPER", "Bags/Shopping bags/Jumbo bags", 140, 700),
        Rule("LUNCH SNACK", "Bags/Food bags/Lunch bags and boxes", 170, 1_400),
        Rule("PURSE WALLET HANDBAG", "Bags/Small bags/Purses and wallets", 80, 200),
        Rule("BAG BAGS RUCKSACK SATCHEL", "Bags/Shopping bags/Other bags", 150, 600),
        Rule("BUNTING BALLOON BALLOONS GARLAND", "Party/Decoration/Bunting and balloons", 150, 700),
        Rule("NAPKINS NAPKIN DOILY DOILIES", "Party/Tableware/Napkins and doilies", 120, 500),
        Rule("PARTY CANDLES BIRTHDAY", "Party/Accessories/Party accessories", 120, 500),
        Rule(
            "T-LIGHT T-LIGHTS TLIGHT NIGHT LANTERN LANTERNS", "Home/Lighting/T-light holders and lanterns", 320, 1_300),
        Rule("LIGHT LIGHTS LED LAMP CHANDELIER", "Home/Lighting/Lights", 400, 2_200),
        Rule("CANDLE CANDLESTICK INCENSE OIL", "Home/Lighting/Candles and scent", 250, 500),
        Rule(
            "CAKE CAKES CAKESTAND BAKING CUTTERS CUTTER COOKIE JAM JELLY MOULD MOULDS",
            "Kitchen/Baking/Cake and jam making", 300, 1_500),
        Rule(
            "TEA TEACUP TEACUPS TEAPOT COFFEE MUG MUGS CUP CUPS SAUCER TEATIME", "Kitchen/Drinking/Cups, mugs and tea",
            380, 1_400),
        Rule("BOTTLE FLASK BEAKER GLASS GLASSES TUMBLER JUG", "Kitchen/Drinking/Bottles and glasses", 420, 1_500),
        Rule(
            "PLATE PLATES BOWL BOWLS DISH CUTLERY SPOON SPOONS FORK TRAY POPCORN",
            "Kitchen/Tableware/Plates, bowls and cutlery", 450, 1_800),
        Rule(
            "PANTRY JAR JARS BREAD HERB SPICE SCALE SCALES WHISK PAN CHOPPING COASTERS COASTER SALT "
                + "DISPENSER APRON TOWEL TOWELS OVEN RECIPE KITCHEN",
            "Kitchen/Utensils/Pantry and utensils", 500, 2_200),
        Rule(
            "PENCIL PENCILS PEN PENS RULER ERASER ERASERS SHARPENER CRAYONS CHALK CHALKS",
            "Paper/Stationery/Writing", 90, 250),
        Rule(
            "NOTEBOOK NOTEBOOKS NOTEPAD NOTE STATIONERY SCISSOR SCISSORS MEMOBOARD JOURNAL BOOK BOOKS DIARY "
                + "PAD MEMO ENVELOPE ENVELOPES TAPE MAGNETS MAGNET",
            "Paper/Stationery/Notebooks and desk", 180, 450),
        Rule("CARD CARDS POSTCARD", "Paper/Cards/Greeting cards", 30, 60),
        Rule("TISSUES TISSUE PLASTERS", "Paper/Tissues/Pocket tissues and plasters", 40, 120),
        Rule("RIBBON RIBBONS TAGS TAG PAPER STICKERS STAMP STAMPS", "Paper/Wrapping/Ribbons and tags", 70, 250),
        Rule("SEWING KNITTING CRAFT FELTCRAFT FELT KIT PAINT PAINTING COLOURING", "Toys/Craft/Craft kits", 180, 900),
        Rule(
            "DOLL DOLLY SKITTLES JIGSAW PUZZLE GAME GAMES DOMINOES SNAP GLIDERS GLIDER SOLDIER DINOSAUR "
                + "LADDERS CROSSES SKIPPING ROCKING WINDMILL CLAY SPACEBOY CIRCUS TOY TOYS YOYO SPINNING BLOCK "
                + "BLOCKS CHILDRENS CHILDS KIDS PLAYHOUSE PLAYING HARMONICA ROBOT",
            "Toys/Play/Toys and games", 220, 1_000),
        Rule("CLOCK", "Home/Decoration/Clocks", 420, 1_800),
        Rule("FRAME FRAMES MIRROR PICTURE", "Home/Decoration/Frames and mirrors", 450, 1_800),
        Rule("SIGN PLAQUE BLACKBOARD BOARD CHALKBOARD", "Home/Decoration/Signs", 350, 1_200),
        Rule("DOORMAT MAT RUG", "Home/Textiles/Mats", 1_800, 9_000),
        Rule("CUSHION QUILT THROW BLANKET WARMER HOTTIE", "Home/Textiles/Cushions and warmers", 450, 4_000),
        Rule(
            "CABINET DRAWER DRAWERS TABLE CHAIR STOOL SHELF SHELVES STAND", "Home/Furniture/Small furniture", 2_600,
            14_000),
        Rule(
            "BOX BOXES TIN TINS BASKET BASKETS STORAGE TRINKET BUCKET CRATE",
            "Home/Storage/Boxes, tins and baskets", 420, 2_600),
        Rule("HOOK HOOKS KNOB KNOBS DRAWERKNOB HANGER HANGERS RACK KEY", "Home/Fittings/Hooks and knobs", 160, 350),
        Rule(
            "GARDEN GARDENERS WATERING PLANT FLOWER FLOWERS SEEDS GROW PARASOL BIRDHOUSE TRELLIS ZINC",
            "Garden/Growing/Garden and plants", 500, 2_800),
        Rule("PICNIC UMBRELLA UMBRELLAS TRAVEL LUGGAGE PASSPORT", "Garden/Outdoors/Picnic and travel", 420, 1_800),
        Rule(
            "NECKLACE BRACELET EARRINGS RING BROOCH HAIR CHARM JEWELLERY FAN SCARF GLOVES",
            "Accessories/Jewellery/Jewellery and accessories", 60, 150),
        Rule("SOAP BATH LIP BALM WASHBAG BEAUTY SPONGE", "Accessories/Bath/Bath and beauty", 140, 350),
        Rule("HEART HEARTS WICKER", "Home/Decoration/Hearts", 120, 700),
        Rule(
            "ORNAMENT DECORATION DECORATIONS BIRD BIRDS BUTTERFLY BUTTERFLIES STAR STARS ANGEL FEATHER WREATH HANGING",
            "Home/Decoration/Hanging decorations", 120, 600),
    ]
}
