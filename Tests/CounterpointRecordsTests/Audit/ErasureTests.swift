// People are forgotten, in the log as well, and the log still verifies.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@Suite("Forgetting people")
struct ErasureTests {
    /// Everything that is stored, as one text.
    private func everything(_ world: TestWorld) async throws -> String {
        let tables = try await world.test.database.run(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'sec')"
        )
        var text = ""
        for table in tables.compactMap({ $0.first ?? nil }) {
            let rows = try await world.test.database.run(
                "select coalesce(string_agg(t::text || coalesce(encode(convert_to(t::text, 'UTF8'), 'escape'), ''), ' '), '') from \(table) t"
            )
            text += (rows.first?.first ?? nil) ?? ""
        }
        // Kept answers are bytes.
        let bodies = try await world.test.database.run(
            "select coalesce(string_agg(encode(body, 'escape'), ' '), '') from idempotency_keys")
        return text + ((bodies.first?.first ?? nil) ?? "")
    }

    @Test(
        "A principal: name, labels and log are gone, the chain holds and counts it, signing in ends"
    )
    func principal() async throws {
        try await TestWorld.with { world in
            let admin = world.test.administrator
            let host = world.test.host
            let id = try await world.registry.me(as: world.editor).principal.id
            _ = try await host.issueToken(
                NewToken(principalId: id, label: "Ediths Rechner"), as: admin)
            let link = try await host.linkIdentity(
                issuer: "https://login.example.org", subject: "edith@example.org", to: id,
                as: admin,
                once: Once(key: "k", fingerprint: [1]) { made in
                    StoredAnswer(status: 201, headers: [], body: Array(made.document.text.utf8))
                }
            ).get()
            _ = try await host.unlinkIdentity(link.id, as: admin).get()
            _ = try await host.linkIdentity(
                issuer: "https://login.example.org", subject: "edith.second@example.org", to: id,
                as: admin)
            #expect(try await everything(world).contains("Edith"))
            let kept = try await host.verifyAudit(as: admin).map {
                ChainHead(programme: $0.programme, entries: $0.entries, head: $0.head)
            }

            let erasure = try await host.erasePrincipal(id, reason: "case 12", as: admin)
            #expect(erasure.entries == 6)
            let left = try await everything(world)
            #expect(!left.contains("Edith") && !left.contains("edith"))
            let verdicts = try await host.verifyAudit(against: kept, as: admin)
            #expect(verdicts.flatMap(\.faults) == [])
            #expect(verdicts.map(\.erased).reduce(0, +) == 6)
            await #expect(throws: RegistryError.self) {
                try await world.registry.me(as: world.editor)
            }
            var filter = AuditFilter()
            filter.subject = id.uuid
            let entries = try await host.auditEntries(filter, page: PageRequest(), as: admin).items
            #expect(entries.map(\.action) == ["principal.added", "principal.erased"])
            #expect(entries.map(\.isErased) == [true, false])
            #expect(entries.first?.after == .null)
            #expect(entries.last?.after["reason"] == "case 12")

            // Again, as after a restore: nothing is left to erase, and it is said once more.
            #expect(try await host.erasePrincipal(id, reason: "again", as: admin).entries == 0)
            #expect(try await host.verifyAudit(as: admin).flatMap(\.faults) == [])
        }
    }

    @Test("A contact: by name, and after a restore by the mark that its erasure left")
    func contact() async throws {
        try await TestWorld.with { world in
            let admin = world.test.administrator
            let host = world.test.host
            let people = [
                ContactPoint(name: "Anna Žuk", email: "anna@example.org", phone: "+380 1"),
                ContactPoint(name: "Boris", email: "boris@example.org"),
            ]
            let made = try await world.registry.registerOrganisation(
                NewOrganisation(
                    name: "Choir", kind: .civilSociety, country: Country("UA")!, contacts: people),
                as: world.manager,
                once: Once(key: "k", fingerprint: [1]) { made in
                    StoredAnswer(status: 201, headers: [], body: Array(made.document.text.utf8))
                }
            ).get()
            #expect(try await everything(world).contains("Anna"))

            let erasure = try await host.forgetContact(
                .named("Anna Žuk"), of: made.id, reason: "case 13", as: admin)
            #expect(erasure.entries == 1)
            let after = try await everything(world)
            #expect(!after.contains("Anna") && !after.contains("anna@example.org"))
            let verdicts = try await host.verifyAudit(as: admin)
            #expect(verdicts.flatMap(\.faults) == [])
            guard case .full(let left) = try await host.organisation(made.id, as: admin) else {
                throw Unexpected()
            }
            #expect(left.contacts.map(\.name) == ["Boris"])
            #expect(left.version == made.version + 1)

            // A backup from before brings the contact back; the mark in the log finds it without its name.
            var filter = AuditFilter()
            filter.action = "organisation.contactForgotten"
            let entry = try await host.auditEntries(filter, page: PageRequest(), as: admin).items
                .first
            let mark = try #require(entry?.after["mark"]?.string)
            try await world.test.database.run(
                "insert into organisation_contacts values ('\(made.id)', 7, 'Anna Žuk', null, 'anna@example.org', null, null)"
            )
            _ = try await host.forgetContact(
                .marked(mark), of: made.id, reason: "restored", as: admin)
            #expect(try await !everything(world).contains("Anna"))
            let unknown = try? await host.forgetContact(
                .named("Nobody"), of: made.id, reason: "x", as: admin)
            #expect(unknown == nil)
        }
    }

    @Test(
        "The list of erasures, kept elsewhere, does them again when a backup has brought people back"
    )
    func listed() async throws {
        try await TestWorld.with { world in
            let admin = world.test.administrator
            let host = world.test.host
            let id = try await world.registry.me(as: world.viewer).principal.id
            let contact =
                "insert into organisation_contacts values "
                + "('\(world.organisation.id)', 7, 'Anna Example', null, null, null, null)"
            try await world.test.database.run(contact)
            _ = try await host.erasePrincipal(id, reason: "case 1", as: admin)
            _ = try await host.forgetContact(
                .named("Anna Example"), of: world.organisation.id, reason: "case 2", as: admin)
            _ = try await host.erasePrincipal(id, reason: "case 1 again", as: admin)
            let past = try await host.erasures(as: admin)
            #expect(past.map(\.reason) == ["case 1", "case 2"])
            // By way of a file.
            let kept = past.map(\.document.text)
            #expect(!kept.joined().contains("Vic") && !kept.joined().contains("Anna"))

            // As a backup from before has it.
            try await world.test.database.run(
                """
                \(contact);
                set session_replication_role = replica;
                update principals set name = 'Vic Viewer', disabled_at = null where id = '\(id)';
                insert into principal_identities (issuer, subject, principal_id)
                values ('https://login.example.org', 'vic', '\(id)')
                """)
            for text in kept {
                let document = try JSONParser.parse(Array(text.utf8))
                let again = try #require(PastErasure(document: document))
                #expect(try await host.eraseAgain(again, as: admin) != nil)
            }
            let left = try await everything(world)
            #expect(!left.contains("Vic Viewer") && !left.contains("Anna Example"))
            #expect(try await world.test.database.run("select from principal_identities") == [])
            #expect(try await host.verifyAudit(as: admin).flatMap(\.faults) == [])
            // A backup from before there was anybody: nothing is left to erase, and that is fine.
            #expect(try await host.eraseAgain(past[1], as: admin) == nil)
            let stranger = try #require(
                PastErasure(
                    document: [
                        "erasure": "principal.erased", "id": .string(Principal.ID.random().text),
                        "reason": "x", "at": "2026-01-01T00:00:00Z",
                    ]))
            #expect(try await host.eraseAgain(stranger, as: admin) == nil)
        }
    }

    @Test("Only an administrator erases, nobody themselves")
    func rights() async throws {
        try await TestWorld.with { world in
            let id = try await world.registry.me(as: world.viewer).principal.id
            for caller in [world.manager, world.editor, world.funder, world.auditor] {
                let done = try? await world.registry.erasePrincipal(id, reason: "x", as: caller)
                #expect(done == nil)
                let other = try? await world.registry.forgetContact(
                    .named("x"), of: world.organisation.id, reason: "x", as: caller)
                #expect(other == nil)
            }
            let admin = try await world.test.host.me(as: world.test.administrator).principal.id
            let oneself = try? await world.test.host.erasePrincipal(
                admin, reason: "x", as: world.test.administrator)
            #expect(oneself == nil)
            // Also where the door in front of the function is passed by: the function asks again.
            for role in ["counterpoint_manager", "counterpoint_ngo", "counterpoint_auditor"] {
                let gone = try? await world.test.database.run(
                    "begin; set local role \(role); select sec.erase_principal('\(id)', 'x', null); commit"
                )
                #expect(gone == nil, "\(role)")
            }
        }
    }

    private struct Unexpected: Error {}
}
