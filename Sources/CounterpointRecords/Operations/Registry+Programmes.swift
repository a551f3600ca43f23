// Setting up programmes and saying who funds them.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// Which programmes to list; nil asks for all.
public struct ProgrammeFilter: ListFilter {
    public var funder: Organisation.ID?
    /// Running on that day.
    public var on: Day?
    public var name: String?

    public init() {}
}

extension Registry {
    /// Sets up a programme. A manager who adds one manages it from then on.
    public func addProgramme(
        _ new: NewProgramme, as caller: Caller, once: Once<Programme>? = nil
    ) async throws -> Outcome<Programme> {
        try await write(.addProgramme, as: caller, once: once) { transaction, _ in
            let id = Programme.ID.random()
            try Self.checkFunders(new.funderIds, in: transaction)
            try transaction.enqueue(
                Query(Programmes.insert, id, new.name, new.currency.code, new.startsOn, new.endsOn))
            try Self.store(new.budget, of: id, in: transaction)
            try Self.store(new.funderIds, of: id, in: transaction)
            let made = try Self.programme(id, in: transaction)
            try transaction.audit(
                "programme.added", "programme", id.uuid, programme: id, organisation: nil,
                by: caller,
                after: made.document)
            return made
        }
    }

    public func programme(_ id: Programme.ID, as caller: Caller) async throws -> Programme {
        try await read(.readProgrammes, as: caller) { transaction, reader in
            try Self.programme(id, in: transaction).shown(to: reader)
        }
    }

    public func programmes(
        _ filter: ProgrammeFilter, page: PageRequest, as caller: Caller
    ) async throws -> Page<Programme> {
        try await read(.readProgrammes, as: caller) { transaction, reader in
            let page = try Self.page("programmes", filter, page, reader: reader) { after, limit in
                try transaction.rows(
                    Query(
                        Programmes.list, after?.createdAt, after.map { Programme.ID($0.id) }, limit,
                        filter.funder,
                        filter.on, filter.name, decode: Programme.init(row:)))
            }
            return Page(items: page.items.map { $0.shown(to: reader) }, next: page.next)
        }
    }

    public func changeProgramme(
        _ id: Programme.ID, _ change: ProgrammeChange, expecting version: Int64?, as caller: Caller,
        once: Once<Programme>? = nil
    ) async throws -> Outcome<Programme> {
        try await write(.changeProgramme, as: caller, once: once) { transaction, _ in
            let old = try Self.lockProgramme(id, in: transaction)
            try Self.expect(version, of: old.version)
            let new = try change.applied(to: old)
            guard new != old else { return old }
            if let budget = new.budget {
                let nothing = Grant.ID.random()
                let committed = try transaction.row(
                    Query(Grants.committed, id, nothing) { row in try row.next(Int64.self) })!
                guard budget.amountMinor >= committed else {
                    throw Refusal(
                        "belowCommitted",
                        "Grants of this programme have committed "
                            + "\(Money(minor: committed, budget.currency)?.text ?? "more") \(budget.currency) already."
                    )
                }
            }
            try transaction.enqueue(
                Query(Programmes.update, id, new.name, new.startsOn, new.endsOn))
            if new.budget != old.budget { try Self.store(new.budget, of: id, in: transaction) }
            if new.funderIds != old.funderIds {
                try Self.checkFunders(new.funderIds, in: transaction)
                try transaction.enqueue(Query(Programmes.deleteFunders, id))
                try Self.store(new.funderIds, of: id, in: transaction)
            }
            let stored = try Self.programme(id, in: transaction)
            try transaction.audit(
                "programme.changed", "programme", id.uuid, programme: id, organisation: nil,
                by: caller,
                before: old.document, after: stored.document)
            return stored
        }
    }
}

extension Registry {
    static func programme(
        _ id: Programme.ID, in transaction: borrowing Transaction
    ) throws -> Programme {
        let found = try transaction.row(Query(Programmes.byId, id, decode: Programme.init(row:)))
        guard let found else { throw RegistryError.notFound(.programme) }
        return found
    }

    /// With the row locked: what a programme can still commit is decided by one after the other.
    static func lockProgramme(
        _ id: Programme.ID, in transaction: borrowing Transaction
    ) throws -> Programme {
        let found = try transaction.row(Query(Programmes.lock, id, decode: Programme.init(row:)))
        guard let found else { throw RegistryError.notFound(.programme) }
        return found
    }

    /// Every funder must be an organisation in sight, of a kind that gives.
    private static func checkFunders(
        _ ids: [Organisation.ID], in transaction: borrowing Transaction
    ) throws {
        guard !ids.isEmpty else { return }
        let seen = try transaction.rows(
            Query(Programmes.visibleOrganisations, ids) { row in
                (id: try row.next(Organisation.ID.self), kind: try row.word(OrganisationKind.self))
            })
        let kinds = Dictionary(uniqueKeysWithValues: seen.map { ($0.id, $0.kind) })
        var faults: [Fault] = []
        for (index, id) in ids.enumerated() {
            switch kinds[id] {
            case .none:
                faults.append(
                    Fault(
                        pointer: "/funderIds/\(index)", code: "unknownOrganisation",
                        detail: "There is no such organisation.", kind: .refused))
            case .civilSociety:
                faults.append(
                    Fault(
                        pointer: "/funderIds/\(index)", code: "notAFunder",
                        detail:
                            "This organisation is registered as civil society; a funder is registered as such.",
                        kind: .refused))
            default: break
            }
        }
        guard faults.isEmpty else { throw InvalidInput(faults: faults) }
    }

    private static func store(
        _ budget: Money?, of id: Programme.ID, in transaction: borrowing Transaction
    ) throws {
        if let budget {
            try transaction.enqueue(
                Query(Programmes.setBudget, id, budget.currency.code, budget.amountMinor))
        } else {
            try transaction.enqueue(Query(Programmes.clearBudget, id))
        }
    }

    private static func store(
        _ funders: [Organisation.ID], of id: Programme.ID, in transaction: borrowing Transaction
    ) throws {
        guard !funders.isEmpty else { return }
        try transaction.enqueue(Query(Programmes.takePart, id, funders))
        try transaction.enqueue(Query(Programmes.insertFunders, id, funders))
    }
}

extension Programme {
    /// A funder is not told when something about a programme changed that it does not see, such as its other funders.
    func shown(to reader: SignedIn) -> Programme {
        guard reader.role == .funder else { return self }
        var shown = self
        shown.version = Self.versionOfPublished
        return shown
    }

    init(row: inout RowReader) throws {
        let id: Programme.ID = try row.next()
        let name: String = try row.next()
        let currency = try row.currency()
        let budget = try row.next(Int64?.self).flatMap { Money(minor: $0, currency) }
        let period = try row.period()
        let funders: [Organisation.ID] = try row.next()
        self.init(
            id: id,
            details: NewProgramme(
                name: name, currency: currency, budget: budget, startsOn: period.from,
                endsOn: period.to,
                funderIds: funders),
            createdAt: try row.next(), updatedAt: try row.next(), version: try row.next())
    }
}
