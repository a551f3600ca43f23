// How far a transaction is kept apart from others, and what BEGIN says about it.

/// Isolation of a writing transaction.
public enum Isolation: Sendable, Hashable {
    /// Each statement sees what was committed when it began.
    case readCommitted
    /// As if transactions ran one after another; the closure may run several times.
    case serializable
}

/// How a transaction begins.
struct BeginMode: Sendable {
    let begin: Outgoing
    let isWriting: Bool
    let isSerializable: Bool

    static let reading = BeginMode(
        begin: Outgoing(statement: SQLStatement("BEGIN READ ONLY", name: "transaction.beginRead")),
        isWriting: false, isSerializable: false)
    static let readingOneMoment = BeginMode(
        begin: Outgoing(
            statement: SQLStatement(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                name: "transaction.beginReadOneMoment")),
        isWriting: false, isSerializable: false)
    static let writing = BeginMode(
        begin: Outgoing(statement: SQLStatement("BEGIN", name: "transaction.begin")),
        isWriting: true, isSerializable: false)
    static let serializable = BeginMode(
        begin: Outgoing(
            statement: SQLStatement(
                "BEGIN ISOLATION LEVEL SERIALIZABLE", name: "transaction.beginSerializable")),
        isWriting: true, isSerializable: true)

    /// Right behind BEGIN: connections are shared, and what a statement of an earlier transaction left set (a time zone, a
    /// limit, a role) is not for those who come after it. Settings go back to what they were when the connection was made.
    static let fresh = [
        Outgoing(statement: SQLStatement("RESET ALL", name: "transaction.resetSettings")),
        Outgoing(statement: SQLStatement("RESET ROLE", name: "transaction.resetRole")),
    ]

    static let commit = Outgoing(
        statement: SQLStatement("COMMIT", name: "transaction.commit"))
    static let rollback = Outgoing(
        statement: SQLStatement("ROLLBACK", name: "transaction.rollback"))
}
