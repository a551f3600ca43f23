// The days of each row of a block, from wherever its format keeps them.

import CounterpointModel

/// The days of one row, or why there are none.
enum RowDays {
    case days(Period)
    /// The row names none; a total's are those of the report.
    case unnamed
    case fault(column: String, value: String, code: String, detail: String)
}

/// Reads the days of a block's rows.
struct BlockDays {
    /// The days of the report as a whole, where the file or whoever hands it in states them.
    let report: Period?
    private let columns: BlockColumns
    private let block: Block
    private let options: PlatformImport.Options
    private var cells: [Dimension: [DayCell]] = [:]
    private let stated: ReportPeriod

    init(
        _ block: Block, _ columns: BlockColumns, _ options: PlatformImport.Options,
        archive: Period?
    ) {
        self.block = block
        self.columns = columns
        self.options = options
        var order = options.dayOrder ?? block.format.layout.slashes
        // One column may show the order that another leaves open.
        for dimension in Self.dimensions + [.published] {
            guard let column = columns.column(dimension) else { continue }
            let read = DayColumn.read(block.rows.map { $0.cell(column.place) }, order: order)
            if order == nil || order == block.format.layout.slashes, let found = read.order {
                order = options.dayOrder ?? found
            }
        }
        for dimension in Self.dimensions {
            guard let column = columns.column(dimension) else { continue }
            cells[dimension] =
                DayColumn.read(block.rows.map { $0.cell(column.place) }, order: order).cells
        }
        stated =
            block.format.layout.isSnapshot ? .none : ReportPeriod(block.titles, order: order)
        report = stated.period ?? archive ?? options.period
    }

    private static let dimensions: [Dimension] = [
        .day, .range, .week, .month, .nthDay, .dateOrLifetime, .from, .to,
    ]

    /// Whether the figures are those since the beginning; where a column names days instead, they are not.
    var isSnapshot: Bool {
        block.format.layout.isSnapshot
            && !(cells[.dateOrLifetime] ?? []).contains { $0.period != nil }
    }

    /// Whether a column gives each row days of its own.
    var isCut: Bool {
        Self.dimensions.contains { columns.has($0) && $0.isDay && $0 != .dateOrLifetime }
    }

    /// The days that the row itself names.
    func days(of row: Int) -> RowDays {
        for dimension in Self.dimensions where dimension.isDay {
            guard let column = columns.column(dimension), let cell = cells[dimension]?[row] else {
                continue
            }
            return days(cell, column, dimension, row)
        }
        return range(of: row)
    }

    /// The days of a total that names none of its own: those of the report.
    func range(of row: Int) -> RowDays {
        guard let from = columns.column(.from), let first = cells[.from]?[row], first != .missing
        else { return report.map { .days($0) } ?? .unnamed }
        guard let to = columns.column(.to), let last = cells[.to]?[row] else {
            if block.format.layout.isDayWithoutEnd { return days(first, from, .day, row) }
            return report.map { .days($0) } ?? .unnamed
        }
        if last == .missing, block.format.layout.isDayWithoutEnd {
            return days(first, from, .day, row)
        }
        let begin = days(first, from, .day, row)
        let end = days(last, to, .day, row)
        guard case .days(let begins) = begin else { return begin }
        guard case .days(let ends) = end else { return end }
        guard let period = Period(from: begins.from, to: ends.to) else {
            return fault(to, row, "endsBeforeStart", "It ends before it starts (\(begins.from)).")
        }
        return .days(period)
    }

    /// What to say where no days can be had.
    var question: String {
        let base =
            switch stated {
            case .lifetime: "The file says it covers all time and states no days. "
            case .ambiguous(let text): "“\(text)” can be read in two ways. "
            case .days, .none: "The file does not say which days its figures are of. "
            }
        return base + "Send the first and last day, as from=2026-01-01&to=2026-01-31."
    }

    private func days(
        _ cell: DayCell, _ column: TableColumn, _ dimension: Dimension, _ row: Int
    ) -> RowDays {
        switch cell {
        case .missing, .lifetime: return dimension == .dateOrLifetime ? range(of: row) : .unnamed
        case .period(let period): return .days(clipped(period))
        case .day(let day): return .days(period(day, dimension))
        case .ambiguous(let dayFirst, let monthFirst):
            return fault(
                column, row, "dayAmbiguous",
                "This is \(dayFirst) or \(monthFirst): send dayOrder=dayFirst or dayOrder=monthFirst, or export with dates such as 2026-03-30."
            )
        case .withoutYear(let month, let day):
            guard let period = options.period else {
                return fault(
                    column, row, "yearNeeded",
                    "The file leaves the year out: send the first and last day, as from=2026-01-01&to=2026-01-31."
                )
            }
            // Of three years a day is there more than once, or in one of them.
            let years = [period.from.year, period.from.year + 1, period.to.year]
            let matches = Set(years).compactMap { Day(year: $0, month: month, day: day) }
                .filter { period.contains($0) }
            guard matches.count == 1, let only = matches.first else {
                return fault(
                    column, row, "yearNeeded",
                    matches.isEmpty
                        ? "This day is not within \(period), the days that were sent with the file."
                        : "The days that were sent with the file, \(period), have this day more than once."
                )
            }
            return .days(Period(only))
        case .unreadable:
            // “Total” beside a post is its life so far, in other words.
            if dimension == .dateOrLifetime,
                TotalLabel.isTotal(block.rows[row].cell(column.place).shown)
            {
                return range(of: row)
            }
            if dimension == .nthDay, let day = nthDay(column, row) { return .days(Period(day)) }
            return fault(
                column, row, "notADay", "No date that is understood; write it as in 2026-03-30.")
        }
    }

    private func period(_ day: Day, _ dimension: Dimension) -> Period {
        switch dimension {
        case .week:
            guard let end = day.adding(days: 6), let week = Period(from: day, to: end) else {
                return Period(day)
            }
            return clipped(week)
        case .month where day == day.firstOfMonth:
            return clipped(Period(from: day, to: day.lastOfMonth) ?? Period(day))
        default: return Period(day)
        }
    }

    // The report's first and last week or month are only partly in it.
    private func clipped(_ period: Period) -> Period {
        guard let whole = stated.period else { return period }
        return period.intersection(whole) ?? period
    }

    // Analytics counts days from the report's first: 0000, 0001.
    private func nthDay(_ column: TableColumn, _ row: Int) -> Day? {
        let text = block.rows[row].cell(column.place).shown
        guard let start = stated.period?.from, text.utf8.count <= 4, let count = Int(text),
            count >= 0
        else { return nil }
        return start.adding(days: count)
    }

    private func fault(
        _ column: TableColumn, _ row: Int, _ code: String, _ detail: String
    ) -> RowDays {
        .fault(
            column: column.heading.text, value: block.rows[row].cell(column.place).shown,
            code: code,
            detail: detail)
    }
}
