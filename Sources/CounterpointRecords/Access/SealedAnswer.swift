// Answers that hold a secret, kept under an idempotency key: sealed with what only the asker has, so that whoever reads the
// database, or a backup of it, reads no token. With another credential the same question has no answer any more.

import CounterpointModel
import Crypto
import FoundationEssentials

extension Caller {
    /// The same once, whose kept answer only this credential opens.
    func sealing<Value>(_ once: Once<Value>?) -> Once<Value>? {
        once.map { open in
            Once(key: open.key, fingerprint: open.fingerprint) { value in
                var answer = try open.answer(value)
                guard let key = sealingKey else { return answer }
                guard let sealed = try AES.GCM.seal(answer.body, using: key).combined else {
                    throw RegistryError.internalFault("an answer that cannot be sealed")
                }
                answer.body = Self.sealMark + Array(sealed)
                return answer
            }
        }
    }

    /// The outcome as it was first answered; a conflict if it was answered to another credential.
    func unsealing<Value>(_ outcome: Outcome<Value>) throws -> Outcome<Value> {
        guard case .replayed(var answer) = outcome, answer.body.starts(with: Self.sealMark) else {
            return outcome
        }
        guard let key = sealingKey,
            let box = try? AES.GCM.SealedBox(combined: answer.body.dropFirst(Self.sealMark.count)),
            let body = try? AES.GCM.open(box, using: key)
        else {
            throw RegistryError.conflict(
                Conflict(
                    code: "answeredToAnother",
                    detail:
                        "This was done and answered before, to another of your tokens; its secret is not shown again. "
                        + "End the token that was made, and issue another under a new key."))
        }
        answer.body = Array(body)
        return .replayed(answer)
    }

    private static let sealMark = Array("sealed 1\n".utf8)

    /// Nil for the command line, which keeps no answers of this kind for others to read.
    private var sealingKey: SymmetricKey? {
        switch credential {
        case .token(let secret):
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Array(secret.text.utf8)),
                info: Array("counterpoint kept answer".utf8), outputByteCount: 32)
        case .identity(let identity, let key): key.sealingKey(for: identity)
        case .operatorAs: nil
        }
    }
}
