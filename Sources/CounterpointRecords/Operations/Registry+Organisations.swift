// Registering organisations, finding them, changing their record and their standing.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// Which organisations to list; nil asks for all.
public struct OrganisationFilter: ListFilter, Hashable {
    public var kind: OrganisationKind?
    public var country: Country?
    public var standing: Standing?
    public var safety: SafetyLevel?
    public var programme: Programme.ID?
    public var identifier: OrganisationIdentifier?
    /// Part of its name or of one of its aliases, in any case.
    public var name: String?

    public init() {}
}

extension Registry {
    /// Registers an organisation. A register number that another organisation in sight has already is a conflict.
    public func registerOrganisation(
        _ new: NewOrganisation, as caller: Caller, once: Once<Organisation>? = nil
    ) async throws -> Outcome<Organisation> {
        try await write(.registerOrganisation, as: caller, once: once) { transaction, _ in
            let id = Organisation.ID.random()
            try Self.refuseTaken(new.identifiers, except: id, in: transaction)
            try transaction.enqueue(
                Query(
                    Organisations.insert, id, new.name, new.kind.rawValue, new.country.code,
                    new.aliases,
                    new.publicAlias ?? Self.inventedAlias(), new.languages.map(\.code),
                    new.safety.rawValue))
            try Self.store(new.identifiers, of: id, in: transaction)
            try Self.store(new.contacts, of: id, in: transaction)
            let made = try Self.organisation(id, in: transaction)
            try transaction.audit(
                "organisation.registered", "organisation", id.uuid, programme: nil,
                organisation: id, by: caller,
                after: made.document)
            return made
        }
    }

    /// The organisation, or `notFound`. A funder sees of another organisation what may be published of it.
    public func organisation(
        _ id: Organisation.ID, as caller: Caller
    ) async throws -> OrganisationView {
        try await read(.readOrganisations, as: caller) { transaction, reader in
            try Self.view(of: id, for: reader, in: transaction)
        }
    }

    /// The organisation as far as the reader may see it, or `notFound`.
    static func view(
        of id: Organisation.ID, for reader: SignedIn, in transaction: borrowing Transaction
    ) throws -> OrganisationView {
        guard reader.role == .funder else { return .full(try organisation(id, in: transaction)) }
        let query =
            reader.organisation == id
            ? Query(Organisations.ownOfFunder, id, decode: PublishedOrganisation.init(row:))
            : Query(
                Organisations.published, id, nil as Organisation.ID?, 1,
                decode: PublishedOrganisation.init(row:))
        guard let published = try transaction.row(query) else {
            throw RegistryError.notFound(.organisation)
        }
        return .published(published)
    }

    /// One page of the organisations that the caller can see.
    public func organisations(
        _ filter: OrganisationFilter, page: PageRequest, as caller: Caller
    ) async throws -> Page<OrganisationView> {
        try await read(.readOrganisations, as: caller) { transaction, reader in
            if reader.role == .funder {
                return try Self.publishedPage(filter, page, reader, in: transaction)
            }
            let full = try Self.page("organisations", filter, page, reader: reader) {
                after, limit in
                try transaction.rows(
                    Query(
                        Organisations.list, after?.createdAt,
                        after.map { Identifier<Organisation>($0.id) }, limit,
                        filter.kind?.rawValue, filter.country?.code, filter.standing?.rawValue,
                        filter.safety?.rawValue, filter.programme, filter.identifier?.scheme,
                        filter.identifier?.id, filter.name, decode: Organisation.init(row:)))
            }
            return Page(items: full.items.map(OrganisationView.full), next: full.next)
        }
    }

