// The statements of one summary as a script for pgbench: the same texts in the same order and in one pipeline, so that what
// the service adds to its database can be told as a ratio.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// A summary's statements for `pgbench -M prepared`, with parameters where the service has parameters.
public enum SummaryBench {
    /// The script of what `Registry.summary` runs for a question that is divided as said, asked with this token.
    public static func script(groupBy: [GroupDimension], token: TokenSecret) -> String {
        let byMonth = groupBy.contains(.month)
        let statements = [
            SignedIn.byToken, SummaryStatements.figures, SummaryStatements.campaigns,
            SummaryStatements.revisions, SummaryStatements.accounting, SummaryStatements.sets,
        ]
        let lines = statements.map { statement in
            // One line a statement, without its comments: pgbench would take the rest of the line for one.
            substituted(statement, byMonth: byMonth).split(separator: "\n")
                .filter { !$0.drop(while: { $0 == " " }).hasPrefix("--") }.joined(separator: " ")
                + ";"
        }
        // 0 stands for null: pgbench's own null would travel as a word.
        return """
            \\set off false
            \\set on true
            \\set none 0
            \\startpipeline
            begin read only;
            \(lines.joined(separator: "\n"))
            commit;
            \\endpipeline

            """.replacing(":token", with: "'\(token.text)'")
    }

    /// The type of each parameter that all of a summary's statements share.
    private static let types = [
        "uuid[]", "uuid[]", "uuid[]", "uuid[]", "text[]", "text[]", "date", "date", "timestamptz",
        "boolean",
        "boolean",
    ]

    private static func substituted(_ statement: SQLStatement, byMonth: Bool) -> String {
        var text = statement.text
        if statement == SignedIn.byToken { return text.replacing("$1", with: ":token") }
        // From the last to the first, so that $1 does not match the beginning of $10.
        for (index, type) in types.enumerated().reversed() {
            let value =
                type == "boolean"
                ? (index == types.count - 1 && byMonth ? "(:on)::boolean" : "(:off)::boolean")
                : "nullif(:none, '0')::\(type)"
            text = text.replacing("$\(index + 1)", with: "(\(value))")
        }
        return text
    }
}
