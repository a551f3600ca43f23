enum Schemas {
    static let all: [(String, Schema)] = [
        ("Problem", ProblemDocument.schema), ("Fault", ProblemDocument.faultSchema),
    ]
}
