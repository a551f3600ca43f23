// The statements of one summary as a script for pgbench: the same texts in the same order and in the same exchanges, so that
// what the service adds to its database can be told as a ratio.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// A summary's statements for `pgbench -M prepared`, with parameters where the service has parameters.
public enum SummaryBench {
    /// The script of what `Registry.summary` runs for a question that is divided as said, asked with this token.
    public static func script(groupBy: [GroupDimension], token: TokenSecret) -> String {
        let byMonth = groupBy.contains(.month) ? on : off
        let ids = none("uuid[]")
        let words = none("text[]")
        let day = none("date")
        let asked = [ids, ids, ids, ids, words, words, none("timestamptz"), off]
        // What \gset takes from the scope's row are variables with the names of its columns.
        return """
            \\set off false
            \\set on true
            \\set none 0
            \\startpipeline
            begin read only;
            \(line(SignedIn.byToken, ["'\(token.text)'"]));
            \\endpipeline
            \(line(SummaryStatements.scope, asked)) \\gset
            \\startpipeline
            \(line(SummaryStatements.figures, [answered("counted"), words, day, day, byMonth]));
            \(line(SummaryStatements.campaigns, [answered("campaigns")]));
            commit;
            \\endpipeline

            """
    }

    private static let on = "((:on)::boolean)"
    private static let off = "((:off)::boolean)"

    /// 0 stands for null: pgbench's own null would travel as a word.
    private static func none(_ type: String) -> String { "(nullif(:none, '0')::\(type))" }

    private static func answered(_ column: String, _ type: String = "uuid[]") -> String {
        "((:\(column))::\(type))"
    }

    /// On one line, without its comments: pgbench would take the rest of the line for one.
    private static func line(_ statement: SQLStatement, _ values: [String]) -> String {
        var text = statement.text
        for (index, value) in values.enumerated() {
            text = text.replacing("$\(index + 1)", with: value)
        }
        return text.split(separator: "\n").filter { !$0.drop(while: { $0 == " " }).hasPrefix("--") }
            .joined(separator: " ")
    }
}
