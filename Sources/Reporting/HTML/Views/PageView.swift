// What the templates see. Names are unique along a path, because a template looks a missing name up in the
// enclosing views too; every text is escaped by the template, except `svg` and `json`, which escape themselves.

struct PageView {
    var lang: String
    var documentTitle: String
    var heading: String
    var subtitle: String
    var brand: String
    var contentsLabel: String
    var style: String
    var sections: [SectionView]
    var footer: String
    /// The chart library and the code that draws; nil when the library is not installed.
    var chartLibrary: String?
    var chartCode: String
    var chartFormats: String
}

struct SectionView {
    var anchor: String
    var title: String
    /// One sentence that says what the section shows.
    var lead: String
    var blocks: [BlockView]
}

/// One of its parts is set.
struct BlockView {
    var cards: CardsView?
    var chart: ChartView?
    var grid: TableView?
    var fold: FoldView?
    var picture: PictureView?
    var note: String?
    var code: CodeView?
}

struct CardsView { var items: [CardView] }

struct CardView {
    var label: String
    var value: String
    var cardUnit: String?
    var plusMinus: String?
}

/// One or more charts side by side, with the table of their numbers.
struct ChartView {
    var panels: [ChartPanel]
    /// Leaves room for the table that follows.
    var isBeside = false
    var numbers: FoldView?
}

struct ChartPanel {
    var chartID: String
    var panelTitle: String
    var description: String
    var json: String
    /// Height in pixels.
    var size: String
    /// Takes the whole width.
    var isWide = false
}

/// A table that opens on demand.
struct FoldView {
    var summary: String
    var isOpen: Bool
    var content: TableView
}

struct TableView {
    struct Head {
        var text: String
        var headUnit: String?
        var css: String
    }

    struct Cell {
        var text: String
        var css: String
        /// A code in a row's first cell.
        var isHead: Bool = false
        /// Length of the bar behind the number, percent.
        var bar: String?
        var small: String?
    }

    struct Row {
        var css: String = ""
        var cells: [Cell]
    }

    var caption: String
    var heads: [Head]
    var rows: [Row]
    /// How many rows are not shown, and where they are; nil when all are.
    var more: String?
}

struct PictureView {
    var svg: String
    var legend: [LegendView]
}

struct LegendView {
    var mark: String
    var meaning: String
}

struct CodeView {
    var codeTitle: String
    var codeText: String
    var codeOpen: Bool
}