    /// Changes an organisation's record. An NGO changes its own names, languages, contacts and protection; never its
    /// kind, country or register numbers, which somebody has checked.
    public func changeOrganisation(
        _ id: Organisation.ID, _ change: OrganisationChange, expecting version: Int64?,
        as caller: Caller,
        once: Once<Organisation>? = nil
    ) async throws -> Outcome<Organisation> {
        try await write(.changeOrganisation, as: caller, once: once) { transaction, writer in
            let old = try Self.lockOrganisation(id, in: transaction)
            try Self.expect(version, of: old.version)
            let new = try change.applied(to: old)
            guard new != old else { return old }
            let touchesIdentity =
                new.kind != old.kind || new.country != old.country
                || new.identifiers != old.identifiers
            if touchesIdentity, !writer.role.isManaging {
                throw RegistryError.forbidden(
                    Refusal(
                        "identityIsChecked",
                        "Kind, country and register numbers are the programme manager's to change. Ask them."
                    ))
            }
            try Self.refuseTaken(new.identifiers, except: id, in: transaction)
            try transaction.enqueue(
                Query(
                    Organisations.update, id, new.name, new.aliases,
                    new.publicAlias ?? Self.inventedAlias(),
                    new.languages.map(\.code), new.safety.rawValue))
            if touchesIdentity {
                try transaction.enqueue(
                    Query(Organisations.updateIdentity, id, new.kind.rawValue, new.country.code))
            }
            if new.identifiers != old.identifiers {
                try transaction.enqueue(Query(Organisations.deleteIdentifiers, id))
                try Self.store(new.identifiers, of: id, in: transaction)
            }
            if new.contacts != old.contacts {
                try transaction.enqueue(Query(Organisations.deleteContacts, id))
                try Self.store(new.contacts, of: id, in: transaction)
            }
            let stored = try Self.organisation(id, in: transaction)
            try transaction.audit(
                "organisation.changed", "organisation", id.uuid, programme: nil, organisation: id,
                by: caller,
                before: Self.withoutClearance(old), after: Self.withoutClearance(stored))
            return stored
        }
    }

    /// As the log has it of a change that does not touch the clearance: the organisation itself may read that in the log, and
    /// is not shown what was found out about it.
    private static func withoutClearance(_ organisation: Organisation) -> JSONValue {
        var organisation = organisation
        organisation.clearance = nil
        return organisation.document
    }

    /// Moves an organisation to another standing, with what was checked or why.
    public func moveOrganisation(
        _ id: Organisation.ID, _ transition: StandingTransition, expecting version: Int64?,
        as caller: Caller, once: Once<Organisation>? = nil
    ) async throws -> Outcome<Organisation> {
        try await write(.decideStanding, as: caller, once: once) { transaction, _ in
            let old = try Self.lockOrganisation(id, in: transaction)
            try Self.expect(version, of: old.version)
            let today = try Self.today(in: transaction)
            let new = try old.standing.moved(by: transition, today: today)
            let on = try transition.step.day(today: today)
            try transaction.enqueue(
                Query(Organisations.updateStanding, id, new.standing.rawValue, on))
            try transaction.enqueue(
                Query(
                    Organisations.insertCheck, id, new.standing.rawValue,
                    transition.step.reason ?? "", transition.source, on, new.clearance?.expiresOn))
            let stored = try Self.organisation(id, in: transaction)
            try transaction.audit(
                "organisation.\(new.standing.rawValue)", "organisation", id.uuid, programme: nil,
                organisation: id,
                by: caller, before: old.document, after: stored.document)
            return stored
        }
    }
}

extension Registry {
    static func organisation(
        _ id: Organisation.ID, in transaction: borrowing Transaction
    ) throws -> Organisation {
        let found = try transaction.row(
            Query(Organisations.byId, id, decode: Organisation.init(row:)))
        guard let found else { throw try absence(of: id, in: transaction) }
        return found
    }

    private static func lockOrganisation(
        _ id: Organisation.ID, in transaction: borrowing Transaction
    ) throws -> Organisation {
        let found = try transaction.row(
            Query(Organisations.lock, id, decode: Organisation.init(row:)))
        guard let found else { throw try absence(of: id, in: transaction) }
        return found
    }

    /// A name for publication that says nothing: somebody who needs a better one sets it.
    static func inventedAlias() -> String {
        let number = String(UInt32.random(in: 0...0xFFFFF), radix: 32, uppercase: true)
        return
            "Partner organisation \(String(repeating: "0", count: max(0, 4 - number.count)))\(number)"
    }

    private static func refuseTaken(
        _ identifiers: [OrganisationIdentifier], except id: Organisation.ID,
        in transaction: borrowing Transaction
    ) throws {
        guard !identifiers.isEmpty else { return }
        let taken = try transaction.rows(
            Query(
                Organisations.identifierTaken, identifiers.map(\.scheme), identifiers.map(\.id), id
            ) { row in
                (
                    scheme: try row.next(String.self), number: try row.next(String.self),
                    holder: try row.next(Organisation.ID.self), name: try row.next(String.self)
                )
            })
        guard let first = taken.first else { return }
        throw RegistryError.conflict(
            Conflict(
                code: "identifierTaken",
                detail:
                    "\(first.scheme) \(first.number) is registered already, for “\(first.name)” (\(first.holder)). "
                    + "Use that organisation, or correct the number.",
                inTheWay: taken.map(\.holder.uuid)))
    }

