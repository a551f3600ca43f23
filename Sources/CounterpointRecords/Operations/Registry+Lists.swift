// What the records of every kind have in common: being looked for, being listed in pages, being changed by whoever has
// read the version that stands.

import CounterpointModel
import FoundationEssentials
import Postgres

/// A filter that a list understands; two filters that print alike are the same to a cursor.
public protocol ListFilter: Sendable {}

extension Registry {
    /// One page of a list in the order of its making: asks for one row more than wanted, to know whether there is a next.
    static func page<Item: Record>(
        _ list: String, _ filter: some ListFilter, _ request: PageRequest, reader: SignedIn,
        _ rows: (_ after: Position?, _ limit: Int) throws -> [Item]
    ) throws -> Page<Item> {
        let cursor = Cursor(list: list, filter: filter, reader: reader)
        let after = try request.cursor.map { try cursor.position($0) }
        var items = try rows(after, request.limit + 1)
        guard items.count > request.limit else { return Page(items: items, next: nil) }
        items.removeLast(items.count - request.limit)
        let last = items[items.count - 1]
        let next = cursor.text(after: Position(createdAt: last.createdAt, id: last.id.uuid))
        return Page(items: items, next: next)
    }

    /// Refuses a change by someone who did not say, or does not know, which version stands.
    static func expect(_ expected: Int64?, of version: Int64) throws {
        guard let expected else { throw RegistryError.preconditionRequired }
        guard expected == version else { throw RegistryError.preconditionFailed }
    }

    /// The day it is for the database, whose clock is the only one that counts.
    static func today(in transaction: borrowing Transaction) throws -> Day {
        try transaction.row(Query(Grants.today) { row in try row.next(Day.self) })!
    }
}

extension Transaction {
    /// Adds an entry to the audit log. It travels with the commit, however much is written after it: the head of its chain
    /// is locked for a moment only, and nobody's long file keeps the others of a programme waiting.
    borrowing func audit(
        _ action: String, _ kind: String, _ subject: UUID, programme: Programme.ID?,
        organisation: Organisation.ID?, by caller: Caller, before: JSONValue? = nil,
        after: JSONValue? = nil
    ) throws {
        try enqueueLast(
            Query(
                Audit.write, programme, caller.requestId, action, kind, Identifier<Void>(subject),
                organisation, before?.text, after?.text))
    }
}
