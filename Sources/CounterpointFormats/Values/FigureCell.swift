// What a cell in a column of figures says. Nothing but a figure is a figure: a blank is not zero, and neither is `--`.

public import CounterpointModel

/// The meaning of one cell.
public enum FigureCell: Sendable, Hashable {
    /// Nothing stands there: the source has the place and no figure.
    case missing
    /// `--`, `-`, `n/a`: the figure cannot exist here.
    case notApplicable
    /// `<5`: the platform keeps a count below 5 to itself.
    case masked
    case value(FigureValue)
    case unreadable(FigureFault)

    /// The value, if it is one.
    public var value: FigureValue? {
        if case .value(let value) = self { value } else { nil }
    }
}

/// A figure as it stands in a cell.
public struct FigureValue: Sendable, Hashable {
    /// In the unit of the cell: 2.81 for `2.81%`, with `isPercent`.
    public var number: ExactDecimal
    /// `atMost` for `<10%`, `atLeast` for `>90%` and `10+`, `about` for `1.2K`, `~50` and what a spreadsheet has rounded.
    public var qualifier: Qualifier
    /// Whether a percent sign stands in the cell.
    public var isPercent: Bool
    /// Currency in the cell itself; the header's is not in here.
    public var currency: CurrencyMark?

    public init(
        _ number: ExactDecimal, qualifier: Qualifier = .exact, isPercent: Bool = false,
        currency: CurrencyMark? = nil
    ) {
        self.number = number
        self.qualifier = qualifier
        self.isPercent = isPercent
        self.currency = currency
    }
}

/// Why a cell gives no figure. The raw value is the code of the problem.
public enum FigureFault: String, Sendable, Hashable, CaseIterable {
    case notANumber
    /// `1.234` where nothing in the column tells whether a thousand or one and a bit.
    case ambiguousNumber
    /// The column has `1,234.5` and `1.234,5`, or the like.
    case mixedNumberStyles
    /// `#N/A`, `#DIV/0!`, or a formula that was never calculated.
    case spreadsheetError
    /// More digits than are kept: 26 before and 8 behind the decimal mark.
    case tooManyDigits

    /// What to do, for a person.
    public var detail: String {
        switch self {
        case .notANumber: "Write a number, or leave the cell blank where there is none."
        case .ambiguousNumber:
            "It cannot be told whether the mark groups thousands or begins the decimals; export without grouping, or with two decimals, or say which."
        case .mixedNumberStyles:
            "The column writes numbers in two styles that contradict each other; export it again in one."
        case .spreadsheetError:
            "The spreadsheet shows an error here; put right its formula, or export the file from the platform again."
        case .tooManyDigits: "At most 26 digits before and 8 behind the decimal mark are kept."
        }
    }
}

/// Words that stand where no figure is.
enum CellWord {
    /// What the words mean, nil if they are none of these. Ask with `CellText.folded`.
    static func meaning(ofFolded text: String) -> FigureCell? {
        // What a program writes that had no figure: TikTok's history of followers has it.
        if text.isEmpty || text == "undefined" { return .missing }
        if dashes.contains(text) || words.contains(text) { return .notApplicable }
        if isSpreadsheetError(text) { return .unreadable(.spreadsheetError) }
        return nil
    }

    /// Dashes of every length are folded to hyphens.
    private static let dashes: Set<String> = ["-", "--", "---", "- -"]

    private static let words: Set<String> = [
        "n/a", "na", "n.a.", "n/d", "n.d.", "n. d.", "nd", "k. a.", "k.a.", "s/o", "s.o.",
        "not applicable", "not available", "nicht verfugbar", "non disponible", "non disponibile",
        "no disponible", "nao disponivel", "no aplica", "nao aplicavel", "sans objet",
        "nicht zutreffend", "non applicabile", "null", "none", "nan",
    ]

    /// What the cell's text means, nil if it is none of these; a long text is none.
    static func meaning(of text: String) -> FigureCell? {
        text.utf8.count <= 240 ? meaning(ofFolded: CellText.folded(text)) : nil
    }

    // `#N/A`, `#NV`, `#DIV/0!`, `#WERT!`, `#NOM?`, `#¡VALOR!`; also what Excel shows for a column too narrow.
    private static func isSpreadsheetError(_ text: String) -> Bool {
        guard text.hasPrefix("#") else { return false }
        return text.hasSuffix("!") || text.hasSuffix("?")
            || ["#n/a", "#nv", "#n/d", "#nd"].contains(text)
            || text.utf8.allSatisfy { $0 == UInt8(ascii: "#") }
    }
}
