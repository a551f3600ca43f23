// Users of a provider in the database: only the key's holder can say who somebody is, and only for a moment.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import TestCluster
import TestRegistry
import Testing

@Suite struct IdentityTests {
    private static let bytes = (0..<32).map { UInt8($0 + 1) }
    private static let key = IdentityKey(bytes)!
    private static let issuer = "https://login.example.org"

    private static var later: Int64 {
        Int64(Date().timeIntervalSince1970 + 600) * 1_000_000
    }

    private static func caller(
        _ subject: String, endsAt: Int64 = later, key: IdentityKey = key
    ) -> Caller {
        Caller(
            .identity(VerifiedIdentity(issuer: issuer, subject: subject, endsAt: endsAt), key))
    }

    private static func withLinkedManager(_ body: (TestWorld) async throws -> Void) async throws {
        try await TestWorld.with { world in
            let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            try await world.test.database.run(
                "select sec.install_identity_key(decode('\(hex)', 'hex'))")
            let manager = try await world.registry.me(as: world.manager).principal.id
            _ = try await world.test.host.linkIdentity(
                issuer: issuer, subject: "mina", to: manager, as: world.test.administrator)
            try await body(world)
        }
    }

    @Test func whoIsLinkedSignsInAndNobodyElse() async throws {
        try await Self.withLinkedManager { world in
            let registry = world.registry
            let me = try await registry.me(as: Self.caller("mina"))
            #expect(me.principal.name == "Mina Manager")
            #expect(me.tokenId == nil)
            // It writes as that person, with the log's own entry.
            _ = try await registry.registerOrganisation(
                NewOrganisation(name: "By OIDC", kind: .civilSociety, country: Country("UA")!),
                as: Self.caller("mina")
            ).get()
            #expect(
                await refusal { try await registry.me(as: Self.caller("Mina")) }
                    == "identityNotLinked")
            let other = IdentityKey([UInt8](repeating: 9, count: 32))!
            #expect(
                await refusal { try await registry.me(as: Self.caller("mina", key: other)) }
                    == "unauthenticated")
            #expect(
                await refusal { try await registry.me(as: Self.caller("mina", endsAt: 1)) }
                    == "unauthenticated")
        }
    }

    @Test func aLinkEndsAtOnceAndAnIdentityIsOnePrincipals() async throws {
        try await Self.withLinkedManager { world in
            let host = world.test.host
            let admin = world.test.administrator
            let editor = try await world.registry.me(as: world.editor).principal.id
            #expect(
                await refusal {
                    try await host.linkIdentity(
                        issuer: Self.issuer, subject: "mina", to: editor, as: admin)
                } == "identityIsLinked")
            let administrator = try await host.me(as: admin).principal.id
            #expect(
                await refusal {
                    try await host.linkIdentity(
                        issuer: Self.issuer, subject: "root", to: administrator, as: admin)
                } == "administratorsOnHost")
            #expect(
                await refusal {
                    try await world.registry.linkIdentity(
                        issuer: Self.issuer, subject: "mine", to: editor, as: world.manager)
                } == "notPermitted")
            let links = try await host.identities(IdentityFilter(), page: PageRequest(), as: admin)
            #expect(links.items.map(\.subject) == ["mina"])
            _ = try await host.unlinkIdentity(links.items[0].id, as: admin)
            #expect(
                await refusal { try await world.registry.me(as: Self.caller("mina")) }
                    == "identityNotLinked")
            _ = try await host.linkIdentity(
                issuer: Self.issuer, subject: "mina", to: editor, as: admin)
            let me = try await world.registry.me(as: Self.caller("mina"))
            #expect(me.principal.id == editor)
        }
    }

    @Test func aPrincipalThatWasDisabledOrAnAdministratorDoesNotSignIn() async throws {
        try await Self.withLinkedManager { world in
            try await world.test.database.run(
                """
                begin; set local session_replication_role = replica;
                insert into principal_identities (issuer, subject, principal_id)
                    select '\(Self.issuer)', 'root', id from principals where role = 'administrator';
                update principals set disabled_at = now() where role = 'programmeManager'; commit
                """)
            for subject in ["mina", "root"] {
                #expect(
                    await refusal { try await world.registry.me(as: Self.caller(subject)) }
                        == "unauthenticated")
            }
        }
    }

    @Test func aTokenMadeWithAProvidersEndsWithIt() async throws {
        try await Self.withLinkedManager { world in
            let end = Self.later
            let caller = Self.caller("mina", endsAt: end)
            let me = try await world.registry.me(as: caller)
            let issued = try await world.registry.issueToken(
                NewToken(principalId: me.principal.id, label: "x"), as: caller
            ).get().token
            let secondsTo2000: Int64 = 946_684_800
            #expect(issued.expiresAt.microsecondsSince2000 == end - secondsTo2000 * 1_000_000)
        }
    }

    @Test func aSlippedInStatementCannotBecomeSomebody() async throws {
        try await Self.withLinkedManager { world in
            let soon = Int64(Date().timeIntervalSince1970 + 30) * 1_000_000
            let zeros = String(repeating: "00", count: 32)
            let manager = try await world.registry.me(as: world.manager).principal.id
            let attempts = [
                "select sec.begin_identity('\(Self.issuer)', 'mina', \(soon), \(soon), '\\x\(zeros)')",
                "select sec.begin_identity('\(Self.issuer)', 'mina', \(soon), \(soon), null)",
                "select sec.begin_identity('\(Self.issuer)', 'mina', null, null, '\\x\(zeros)')",
                "select * from sec.identity_key",
                "select sec.install_identity_key('\\x\(zeros)')",
                "insert into sec.identity_key select true, '\\x00', '\\x00'",
                "insert into principal_identities (issuer, subject, principal_id) values ('i', 's', '\(manager)')",
                "select e.* from principals p, sec.enter(p, null, '{read}', null) e",
                "select sec.begin_as(null)",
            ]
            for attempt in attempts {
                // As nobody, and from inside a rival's session.
                let outside = try await world.test.slipIn(attempt)
                let inside = try await world.slipIn(attempt, as: world.rival)
                for state in [outside, inside] {
                    #expect(
                        ["28000", "42501", "22023"].contains(state ?? ""),
                        "\(attempt): \(state ?? "done")")
                }
            }
        }
    }

    @Test func withoutAKeyNobodySignsInByAProvider() async throws {
        try await TestWorld.with { world in
            let manager = try await world.registry.me(as: world.manager).principal.id
            _ = try await world.test.host.linkIdentity(
                issuer: Self.issuer, subject: "mina", to: manager, as: world.test.administrator)
            #expect(
                await refusal { try await world.registry.me(as: Self.caller("mina")) }
                    == "unauthenticated")
        }
    }

    @Test func aKeyIsReadFromItsFilesText() {
        let hex = Self.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(IdentityKey(hex: hex) != nil)
        #expect(IdentityKey(hex: hex.uppercased()) != nil)
        #expect(IdentityKey(hex: hex.dropLast()) == nil)
        #expect(IdentityKey(hex: hex + "00") == nil)
        #expect(IdentityKey(hex: String(repeating: "zz", count: 32)) == nil)
        #expect(!"\(Self.key)".contains("01"))
    }
}