    private static func store(
        _ identifiers: [OrganisationIdentifier], of id: Organisation.ID,
        in transaction: borrowing Transaction
    ) throws {
        guard !identifiers.isEmpty else { return }
        try transaction.enqueue(
            Query(
                Organisations.insertIdentifiers, id, identifiers.map(\.scheme),
                identifiers.map(\.id)))
    }

    private static func store(
        _ contacts: [ContactPoint], of id: Organisation.ID, in transaction: borrowing Transaction
    ) throws {
        guard !contacts.isEmpty else { return }
        let list = JSONValue.array(contacts.map(\.document))
        try transaction.enqueue(
            Query(Organisations.insertContacts, id, PostgresJSON(text: list.text)))
    }

    /// Published organisations have no time of registration to show, and so come in the order of their random ids.
    private static func publishedPage(
        _ filter: OrganisationFilter, _ request: PageRequest, _ reader: SignedIn,
        in transaction: borrowing Transaction
    ) throws -> Page<OrganisationView> {
        // Filtering by what one may not read is reading it, letter by letter.
        guard filter == OrganisationFilter() else {
            throw RegistryError.invalid(
                InvalidInput(
                    "", "filterNotAvailable", "A funder's list of organisations has no filters."))
        }
        let cursor = Cursor(list: "published", filter: filter, reader: reader)
        let after = try request.cursor.map { Organisation.ID(try cursor.position($0).id) }
        var items = try transaction.rows(
            Query(
                Organisations.published, nil as Organisation.ID?, after, request.limit + 1,
                decode: PublishedOrganisation.init(row:)))
        var next: String?
        if items.count > request.limit {
            items.removeLast(items.count - request.limit)
            let epoch = Instant(microsecondsSince2000: 0)!
            next = cursor.text(
                after: Position(createdAt: epoch, id: items[items.count - 1].id.uuid))
        }
        return Page(items: items.map(OrganisationView.published), next: next)
    }
}

extension Organisation {
    init(row: inout RowReader) throws {
        let id: Organisation.ID = try row.next()
        let name: String = try row.next()
        let kind: OrganisationKind = try row.word()
        let country = try row.country()
        let aliases: [String] = try row.next()
        let publicAlias: String = try row.next()
        let languages = try row.next([String].self).compactMap(Language.init)
        let safety: SafetyLevel = try row.word()
        let standing: Standing = try row.word()
        let identifiers = try row.next([String].self).compactMap {
            OrganisationIdentifier(stored: $0)
        }
        let contacts =
            try row.next(PostgresJSON?.self).map { try ContactPoint.list(stored: $0.text) } ?? []
        let clearance = try Clearance(row: &row)
        self.init(
            id: id,
            details: NewOrganisation(
                name: name, kind: kind, country: country, identifiers: identifiers,
                aliases: aliases,
                publicAlias: publicAlias, languages: languages, safety: safety, contacts: contacts),
            standing: standing, clearance: clearance, createdAt: try row.next(),
            updatedAt: try row.next(),
            version: try row.next())
    }
}

extension Clearance {
    fileprivate init?(row: inout RowReader) throws {
        let checked = try row.next(String?.self)
        let source = try row.next(String?.self)
        let on = try row.next(Day?.self)
        let expiresOn = try row.next(Day?.self)
        guard let checked, let on, let expiresOn else { return nil }
        self.init(checked: checked, source: source, on: on, expiresOn: expiresOn)
    }
}

extension OrganisationIdentifier {
    init?(stored text: String) {
        guard let space = text.firstIndex(of: " ") else { return nil }
        let number = text[text.index(after: space)...]
        guard let read = try? OrganisationIdentifier(scheme: text[..<space], id: number) else {
            return nil
        }
        self = read
    }
}

extension ContactPoint {
    fileprivate static func list(stored text: String) throws -> [ContactPoint] {
        let value = try JSONParser.parse(Array(text.utf8))
        return try (value.array ?? []).map { try ContactPoint($0) }
    }
}

extension PublishedOrganisation {
    init(row: inout RowReader) throws {
        self.init(
            id: try row.next(), name: try row.next(), kind: try row.word(),
            country: try row.next(String?.self).flatMap(Country.init), safety: try row.word())
    }
}
