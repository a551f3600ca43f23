// An installation as it was with schema 6, written by the statements that Counterpoint had then: people and their tokens,
// two programmes, organisations that may be named, not named and not published, a merge, and result sets of every stage.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import TestCluster
import TestRegistry

struct LevelSix: Sendable {
    /// Whose statements run: the principal's token, or nil for the administrator on the host.
    typealias Person = String

    static let people = [
        ("manager", "programmeManager", nil), ("other", "programmeManager", nil),
        ("editor", "ngoEditor", "named"), ("viewer", "ngoViewer", "named"),
        ("rival", "ngoEditor", "masked"), ("withheldEditor", "ngoEditor", "withheld"),
        ("twinEditor", "ngoEditor", "twin"), ("keptEditor", "ngoEditor", "kept"),
        ("funder", "funder", "fund"), ("auditor", "auditor", nil), ("late", "auditor", nil),
        ("gone", "auditor", nil),
    ]

    let database: TestDatabase
    let secrets: [Person: TokenSecret]

    init(_ database: TestDatabase) {
        self.database = database
        secrets = Dictionary(
            uniqueKeysWithValues: Self.people.map { ($0.0, TokenSecret.random()) })
    }

    func caller(_ person: Person) -> Caller {
        Caller(.token(secrets[person]!), requestId: "upgrade")
    }

