// The days that a report as a whole is about, as lines above its header state them.

import CounterpointModel

/// What the lines above a header say of the report's days.
enum ReportPeriod: Equatable {
    case days(Period)
    /// `All time`: no days are stated.
    case lifetime
    /// Days that can be read in two ways.
    case ambiguous(String)
    case none

    init(_ titles: [SourceRow], order: DayOrder?) {
        var from: Day?
        var to: Day?
        var found = ReportPeriod.none
        for row in titles {
            let texts = row.cells.map(\.shown).filter { !$0.isEmpty }
            // A range that a spreadsheet has cut at its commas is put together again.
            for text in [texts.joined(separator: ", ")] + texts {
                let plain = Self.withoutMark(text)
                switch PeriodText.read(plain, order: order) {
                case .period(let period): found = found == .none ? .days(period) : found
                case .lifetime: found = found == .none ? .lifetime : found
                case .ambiguous: found = found == .none ? .ambiguous(text) : found
                default: break
                }
                guard let colon = plain.firstIndex(of: ":") else { continue }
                let name = CellText.folded(String(plain[..<colon]))
                let value = String(plain[plain.index(after: colon)...])
                switch Self.day(value, order: order) {
                case .day(let day)?:
                    if Self.begins.contains(name) { from = from ?? day }
                    if Self.ends.contains(name) { to = to ?? day }
                case .period(let period)?:
                    if found == .none, Self.stretches.contains(name) { found = .days(period) }
                case .ambiguous?:
                    if found == .none, Self.begins.contains(name) { found = .ambiguous(text) }
                default: break
                }
            }
        }
        if let from, let to, let period = Period(from: from, to: to) {
            self = .days(period)
        } else {
            self = found
        }
    }

    var period: Period? { if case .days(let period) = self { period } else { nil } }

    private static func withoutMark(_ text: String) -> String {
        CellText.trimmed(String(text.drop { $0 == "#" }))
    }

    // `09/01/2026, 12:00 AM`: what follows a comma is a time of day.
    private static func day(_ text: String, order: DayOrder?) -> DayCell? {
        for candidate in [text, String(text.prefix { $0 != "," })] {
            let cell = PeriodText.read(CellText.trimmed(candidate), order: order)
            if cell != .unreadable, cell != .missing { return cell }
        }
        return nil
    }

    private static let begins: Set<String> = [
        "start date", "report start", "startdatum", "date de debut", "fecha de inicio",
        "data di inizio",
        "data de inicio",
    ]
    private static let ends: Set<String> = [
        "end date", "report end", "enddatum", "date de fin", "fecha de finalizacion",
        "data di fine",
        "data de termino",
    ]
    private static let stretches: Set<String> = ["report period", "date range", "dates", "period"]
}
