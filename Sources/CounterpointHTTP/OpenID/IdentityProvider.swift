// Verifies the tokens of one OpenID provider: whose keys, kept how long, held against which rules.

import CounterpointModel
public import CounterpointRecords
import FoundationEssentials
public import Logging

/// One provider whose users may sign in.
public actor IdentityProvider {
    nonisolated let rules: ProviderRules
    /// Proves to the database that the service has verified what it says.
    nonisolated let key: IdentityKey

    private let logger: Logger
    private let fetch: @Sendable () async throws -> ProviderKeys
    private let clock: @Sendable () -> Int64
    private var age = KeySetAge()
    private var keys: ProviderKeys?
    private var fetching: Task<Void, Never>?

    /// - Parameters:
    ///   - keys: where the provider's keys are.
    ///   - key: shared with the database (`counterpoint schema identity-key`).
    public init(_ rules: ProviderRules, keys: KeySource, key: IdentityKey, logger: Logger) {
        self.init(
            rules, key: key, logger: logger, fetch: { try await keys.fetch() },
            clock: { Int64(Date().timeIntervalSince1970) })
    }

    init(
        _ rules: ProviderRules, key: IdentityKey, logger: Logger,
        fetch: @escaping @Sendable () async throws -> ProviderKeys,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.rules = rules
        self.key = key
        self.logger = logger
        self.fetch = fetch
        self.clock = clock
    }

    /// Who brought this token. Throws ``ProviderTokenFault`` when it is not good, and 503 while there are no keys to say so.
    func identity(in text: String) async throws -> VerifiedIdentity {
        let token = try ProviderToken(text)
        let identity = try rules.identity(in: token.claims, at: clock())
        try await check(token)
        return identity
    }

    private func check(_ token: ProviderToken) async throws {
        do {
            try await usable().check(token)
        } catch let fault as ProviderTokenFault where mayBeNewKey(fault, token) {
            await refresh()
            try await usable().check(token)
        }
    }

    /// Perhaps the provider signs with a new key: one not heard of, or, where tokens name none, another than ours.
    private func mayBeNewKey(_ fault: ProviderTokenFault, _ token: ProviderToken) -> Bool {
        let isUnheardOf =
            fault == .unknownKey || (fault == .badSignature && token.keyId == nil)
        return isUnheardOf && age.mayTry(at: clock())
    }

    private func usable() async throws -> ProviderKeys {
        switch age.need(at: clock()) {
        case .none: break
        case .refresh: startRefresh()
        case .fetch: await refresh()
        case .waitForProvider: await fetching?.value
        }
        let isUsable = [.none, .refresh].contains(age.need(at: clock()))
        guard isUsable, let keys else {
            throw ErrorResponses.unavailable(
                "The identity provider's keys cannot be had at the moment.",
                retryAfterSeconds: Int(KeySetAge.retrySeconds))
        }
        return keys
    }

    /// One at a time, however many wait for it.
    private func refresh() async {
        startRefresh()
        await fetching?.value
    }

    private func startRefresh() {
        guard fetching == nil, age.mayTry(at: clock()) else { return }
        age.began(at: clock())
        fetching = Task { [fetch] in
            do {
                let keys = try await fetch()
                fetched(keys)
            } catch {
                logger.warning(
                    "keys of the identity provider not fetched", metadata: ["error": "\(error)"])
                fetched(nil)
            }
        }
    }

    private func fetched(_ keys: ProviderKeys?) {
        fetching = nil
        guard let keys else { return }
        self.keys = keys
        age.succeeded(at: clock())
    }
}
