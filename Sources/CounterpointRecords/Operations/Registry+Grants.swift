// Drafting grants and moving them from one status to the next.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// Which grants to list; nil asks for all.
public struct GrantFilter: ListFilter {
    public var programme: Programme.ID?
    public var organisation: Organisation.ID?
    public var status: GrantStatus?

    public init() {}
}

extension Registry {
    /// Drafts a grant of a programme to an organisation, both in the caller's sight.
    public func addGrant(
        _ new: NewGrant, as caller: Caller, once: Once<Grant>? = nil
    ) async throws -> Outcome<Grant> {
        try await write(.addGrant, as: caller, once: once) { transaction, _ in
            let id = Grant.ID.random()
            try Self.checkParties(new, in: transaction)
            try transaction.enqueue(
                Query(Programmes.takePart, new.programmeId, [new.organisationId]))
            try transaction.enqueue(
                Query(
                    Grants.insert, id, new.programmeId, new.organisationId, new.title,
                    new.amount.amountMinor,
                    new.amount.currency.code, new.startsOn, new.endsOn, new.publicTitle))
            try Self.store(new.instalments, of: id, new.organisationId, in: transaction)
            try Self.store(
                new.reporting, new.reportingPeriods, of: id, new.organisationId, in: transaction)
            let made = try Self.grant(id, in: transaction)
            try transaction.audit(
                "grant.drafted", "grant", id.uuid, programme: made.programmeId,
                organisation: made.organisationId,
                by: caller, after: made.document)
            return made
        }
    }

    public func grant(_ id: Grant.ID, as caller: Caller) async throws -> Grant {
        try await read(.readGrants, as: caller) { transaction, reader in
            try Self.grant(id, for: reader, in: transaction)
        }
    }

    public func grants(
        _ filter: GrantFilter, page: PageRequest, as caller: Caller
    ) async throws -> Page<Grant> {
        try await read(.readGrants, as: caller) { transaction, reader in
            if reader.role == .funder {
                return try Self.page("grants", filter, page, reader: reader) { after, limit in
                    try transaction.rows(
                        Query(
                            Grants.listForFunder, after.map { Grant.ID($0.id) }, limit,
                            filter.programme, filter.organisation, filter.status?.rawValue,
                            decode: Grant.init(row:)))
                }
            }
            return try Self.page("grants", filter, page, reader: reader) { after, limit in
                try transaction.rows(
                    Query(
                        Grants.list, after?.createdAt, after.map { Grant.ID($0.id) }, limit,
                        filter.programme,
                        filter.organisation, filter.status?.rawValue, decode: Grant.init(row:)))
            }
        }
    }

    public func changeGrant(
        _ id: Grant.ID, _ change: GrantChange, expecting version: Int64?, as caller: Caller,
        once: Once<Grant>? = nil
    ) async throws -> Outcome<Grant> {
        try await write(.changeGrant, as: caller, once: once) { transaction, _ in
            let old = try Self.lockGrant(id, in: transaction)
            try Self.expect(version, of: old.version)
            let new = try change.applied(to: old)
            guard new != old else { return old }
            // How a grant is published is none of its terms, and when it reports can be agreed anew.
            if change.concernsTerms { try old.status.checkTermsOpen() }
            if change.concernsReporting { try old.status.checkReportingOpen() }
            try transaction.enqueue(
                Query(
                    Grants.update, id, new.title, new.amount.amountMinor, new.startsOn, new.endsOn,
                    new.agreementSignedOn, new.publicTitle))
            if new.instalments != old.instalments {
                try transaction.enqueue(Query(Grants.deleteInstalments, id))
                try Self.store(new.instalments, of: id, new.organisationId, in: transaction)
            }
            if new.reporting != old.reporting || new.reportingPeriods != old.reportingPeriods {
                try transaction.enqueue(Query(Grants.deleteReporting, id))
                try transaction.enqueue(Query(Grants.deleteReportingPeriods, id))
                try Self.store(
                    new.reporting, new.reportingPeriods, of: id, new.organisationId, in: transaction
                )
            }
            let stored = try Self.grant(id, in: transaction)
            try transaction.audit(
                "grant.changed", "grant", id.uuid, programme: stored.programmeId,
                organisation: stored.organisationId,
                by: caller, before: old.document, after: stored.document)
            return stored
        }
    }

