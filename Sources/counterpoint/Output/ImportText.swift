// The account of a file as a person reads it: what it is, what became of its rows, and what to do.

import CounterpointModel

struct ImportText {
    let answer: JSONValue
    let isDryRun: Bool

    static let problemColumns = [
        Column("PART", "part"), Column("LINE", "line", .number), Column("COLUMN", "column"),
        Column("VALUE", "value"), Column("CODE", "code"), Column("WHAT IS WRONG", "detail"),
    ]

    private static let counts = [
        ("rowsRead", "Rows read"), ("accepted", "accepted"), ("duplicate", "repeated"),
        ("totalsSetAside", "totals set aside"), ("rejected", "rejected"),
    ]

    func print(to console: Console) {
        if let title = answer["format"]?["title"]?.string { console.print("File: \(title)") }
        for problem in list("problems") { console.print(line(of: problem)) }
        let more = ValueText.plain(answer["problemsNotListed"] ?? 0)
        if more != "0" { console.print("… and \(NumberText.grouped(more)) more like these.") }
        accounting(console)
        columns(console)
        for set in list("sets") { console.print(Self.told(set)) }
        for finding in list("findings") {
            console.print("Odd: \(finding["detail"]?.string ?? "")")
        }
        for replaced in list("replaces") { console.print(Self.replaced(replaced)) }
        let isUnchanged = answer["unchanged"] == true
        for id in list("resultSets") {
            console.print(
                "\(isUnchanged ? "Imported before as" : "Drafted") result set \(ValueText.plain(id))."
            )
        }
        if isUnchanged { console.print("The same file was imported before: nothing was changed.") }
        if isDryRun { console.print("A dry run: nothing was stored.") }
    }

    private func list(_ name: String) -> [JSONValue] { answer[name]?.array ?? [] }

    private func line(of problem: JSONValue) -> String {
        var place = "line \(ValueText.plain(problem["line"] ?? .null))"
        if let part = problem["part"]?.string { place = "\(part), \(place)" }
        let column = ValueText.plain(problem["column"] ?? .null)
        let value = ValueText.plain(problem["value"] ?? .null)
        if !column.isEmpty { place += ", \(column)" }
        if !value.isEmpty, value != column { place += " “\(value)”" }
        return
            "\(place): \(ValueText.plain(problem["detail"] ?? .null)) (\(problem["code"]?.string ?? ""))"
    }

    private func accounting(_ console: Console) {
        let told = Self.counts.map { name, words in
            let count = NumberText.grouped(ValueText.plain(answer["accounting"]?[name] ?? 0))
            return name == "rowsRead" ? "\(words): \(count)" : "\(count) \(words)"
        }
        console.print(told[0] + " = " + told.dropFirst().joined(separator: " + ") + ".")
    }

    /// Columns that nothing was taken from: the only ones that a person has to look at.
    private func columns(_ console: Console) {
        let unknown = list("columns").filter { $0["use"] == "notUnderstood" }
            .map { ValueText.plain($0["header"] ?? .null) }
        guard !unknown.isEmpty else { return }
        console.print("Columns not understood, and not taken: \(unknown.joined(separator: ", ")).")
    }

    // `meta, 2023-02-01 to 2023-02-28, by content: impressions 100,000, reach 40,000.`
    private static func told(_ set: JSONValue) -> String {
        let figures = (set["figures"]?.array ?? []).map { figure in
            let value = figure["value"] ?? .null
            let amount =
                value["amount"].map {
                    "\(ValueText.plain($0)) \(ValueText.plain(value["currency"] ?? .null))"
                } ?? NumberText.grouped(ValueText.plain(value))
            let bound = figure["qualifier"] == "exact" ? "" : "\(words(of: figure["qualifier"])) "
            return "\(figure["metric"]?.string ?? "") \(bound)\(amount)"
        }
        let cut = set["breakdown"] == "none" ? "" : ", by \(set["breakdown"]?.string ?? "")"
        let days = "\(set["from"]?.string ?? "") to \(set["to"]?.string ?? "")"
        return
            "\(set["channel"]?.string ?? ""), \(days)\(cut): \(figures.joined(separator: ", "))."
    }

    private static func words(of qualifier: JSONValue?) -> String {
        switch qualifier?.string {
        case "atLeast": "at least"
        case "atMost": "at most"
        default: "about"
        }
    }

    private static func replaced(_ set: JSONValue) -> String {
        let then =
            set["then"] == "withdrawn" ? "is withdrawn" : "is corrected when this is accepted"
        let left = (set["leavesOut"]?.array ?? []).map { left in
            "\(left["metric"]?.string ?? "") \(left["from"]?.string ?? "") to \(left["to"]?.string ?? "")"
        }
        let lost =
            left.isEmpty
            ? "" : " It also has \(left.joined(separator: ", ")), which this file does not."
        return "Result set \(set["id"]?.string ?? "") \(then).\(lost)"
    }
}
