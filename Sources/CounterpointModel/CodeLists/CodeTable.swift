// Reads a code list's text: one entry a line, fields between bars, the code first. Parsed once, at
// first use.

struct CodeTable: Sendable {
    /// The codes in the order of the list, which is the order of the alphabet.
    let codes: [String]
    /// The fields after the code.
    private let fieldsByCode: [String: [String]]

    init(_ text: String, fields: Int) {
        var codes: [String] = []
        var fieldsByCode: [String: [String]] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(
                separator: "|", maxSplits: fields - 1, omittingEmptySubsequences: false)
            // A wrong line can only be a mistake in this project's own data, and a test reads every
            // list.
            precondition(parts.count == fields, "code list line: \(line)")
            codes.append(String(parts[0]))
            fieldsByCode[String(parts[0])] = parts.dropFirst().map(String.init)
        }
        self.codes = codes
        self.fieldsByCode = fieldsByCode
    }

    /// The fields behind `code`, or nil if the list does not have it. Codes are compared exactly,
    /// case included.
    func fields(of code: some StringProtocol) -> [String]? {
        fieldsByCode[String(code)]
    }
}