    /// Moves a grant on. An award looks at the organisation's clearance and at what the budget has left, with the
    /// programme locked, so that two awards at once cannot both take the last of it.
    public func moveGrant(
        _ id: Grant.ID, _ transition: Transition<GrantStatus>, expecting version: Int64?,
        as caller: Caller,
        once: Once<Grant>? = nil
    ) async throws -> Outcome<Grant> {
        try await write(.readGrants, as: caller, once: once) { transaction, writer in
            // Seen before it is locked: whoever may read it and not move it is told so.
            let seen = try Self.grant(id, for: writer, in: transaction)
            guard seen.status.permits(writer.role, to: transition.to) else {
                throw RegistryError.forbidden(Act.decideGrant.refusal(for: writer.role))
            }
            let old = try Self.lockGrant(id, in: transaction)
            try Self.expect(version, of: old.version)
            guard old.status.permits(writer.role, to: transition.to) else {
                throw RegistryError.forbidden(Act.decideGrant.refusal(for: writer.role))
            }
            try writer.require(Act.decideGrant.scope)
            let facts = try Self.facts(of: old, for: transition.to, in: transaction)
            let new = try old.status.moved(by: transition, amount: old.amount, facts: facts)
            try transaction.enqueue(
                Query(Grants.move, id, new.status.rawValue, new.agreementSignedOn))
            try transaction.enqueue(
                Query(
                    Grants.insertDecision, old.organisationId, id, old.status.rawValue,
                    new.status.rawValue,
                    try transition.day(today: facts.today), transition.reason))
            let stored = try Self.grant(id, in: transaction)
            try transaction.audit(
                "grant.\(new.status.rawValue)", "grant", id.uuid, programme: stored.programmeId,
                organisation: stored.organisationId, by: caller, before: old.document,
                after: stored.document)
            return stored
        }
    }
}

extension Registry {
    static func grant(_ id: Grant.ID, in transaction: borrowing Transaction) throws -> Grant {
        let found = try transaction.row(Query(Grants.byId, id, decode: Grant.init(row:)))
        guard let found else { throw RegistryError.notFound(.grant) }
        return found
    }

    /// The grant as the reader may see it.
    private static func grant(
        _ id: Grant.ID, for reader: SignedIn, in transaction: borrowing Transaction
    ) throws -> Grant {
        guard reader.role == .funder else { return try grant(id, in: transaction) }
        let found = try transaction.row(Query(Grants.byIdForFunder, id, decode: Grant.init(row:)))
        guard let found else { throw RegistryError.notFound(.grant) }
        return found
    }

    private static func lockGrant(
        _ id: Grant.ID, in transaction: borrowing Transaction
    ) throws -> Grant {
        let found = try transaction.row(Query(Grants.lock, id, decode: Grant.init(row:)))
        guard let found else { throw RegistryError.notFound(.grant) }
        return found
    }

    private static func checkParties(
        _ new: NewGrant, in transaction: borrowing Transaction
    ) throws {
        var faults: [Fault] = []
        let programme = try transaction.row(
            Query(Programmes.byId, new.programmeId, decode: Programme.init(row:)))
        if let programme {
            do { try new.check(against: programme) } catch { faults += error.faults }
        } else {
            faults.append(
                Fault(
                    pointer: "/programmeId", code: "unknownProgramme",
                    detail: "There is no such programme.",
                    kind: .refused))
        }
        let organisation = try transaction.row(
            Query(Programmes.visibleOrganisations, [new.organisationId]) { row in
                row.skip()
                return try row.word(OrganisationKind.self)
            })
        if organisation == nil {
            faults.append(
                Fault(
                    pointer: "/organisationId", code: "unknownOrganisation",
                    detail: "There is no such organisation.", kind: .refused))
        }
        guard faults.isEmpty else { throw InvalidInput(faults: faults) }
    }

