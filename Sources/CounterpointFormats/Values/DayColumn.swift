// A column of dates: its cells read with the one order of day and month that the whole column has.

public import CounterpointModel

/// Which of two numbers before the year comes first.
public enum DayOrder: String, Sendable, Hashable, CaseIterable {
    case dayFirst, monthFirst
}

/// What a cell in a column of dates says.
public enum DayCell: Sendable, Hashable {
    case missing
    case day(Day)
    /// A month, or a stretch such as `2024-03-01 - 2024-03-11`.
    case period(Period)
    /// `Lifetime`, `All time`: everything since the beginning.
    case lifetime
    /// `03/04/2026` in a column that does not tell: ask.
    case ambiguous(dayFirst: Day, monthFirst: Day)
    /// A day and a month, and no year: ask.
    case withoutYear(month: Int, day: Int)
    case unreadable

    public var day: Day? {
        if case .day(let day) = self { day } else { nil }
    }

    /// The days that the cell names, one or several.
    public var period: Period? {
        switch self {
        case .day(let day): Period(day)
        case .period(let period): period
        default: nil
        }
    }
}

/// The dates of a column, cell by cell, and how they were read.
public struct DayColumn: Sendable, Hashable {
    /// As many as there were cells, in their order.
    public var cells: [DayCell]
    /// Set if the column needed one and it could be told.
    public var order: DayOrder?
    /// A value over 12 stands first in one cell and second in another: the column was put together from two.
    public var isContradictory: Bool
    /// The first cell that could not be told, for the question.
    public var undecided: String?

    /// Reads the cells of one column.
    ///
    /// A first number over 12 anywhere makes the day first, a second one the month; both contradict each other. `order` is
    /// the answer of somebody who was asked, or what another column of the same file has shown: it is used where the
    /// column itself does not decide.
    public static func read(_ cells: [SourceCell], order: DayOrder? = nil) -> DayColumn {
        let forms = cells.map { cell -> [DayForm] in
            guard case .text(let text) = cell else { return [] }
            return PeriodText.ends(text)
        }
        var found = Set<DayOrder>()
        for form in forms.joined() {
            guard case .unordered(let first, let second, _) = form else { continue }
            if first > 12, second <= 12 { found.insert(.dayFirst) }
            if second > 12, first <= 12 { found.insert(.monthFirst) }
        }
        let chosen = found.count == 1 ? found.first : found.isEmpty ? order : nil
        var column = DayColumn(cells: [], order: nil, isContradictory: found.count > 1)
        for (cell, ends) in zip(cells, forms) {
            let read = PeriodText.cell(cell, ends, chosen)
            if case .ambiguous = read, column.undecided == nil { column.undecided = cell.shown }
            if ends.contains(where: { if case .unordered = $0 { true } else { false } }) {
                column.order = chosen
            }
            column.cells.append(read)
        }
        return column
    }
}
