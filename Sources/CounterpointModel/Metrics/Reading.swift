// One figure as a platform or an organisation stated it.

/// What is known of a figure. Zero is a value; the other three are not zero.
public enum ReadingState: String, CaseIterable, Hashable, Sendable {
    case value
    /// The source has the place but no figure.
    case missing
    /// The platform shows "fewer than 5" instead of the figure.
    case masked
    /// The figure cannot exist here, such as video views of a picture.
    case notApplicable

    /// Most that a masked count can be: platforms mask below 5.
    public static let maskedMaximum: Int64 = 4
}

/// How exactly the source states a value.
public enum Qualifier: String, CaseIterable, Hashable, Sendable {
    case exact, atLeast, atMost, about
}

/// How the rows of a result set are cut.
public enum Breakdown: String, CaseIterable, Hashable, Sendable {
    case none, content, region, country, age, gender, language
}

/// Whether a result set is the series that counts, or a second cut of one that does.
public enum SetRole: String, CaseIterable, Hashable, Sendable {
    case primary, breakdown
}

/// One figure: a metric over a period, of one content item or breakdown cell or of the whole.
public struct Reading: Hashable, Sendable {
    public var metric: Metric
    public var period: Period
    /// The content item (an ad, a video) that the figure is about; nil: all.
    public var content: String?
    /// The cell of the breakdown (a region, an age band) that the figure is about; nil: all.
    public var cell: String?
    public var state: ReadingState
    public var qualifier: Qualifier
    /// Exactly if the state is `value`. Whole for counts and uniques.
    public var value: ExactDecimal?
    /// For metrics of money only: what `value` is in.
    public var currency: Currency?
    public var note: String?
    /// The line of the file that it was read from, counted from 1.
    public var line: Int?

    public init(
        metric: Metric, period: Period, content: String? = nil, cell: String? = nil,
        state: ReadingState = .value, qualifier: Qualifier = .exact, value: ExactDecimal?,
        currency: Currency? = nil, note: String? = nil, line: Int? = nil
    ) {
        self.metric = metric
        self.period = period
        self.content = content
        self.cell = cell
        self.state = state
        self.qualifier = qualifier
        self.value = value
        self.currency = currency
        self.note = note
        self.line = line
    }
}