    /// What the rules of an award want to know; a step that needs none of it does not lock the programme.
    private static func facts(
        of grant: Grant, for next: GrantStatus, in transaction: borrowing Transaction
    ) throws -> GrantFacts {
        let today = try today(in: transaction)
        guard next == .awarded else {
            return GrantFacts(
                organisationStanding: .registered, clearanceExpiresOn: nil,
                agreementSignedOn: grant.agreementSignedOn, committedMinor: 0, budgetMinor: nil,
                today: today,
                reportsLate: next == .closed ? try lateReports(of: grant.id, in: transaction) : 0)
        }
        let programme = try lockProgramme(grant.programmeId, in: transaction)
        let organisation = try organisation(grant.organisationId, in: transaction)
        let committed = try transaction.row(
            Query(Grants.committed, grant.programmeId, grant.id) { row in try row.next(Int64.self) }
        )
        return GrantFacts(
            organisationStanding: organisation.standing,
            clearanceExpiresOn: organisation.clearance?.expiresOn,
            agreementSignedOn: grant.agreementSignedOn,
            committedMinor: committed ?? 0, budgetMinor: programme.budget?.amountMinor, today: today
        )
    }

    private static func store(
        _ rule: ReportingRule?, _ periods: [ReportingPeriod], of id: Grant.ID,
        _ organisation: Organisation.ID, in transaction: borrowing Transaction
    ) throws {
        if let rule {
            try transaction.enqueue(
                Query(
                    Grants.insertReporting, organisation, id, Int16(clamping: rule.everyMonths),
                    Int16(clamping: rule.dueAfterDays)))
        }
        guard !periods.isEmpty else { return }
        try transaction.enqueue(
            Query(
                Grants.insertReportingPeriods, organisation, id, periods.map(\.period.from),
                periods.map(\.period.to), periods.map(\.dueOn)))
    }

    private static func store(
        _ instalments: [Instalment], of id: Grant.ID, _ organisation: Organisation.ID,
        in transaction: borrowing Transaction
    ) throws {
        guard !instalments.isEmpty else { return }
        try transaction.enqueue(
            Query(
                Grants.insertInstalments, organisation, id, instalments.map(\.dueOn),
                instalments.map(\.amount.amountMinor), instalments.map(\.afterReport)))
    }
}

extension Grant {
    init(row: inout RowReader) throws {
        let id: Grant.ID = try row.next()
        let programme: Programme.ID = try row.next()
        let organisation: Organisation.ID = try row.next()
        let title: String = try row.next()
        let currency = try row.currency()
        let amount = try row.money(currency)
        let period = try row.period()
        let status: GrantStatus = try row.word()
        let signedOn = try row.next(Day?.self)
        let dueDays: [Day] = try row.next()
        let amounts: [Int64] = try row.next()
        let afterReports: [Bool] = try row.next()
        let instalments = zip(dueDays, zip(amounts, afterReports)).compactMap { dueOn, rest in
            Money(minor: rest.0, currency).map {
                Instalment(dueOn: dueOn, amount: $0, afterReport: rest.1)
            }
        }
        let everyMonths = try row.next(Int16?.self)
        let dueAfterDays = try row.next(Int16?.self)
        let starts: [Day] = try row.next()
        let ends: [Day] = try row.next()
        let due: [Day] = try row.next()
        let createdAt: Instant = try row.next()
        let updatedAt: Instant = try row.next()
        let version: Int64 = try row.next()
        var details = NewGrant(
            programmeId: programme, organisationId: organisation, title: title, amount: amount,
            startsOn: period.from, endsOn: period.to, instalments: instalments,
            reportingPeriods: zip(zip(starts, ends), due).compactMap { days, due in
                Period(from: days.0, to: days.1).map { ReportingPeriod($0, dueOn: due) }
            }, publicTitle: try row.next())
        if let everyMonths, let dueAfterDays {
            details.reporting = ReportingRule(
                everyMonths: Int(everyMonths), dueAfterDays: Int(dueAfterDays))
        }
        self.init(
            id: id, details: details, agreementSignedOn: signedOn, status: status,
            createdAt: createdAt, updatedAt: updatedAt, version: version)
    }
}