    /// Ids that need not be handed around.
    static func id(_ name: String) -> String {
        let digits = Array(name.utf8).reduce(
            into: [UInt64](repeating: 0xcbf2_9ce4_8422_2325, count: 2)
        ) {
            $0[0] = ($0[0] ^ UInt64($1)) &* 0x100_0000_01b3
            $0[1] = ($0[1] &+ UInt64($1)) &* 0x9e37_79b9_7f4a_7c15
        }.map { digits in
            let text = String(digits, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        let all = Array(digits.joined())
        return String(all[0..<8]) + "-" + String(all[8..<12]) + "-4" + String(all[13..<16]) + "-8"
            + String(all[17..<20]) + "-" + String(all[20..<32])
    }

    static let installation = "00000000-0000-0000-0000-000000000000"

    // MARK: Acting

    /// One transaction of a person, as a request was.
    func act(_ person: Person?, _ statements: [String]) async throws {
        let signIn =
            person.map {
                "set local role counterpoint_service; "
                    + "select set_config('role', b.role, true) from sec.begin('\(secrets[$0]!.text)') b;"
            }
            ?? "set local role counterpoint_operator; "
            + "select set_config('role', b.role, true) from sec.begin_as(null) b;"
        try await database.run("begin; \(signIn) \(statements.joined(separator: "; ")); commit")
    }

    static func entry(
        _ action: String, _ kind: String, _ id: String, chain: String? = nil,
        organisation: String? = nil, reason: String? = nil
    ) -> String {
        let chain = chain.map { "'\(Self.id($0))'" } ?? "null"
        let organisation = organisation.map { "'\(Self.id($0))'" } ?? "null"
        let after = reason.map { #"{"name":"\#(action)","reason":"\#($0)"}"# } ?? #"{"name":"x"}"#
        return "select sec.audit(\(chain), 'request-1', '\(kind).\(action)', '\(kind)', '\(id)', "
            + "\(organisation), null, '\(after)')"
    }

    // MARK: Making it

    func fill() async throws {
        try await database.run(Self.functions)
        try await staff([("manager", "programmeManager", nil), ("other", "programmeManager", nil)])
        for (name, kind, safety) in [
            ("fund", "funder", "public"), ("named", "civilSociety", "public"),
            ("masked", "civilSociety", "alias"), ("withheld", "civilSociety", "withheld"),
            ("kept", "civilSociety", "public"), ("twin", "civilSociety", "public"),
        ] {
            try await organisation(name, kind, safety)
        }
        try await programme("one", manager: "manager")
        try await programme("two", manager: "other")
        try await staff(Array(Self.people.dropFirst(2)))
        for name in ["named", "masked", "withheld", "kept", "twin"] {
            try await grant("\(name) grant", of: name, in: "one", by: "manager")
        }
        try await act(
            nil,
            [
                "insert into programme_organisations values ('\(Self.id("two"))', '\(Self.id("masked"))')"
            ])
        try await grant("second grant", of: "masked", in: "two", by: "other")
        try await draftGrant()
        for (name, editor) in [
            ("named", "editor"), ("masked", "rival"), ("withheld", "withheldEditor"),
            ("twin", "twinEditor"),
        ] {
            try await campaign(name, of: name, grants: ["\(name) grant"], by: editor)
        }
        try await campaign(
            "both", of: "masked", grants: ["masked grant", "second grant"], by: "rival")
        try await results()
        try await act(
            "manager",
            [
                "select sec.merge_organisations('\(Self.id("twin"))', '\(Self.id("kept"))', 'the same people', 'r')"
            ])
        try await act(
            "editor",
            [
                "insert into idempotency_keys (key, fingerprint, status, headers, body) values ('k', '\\x01', 201, '', '{}')"
            ])
        try await database.run(
            """
            update tokens set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
             where id = '\(Self.id("late token"))';
            update tokens set revoked_at = now() where id = '\(Self.id("gone token"))';
            drop schema then_used cascade
            """)
    }

    /// Principals with a token each.
    private func staff(_ staff: [(String, String, String?)]) async throws {
        for (name, role, organisation) in staff {
            let of = organisation.map { "'\(Self.id($0))'" } ?? "null"
            try await act(
                nil,
                [
                    "insert into principals (id, name, role, organisation_id) values "
                        + "('\(Self.id(name))', 'Person \(name)', '\(role)', \(of))",
                    Self.entry("added", "principal", Self.id(name), organisation: organisation),
                ])
            // With the id that the test knows: sec.issue_token chose one by itself.
            try await database.run(
                """
                begin;
                insert into tokens (id, principal_id, label, expires_at, created_by)
                values ('\(Self.id("\(name) token"))', '\(Self.id(name))', 'laptop', now() + interval '90 days', null);
                insert into sec.token_secrets (digest, token_id)
                values (sha256(convert_to('\(secrets[name]!.text)', 'UTF8')), '\(Self.id("\(name) token"))');
                \(Self.entry("issued", "token", Self.id("\(name) token")));
                commit
                """)
        }
    }

    private func organisation(_ name: String, _ kind: String, _ safety: String) async throws {
        let id = Self.id(name)
        try await act(
            "manager",
            [
                "insert into organisations (id, name, kind, country, public_alias, safety, standing) values "
                    + "('\(id)', 'Organisation \(name)', '\(kind)', 'UA', 'Voice \(name.prefix(2))', '\(safety)', 'eligible')",
                "insert into organisation_contacts values ('\(id)', 1, 'Contact \(name)', null, '\(name)@example.org', null, null)",
                "insert into organisation_identifiers values ('\(id)', 1, 'GB-COH', '0\(name)')",
                "insert into organisation_checks (organisation_id, sequence, standing, checked, checked_on) "
                    + "values ('\(id)', 1, 'eligible', 'register read', '2023-01-01')",
                Self.entry("registered", "organisation", id, organisation: name),
            ])
    }

    private func programme(_ name: String, manager: String) async throws {
        let id = Self.id(name)
        var statements = [
            "insert into programmes (id, name, currency, starts_on, ends_on) "
                + "values ('\(id)', 'Programme \(name)', 'EUR', '2020-01-01', '2030-12-31')",
            "insert into programme_budgets values ('\(id)', 'EUR', 50000000)",
        ]
        if manager == "manager" {
            statements += ["fund", "named", "masked", "withheld", "kept", "twin"].map {
                "insert into programme_organisations values ('\(id)', '\(Self.id($0))')"
            }
            statements.append(
                "insert into programme_funders values ('\(id)', '\(Self.id("fund"))')")
        }
        statements.append(Self.entry("added", "programme", id, chain: name))
        try await act(manager, statements)
    }

    private func grant(
        _ name: String, of organisation: String, in programme: String, by manager: String
    ) async throws {
        let id = Self.id(name)
        let owner = Self.id(organisation)
        try await act(
            manager,
            [
                "insert into grants (id, programme_id, organisation_id, title, amount_minor, currency, starts_on, ends_on) "
                    + "values ('\(id)', '\(Self.id(programme))', '\(owner)', 'Title of \(name)', 1000000, 'EUR', '2020-01-01', '2030-12-31')",
                "insert into grant_instalments values ('\(owner)', '\(id)', 1, '2023-06-30', 1000000, false)",
                Self.entry("added", "grant", id, chain: programme, organisation: organisation),
            ])
        try await act(
            manager,
            [
                "update grants set status = 'active', agreement_signed_on = '2023-01-01', version = version + 1 where id = '\(id)'",
                "insert into grant_decisions (organisation_id, grant_id, sequence, from_status, to_status, decided_on) "
                    + "values ('\(owner)', '\(id)', 1, 'draft', 'active', '2023-01-01')",
                Self.entry("active", "grant", id, chain: programme, organisation: organisation),
            ])
    }

    private func draftGrant() async throws {
        try await act(
            "manager",
            [
                "insert into grants (id, programme_id, organisation_id, title, amount_minor, currency, starts_on, ends_on) "
                    + "values ('\(Self.id("draft grant"))', '\(Self.id("one"))', '\(Self.id("named"))', 'Not decided', 100, 'EUR', '2024-01-01', '2024-12-31')",
                Self.entry(
                    "added", "grant", Self.id("draft grant"), chain: "one", organisation: "named"),
            ])
    }

    private func campaign(
        _ name: String, of organisation: String, grants: [String], by editor: String
    ) async throws {
        let id = Self.id("\(name) campaign")
        try await act(
            editor,
            [
                "insert into campaigns (id, organisation_id, name, starts_on, ends_on, countries, channels, audience_size, status) "
                    + "values ('\(id)', '\(Self.id(organisation))', 'Campaign \(name)', '2023-01-01', '2024-12-31', '{UA}', "
                    + "'{meta,youtube,tiktok}', 100000, 'running')"
            ]
                + grants.enumerated().map { place, grant in
                    "insert into campaign_grants values ('\(Self.id(organisation))', '\(id)', "
                        + "'\(Self.id(grant == "second grant" ? "two" : "one"))', '\(Self.id(grant))', \(place + 1))"
                } + [
                    Self.entry("added", "campaign", id, chain: "one", organisation: organisation)
                ])
    }
}
