// How many of the connections one caller may use at one time: all but one. Whoever has statements that wait (for a lock of
// their own, behind a long file of their own) would else hold every connection, and everybody else would wait with them.
//
// Those of one organisation share, however many logins and tokens it has. A token is known by what the database said of it
// last; one that was not seen yet counts for itself.

import CounterpointModel
import Crypto
import FoundationEssentials
import Synchronization

final class ConnectionShare: Sendable {
    /// Whose share it is: an organisation or a principal, or half of the digest of a credential that is not known yet.
    struct Owner: Hashable, Sendable {
        var high: UInt64
        var low: UInt64
    }

    /// Credentials remembered: 32 bytes each with their owner, a third of a MiB with the table.
    private static let rememberedMax = 10_000
    /// Requests of one owner that wait for their turn. The door lets 256 in at one time, of everybody.
    private static let waitersMax = 256

    private struct Waiter {
        var id: UInt64
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var running: [Owner: Int] = [:]
        var waiting: [Owner: [Waiter]] = [:]
        var owners: [Owner: Owner] = [:]
        /// Given up before they began to wait.
        var gone: Set<UInt64> = []
        var lastWaiter: UInt64 = 0
    }

    private let most: Int
    private let patience: Duration
    private let state = Mutex(State())

    /// `connections`: how many there are for everybody; `patience`: how long one waits for a turn.
    init(connections: Int, patience: Duration) {
        most = max(1, connections - 1)
        self.patience = patience
    }

    /// Those who run or wait, for tests.
    var count: Int {
        state.withLock { state in
            state.running.values.reduce(0, +) + state.waiting.values.reduce(0) { $0 + $1.count }
        }
    }

    /// Those who run, of the owner that has most.
    var atOnce: Int { state.withLock { $0.running.values.max() ?? 0 } }

    /// Runs `work` when it is its owner's turn; throws `unavailable` if that does not come in time.
    func admit<Value>(_ caller: Caller, _ work: () async throws -> Value) async throws -> Value {
        guard let credential = Self.owner(of: caller) else { return try await work() }
        let owner = state.withLock { $0.owners[credential] ?? credential }
        try await enter(owner)
        defer { leave(owner) }
        return try await work()
    }

    /// The same caller, of whom the share learns whose it is when the database lets it in.
    func learning(_ caller: Caller) -> Caller {
        var learned = caller
        learned.whenKnown = { [self] signedIn in
            learn(caller, signedIn)
            caller.whenKnown?(signedIn)
        }
        return learned
    }

    func learn(_ caller: Caller, _ signedIn: SignedIn) {
        guard let credential = Self.owner(of: caller) else { return }
        let owner = Owner(signedIn.organisation?.uuid ?? signedIn.principal.uuid)
        state.withLock { state in
            guard state.owners[credential] != owner else { return }
            if state.owners.count >= Self.rememberedMax { state.owners.removeAll() }
            state.owners[credential] = owner
        }
    }

    /// Nil for the command line, which has its own connections.
    private static func owner(of caller: Caller) -> Owner? {
        switch caller.credential {
        case .token(let secret): Owner(digestOf: secret.text)
        case .identity(let identity, _): Owner(digestOf: "\(identity.issuer)|\(identity.subject)")
        case .operatorAs: nil
        }
    }

    // MARK: Waiting

    private func enter(_ owner: Owner) async throws {
        let id: UInt64? = state.withLock { state in
            if state.running[owner, default: 0] < most {
                state.running[owner, default: 0] += 1
                return nil
            }
            state.lastWaiter += 1
            return state.lastWaiter
        }
        guard let id else { return }
        let watch = Task { [patience] in
            try await Task.sleep(for: patience)
            giveUp(id, of: owner)
        }
        defer {
            watch.cancel()
            _ = state.withLock { $0.gone.remove(id) }
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                park(Waiter(id: id, continuation: continuation), owner)
            }
        } onCancel: {
            giveUp(id, of: owner)
        }
    }

    private func park(_ waiter: Waiter, _ owner: Owner) {
        enum Step { case go, wait, refuse }
        let step = state.withLock { state -> Step in
            if state.gone.remove(waiter.id) != nil { return .refuse }
            if state.running[owner, default: 0] < most {
                state.running[owner, default: 0] += 1
                return .go
            }
            guard state.waiting[owner, default: []].count < Self.waitersMax else { return .refuse }
            state.waiting[owner, default: []].append(waiter)
            return .wait
        }
        switch step {
        case .go: waiter.continuation.resume()
        case .wait: break
        case .refuse: waiter.continuation.resume(throwing: Self.refusal)
        }
    }

    private func giveUp(_ id: UInt64, of owner: Owner) {
        let waiter = state.withLock { state -> Waiter? in
            guard let place = state.waiting[owner]?.firstIndex(where: { $0.id == id }) else {
                state.gone.insert(id)
                return nil
            }
            return state.waiting[owner]?.remove(at: place)
        }
        waiter?.continuation.resume(throwing: Self.refusal)
    }

    private func leave(_ owner: Owner) {
        let next = state.withLock { state -> Waiter? in
            if let first = state.waiting[owner]?.first {
                state.waiting[owner]?.removeFirst()
                return first
            }
            state.waiting[owner] = nil
            state.running[owner, default: 1] -= 1
            if state.running[owner] == 0 { state.running[owner] = nil }
            return nil
        }
        next?.continuation.resume()
    }

    private static var refusal: RegistryError {
        .unavailable(retryAfterSeconds: Registry.retryAfterSeconds)
    }
}

extension ConnectionShare.Owner {
    init(_ id: UUID) {
        self = withUnsafeBytes(of: id.uuid) { Self($0) }
    }

    init(digestOf text: String) {
        self = SHA256.hash(data: Array(text.utf8)).withUnsafeBytes { Self($0) }
    }

    private init(_ raw: UnsafeRawBufferPointer) {
        self.init(
            high: raw.loadUnaligned(as: UInt64.self),
            low: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
}
