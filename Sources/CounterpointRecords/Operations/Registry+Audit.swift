// Looking into the log, and deriving again what was derived.

public import CounterpointModel
public import FoundationEssentials
import Postgres

/// Which entries to list; nil asks for all.
public struct AuditFilter: ListFilter {
    public var programme: Programme.ID?
    public var organisation: Organisation.ID?
    /// The id of the record that was changed.
    public var subject: UUID?
    public var principal: Principal.ID?
    public var action: String?
    public var since: Instant?
    public var until: Instant?
    public init() {}
}

/// What deriving one set again found.
public struct Drift: Sendable {
    public var set: ResultSet.ID
    public var detail: String
}

extension Registry {
    public func auditEntries(
        _ filter: AuditFilter, page request: PageRequest, as caller: Caller
    ) async throws -> Page<AuditEntry> {
        try await read(.readAudit, as: caller) { transaction, reader in
            let cursor = Cursor(list: "audit", filter: filter, reader: reader)
            let after = try request.cursor.map { try cursor.position($0) }
            let rows = try transaction.rows(
                Query(
                    Audit.list, after?.createdAt, after.map { Identifier<Void>($0.id) },
                    after?.sequence,
                    request.limit + 1, filter.programme, filter.organisation,
                    filter.subject.map(Identifier<Void>.init), filter.principal, filter.action,
                    filter.since,
                    filter.until, decode: AuditEntry.init(row:)))
            let shown = rows.map { entry in
                var entry = entry
                entry.showsPlace = Self.seesChain(of: entry, reader)
                return entry
            }
            return Self.page(shown, request, cursor) {
                // Entries of one chain are microseconds apart, so that the moment is place enough where the number is none.
                Position(
                    createdAt: $0.at, id: $0.programmeId?.uuid ?? Self.installationChain,
                    sequence: $0.showsPlace ? $0.number : .max)
            }
        }
    }

    /// Whether the reader sees every entry of the chain that this one is in: managers those of their programmes, NGOs of none.
    /// Others would learn by the numbers between theirs how much their rivals do.
    private static func seesChain(of entry: AuditEntry, _ reader: SignedIn) -> Bool {
        switch reader.role {
        case .administrator, .auditor: true
        case .programmeManager: entry.programmeId.map(reader.programmes.contains) ?? false
        case .ngoEditor, .ngoViewer, .funder: false
        }
    }

    /// Derives the digest and the figures of every result set again from its readings and names each difference.
    /// Nothing is written: the transaction that derives is rolled back.
    public func recompute(
        as caller: Caller, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> (sets: Int, drifts: [Drift]) {
        var drifts: [Drift] = []
        var after: ResultSet.ID?
        var count = 0
        while true {
            let from = after
            let sets = try await read(.readAudit, as: caller) { transaction, _ in
                try transaction.rows(
                    Query(Readings.storedDigests, from, 200) { row in
                        (
                            id: try row.next(ResultSet.ID.self), readings: try row.next(Int64.self),
                            digest: try row.next(String.self)
                        )
                    })
            }
            for set in sets {
                drifts += try await drift(of: set.id, set.readings, set.digest, as: caller)
                count += 1
                progress(count)
            }
            guard let last = sets.last else { return (count, drifts) }
            after = last.id
        }
    }

    /// For one set: a million readings take some ten seconds.
    private static let recomputeDeadline = Duration.seconds(120)

    private struct RolledBack: Error {
        var drifts: [Drift]
    }

    private func drift(
        of id: ResultSet.ID, _ readings: Int64, _ digest: String, as caller: Caller
    ) async throws -> [Drift] {
        do {
            _ = try await write(
                .readAudit, as: caller, once: nil, deadline: Self.recomputeDeadline
            ) { transaction, _ in
                try Self.abandon(Self.drifts(of: id, readings, digest, in: transaction))
            }
            return []
        } catch let done as RolledBack {
            return done.drifts
        }
    }

    /// Ends the transaction without a trace, with what was found in it.
    private static func abandon(_ drifts: [Drift]) throws {
        throw RolledBack(drifts: drifts)
    }

    private static func drifts(
        of id: ResultSet.ID, _ readings: Int64, _ digest: String,
        in transaction: borrowing Transaction
    ) throws -> [Drift] {
        var drifts: [Drift] = []
        let content = try transaction.row(
            Query(Readings.digest, id) { row in
                (count: try row.next(Int64.self), digest: try row.next(String.self))
            })!
        if content.count != readings || content.digest != digest {
            drifts.append(
                Drift(
                    set: id,
                    detail:
                        "its \(readings) readings have digest \(digest), those stored are \(content.count) "
                        + "and have \(content.digest)"))
        }
        let stored = try figuresDigest(of: id, in: transaction)
        try transaction.enqueue(Query(Readings.forgetFigures, id))
        try transaction.enqueue(Query(Readings.derive, id))
        let published = try publishedDigest(of: id, in: transaction)
        let again = try transaction.row(
            Query(Readings.publish, id) { row in try row.next(String?.self) })
        if published != again ?? nil {
            drifts.append(
                Drift(set: id, detail: "what is published of it is not what its figures give"))
        }
        if try figuresDigest(of: id, in: transaction) != stored {
            drifts.append(
                Drift(set: id, detail: "its stored figures are not what its readings give"))
        }
        return drifts
    }

    private static func publishedDigest(
        of id: ResultSet.ID, in transaction: borrowing Transaction
    ) throws -> String? {
        try transaction.row(
            Query(Readings.publishedDigest, id) { row in try row.next(String?.self) }) ?? nil
    }

    private static func figuresDigest(
        of id: ResultSet.ID, in transaction: borrowing Transaction
    ) throws -> String {
        try transaction.row(
            Query(Readings.figuresDigest, id) { row in try row.next(String.self) })!
    }
}

extension AuditEntry {
    init(row: inout RowReader) throws {
        let chain = try row.next(Identifier<Programme>.self)
        let number = try row.next(Int64.self)
        let at: Instant = try row.next()
        let principal = try row.next(Principal.ID?.self)
        let token = try row.next(Token.ID?.self)
        _ = try row.next(String?.self)
        let action: String = try row.next()
        let subject: String = try row.next()
        let subjectId = try row.next(Identifier<Void>.self)
        _ = try row.next(Organisation.ID?.self)
        func value(_ text: String?) -> JSONValue {
            text.flatMap { try? JSONParser.parse(Array($0.utf8)) } ?? .null
        }
        let before = value(try row.next(String?.self))
        let after = value(try row.next(String?.self))
        let hash: String = try row.next()
        let previous: String = try row.next()
        let isErased: Bool = try row.next()
        self.init(
            number: number, programmeId: chain.uuid == Registry.installationChain ? nil : chain,
            at: at,
            principalId: principal, tokenId: token, action: action, subject: subject,
            subjectId: subjectId.text, before: before, after: after, previousHash: previous,
            hash: hash, isErased: isErased)
    }
}
