// What is odd about a set, and what its reviewer said, in sentences.

import CounterpointModel

/// Findings as lines: the sentence, and under it where each of the two figures came from.
struct FindingText {
    let lines: [String]

    init(_ detail: ResultSetDetail) {
        lines = detail.findings.flatMap { finding in
            Self.lines(
                finding.severity, finding.detail,
                [finding.first, finding.second].map { $0.origin(detail.findingSets) })
        }
    }

    /// The same of a finding in its JSON form, as a step answers it.
    static func lines(of finding: JSONValue) -> [String] {
        let severity = finding["severity"]?.string.flatMap(Finding.Severity.init(rawValue:))
        let figures = finding["figures"]?.array ?? []
        return lines(
            severity ?? .contradiction, finding["detail"]?.string ?? "", figures.map(origin))
    }

    private static func lines(
        _ severity: Finding.Severity, _ detail: String, _ origins: [String?]
    ) -> [String] {
        let named = origins.compactMap { $0 }
        // Both from the same place: once is enough.
        let places = Set(named).count == 1 ? Array(named.prefix(1)) : named
        return ["\(severity == .notice ? "Worth a look" : "Odd"): \(detail)"]
            + places.map { "  from \($0)" }
    }

    private static func origin(_ figure: JSONValue) -> String? {
        guard let set = figure["resultSet"]?.string else { return nil }
        var reference = FigureReference(
            set: 0,
            readings: (figure["readings"]?.array ?? []).compactMap {
                $0.number?.int64.map(Int.init)
            })
        reference.lines = (figure["lines"]?.array ?? []).compactMap {
            $0.number?.int64.map(Int.init)
        }
        reference.file = figure["file"]?.string
        return ResultSet.ID(set).flatMap { reference.origin([$0]) }
    }
}

/// Objections that are open, one a line.
struct ReviewText {
    let lines: [String]

    init(_ detail: ResultSetDetail) {
        lines = (detail.review?.objections ?? []).filter(\.isOpen).map { objection in
            let place = objection.place(among: detail.readings)
            let reading = place.map { detail.readings[$0] }
            let figure = "\(objection.was.metric.code) (\(objection.was.period))"
            let standing =
                place == nil
                ? "it is gone now"
                : objection.isMended(in: reading) ? "it is mended now" : "as it was"
            return "Objection to \(place.map { "reading \($0 + 1), " } ?? "")\(figure): "
                + "\(objection.reason) (\(standing))"
        }
    }
}
