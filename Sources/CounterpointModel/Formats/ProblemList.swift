// Problems by line, the first thousand of them.

/// Rules are checked channel by channel at the end, so those kept are the first that were found.
struct ProblemList: Sendable {
    private(set) var count = 0
    private var listed: [ImportProblem] = []

    /// The words are only made for a problem that is listed: a file may have a million.
    mutating func add(_ problem: @autoclosure () -> ImportProblem) {
        count += 1
        if listed.count < ImportReport.problemsMax { listed.append(problem()) }
    }

    mutating func add(contentsOf problems: [ImportProblem]) {
        for problem in problems { add(problem) }
    }

    func inOrder() -> [ImportProblem] {
        listed.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map(\.element)
    }
}
