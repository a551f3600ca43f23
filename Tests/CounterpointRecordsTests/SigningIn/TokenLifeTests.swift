// A token's life: never wider or longer than what made it, rotated with an overlap, ended at once, and seen when used.

import CounterpointModel
import CounterpointRecords
import TestRegistry
import Testing

@Suite struct TokenLifeTests {
    @Test func noTokenMakesAWiderOrLongerLivedOne() async throws {
        try await TestWorld.with { world in
            let registry = world.registry
            let me = try await registry.me(as: world.manager)
            let editor = try await registry.me(as: world.editor).principal.id
            let own = try await registry.token(me.tokenId!, as: world.manager)
            let narrow = try await world.narrowed(world.manager, to: [.manage])
            let later = Instant(
                microsecondsSince2000: own.expiresAt.microsecondsSince2000 + 60_000_000)!
            // For oneself and for the people one answers for alike.
            for holder in [me.principal.id, editor] {
                #expect(
                    await refusal {
                        try await registry.issueToken(
                            NewToken(principalId: holder, label: "longer", expiresAt: later),
                            as: world.manager)
                    } == "outlivesIssuer")
                #expect(
                    await refusal {
                        try await registry.issueToken(
                            NewToken(principalId: holder, label: "wider", scopes: [.logResults]),
                            as: narrow)
                    } == "widerThanIssuer")
                let made = try await registry.issueToken(
                    NewToken(principalId: holder, label: "by itself"), as: narrow
                ).get().token
                #expect(made.scopes == [.read, .manage])
                #expect(made.expiresAt <= own.expiresAt)
            }
            #expect(
                await refusal {
                    try await registry.issueToken(
                        NewToken(principalId: editor, label: "reviewer", scopes: [.review]),
                        as: world.manager)
                } == "widerThanRole")
        }
    }

    @Test func existingTokensHaveWhatTheirRoleNeeds() async throws {
        try await TestWorld.with { world in
            for (caller, role) in [
                (world.manager, Role.programmeManager), (world.editor, .ngoEditor),
                (world.viewer, .ngoViewer), (world.funder, .funder), (world.auditor, .auditor),
            ] {
                let me = try await world.registry.me(as: caller)
                #expect(me.scopes == role.scopes)
            }
        }
    }

    @Test func aRotatedTokenWorksUntilTheOverlapIsOver() async throws {
        try await TestWorld.with { world in
            let registry = world.registry
            let first = try await world.issued(world.editor, [.logResults])
            let second = try await registry.rotateToken(
                first.token.id, TokenRotation(overlapHours: 2), as: world.editor
            ).get()
            #expect(second.token.scopes == [.read, .logResults])
            #expect(second.token.replaces == first.token.id)
            for issued in [first, second] {
                let seen = try await registry.me(as: Caller(.token(issued.secret)))
                #expect(seen.tokenId == issued.token.id)
            }
            let old = try await registry.token(first.token.id, as: world.editor)
            let hours =
                (old.expiresAt.microsecondsSince2000
                    - second.token.createdAt.microsecondsSince2000) / 3_600_000_000
            #expect(hours == 2)
            #expect(
                await refusal {
                    try await registry.rotateToken(
                        first.token.id, TokenRotation(), as: world.editor)
                } == "alreadyRotated")

            // At most two of a line are live: the next rotation ends the first at once.
            let third = try await registry.rotateToken(
                second.token.id, TokenRotation(), as: world.editor
            ).get()
            #expect(
                await refusal { try await registry.me(as: Caller(.token(first.secret))) }
                    == "unauthenticated")
            for issued in [second, third] {
                _ = try await registry.me(as: Caller(.token(issued.secret)))
            }
            let last = try await registry.rotateToken(
                third.token.id, TokenRotation(overlapHours: 0), as: world.editor
            ).get()
            #expect(
                await refusal { try await registry.me(as: Caller(.token(third.secret))) }
                    == "unauthenticated")
            #expect(
                await refusal {
                    try await registry.rotateToken(
                        third.token.id, TokenRotation(), as: world.editor)
                } == "tokenEnded")
            #expect(
                await refusal {
                    try await registry.rotateToken(
                        last.token.id, TokenRotation(), as: world.rival)
                } == "notFound")
        }
    }

    @Test func rotationGivesNoMoreThanTheTokenItIsDoneWith() async throws {
        try await TestWorld.with { world in
            let wide = try await world.issued(world.manager)
            let narrow = try await world.narrowed(world.manager, to: [.manage])
            #expect(
                await refusal {
                    try await world.registry.rotateToken(
                        wide.token.id, TokenRotation(), as: narrow)
                } == "widerThanIssuer")
            // On the host there is no token to be wider than.
            let onHost = try await world.test.host.rotateToken(
                wide.token.id, TokenRotation(), as: world.test.administrator
            ).get()
            #expect(onHost.token.expiresAt > wide.token.expiresAt)
        }
    }

    @Test func useIsNotedCoarsely() async throws {
        try await TestWorld.with { world in
            let token = try await world.issued(world.editor).token
            #expect(token.lastUsedAt == nil)
            try await world.registry.noteUse(of: [token.id])
            let once = try await world.registry.token(token.id, as: world.editor).lastUsedAt
            #expect(once != nil)
            try await world.registry.noteUse(of: [token.id])
            let twice = try await world.registry.token(token.id, as: world.editor).lastUsedAt
            #expect(twice == once)
        }
    }

    @Test func thoseWhoAreDisabledAreShownSo() async throws {
        try await TestWorld.with { world in
            let host = world.test.host
            let editor = try await world.registry.me(as: world.editor).principal
            let once = Once<Principal>(key: "k", fingerprint: [1]) { ended in
                StoredAnswer(status: 200, headers: [], body: Array(ended.document.text.utf8))
            }
            let ended = try await host.disablePrincipal(
                editor.id, as: world.test.administrator, once: once
            ).get()
            #expect(ended.disabledAt != nil)
            let again = try await host.disablePrincipal(
                editor.id, as: world.test.administrator, once: once)
            guard case .replayed = again else {
                Issue.record("done twice")
                return
            }
            let listed = try await host.principals(
                PrincipalFilter(), page: PageRequest(limit: 50), as: world.test.administrator)
            #expect(listed.items.filter { $0.disabledAt != nil }.map(\.id) == [editor.id])
            #expect(
                await refusal { try await world.registry.me(as: world.editor) }
                    == "unauthenticated")
        }
    }
}
