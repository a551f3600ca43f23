// Every named shape of the description, in the order in which it is read.

import CounterpointModel

/// The components of the description. One file for each of the field's things.
enum Schemas {
    static let all: [(String, Schema)] =
        [("Problem", ProblemDocument.schema), ("Fault", ProblemDocument.faultSchema)]
        + values + organisations + merges + programmes + grants + campaigns + indicators + results
        + reports + summaries
        + access
        + audit

    /// A page of some named shape.
    static func page(of item: String) -> (String, Schema) {
        (
            "\(item)Page",
            .object(
                "A page.",
                required: [
                    (
                        "items",
                        .list(
                            of: .named(item), "At most limit.", atMost: Limits.pageSizes.upperBound)
                    ),
                    ("next", .text("The next page's cursor; null on the last page.").orNull),
                ])
        )
    }

    /// When a record was made and last changed.
    static let times: [(String, Schema)] = [
        ("createdAt", .instant("When it was made.")),
        ("updatedAt", .instant("When it last changed.")),
    ]

    /// The same of records that funders read as published, without them.
    static let shownTimes = times.map { ($0.0, $0.1.orNull) }

    /// The words of an enumeration.
    static func words<Choice: RawRepresentable<String> & CaseIterable>(
        _ choice: Choice.Type, _ description: String
    ) -> Schema {
        .words(choice.allCases.map(\.rawValue), description)
    }

    /// A step from one status to another.
    static func transition<Status: LifeCycle>(
        _ status: Status.Type, _ description: String, more: [(String, Schema)] = [],
        example: JSONValue
    ) -> Schema {
        .object(
            description,
            required: [("to", words(status, "The status to move to."))],
            optional: [
                ("reason", Schema.text(.note, "Why; some steps need it.").orNull),
                ("on", Schema.day("The day it happened; today if left out.").orNull),
            ] + more,
            example: example)
    }
}
