// A write that happens once. The line to the database may break between the change and its answer; the key then tells
// whether it stands.

import CounterpointModel
import CounterpointRecords

extension Session {
    /// Attempts in all when the outcome is not known: by the third, a server that is coming back has come back.
    private static let attempts = 3
    private static let keyLetters = 22

    /// Carries `write` out under the given key or one of its own and answers the result's document. `command` and
    /// `input` make up what the key stands for.
    func once<Value: Sendable>(
        _ command: String, _ input: JSONValue, _ options: WriteOptions,
        document: @escaping @Sendable (Value) -> JSONValue,
        _ write: (Once<Value>) async throws -> Outcome<Value>
    ) async throws -> JSONValue {
        let once = Once<Value>(
            key: options.key ?? "cli-\(RandomText.letters(Self.keyLetters))",
            fingerprint: Fingerprint.of([Array(command.utf8), Array(input.text.utf8)])
        ) { value in
            StoredAnswer(status: 200, headers: [], body: Array(document(value).text.utf8))
        }
        for attempt in 1... {
            do {
                switch try await write(once) {
                case .done(let value): return document(value)
                case .replayed(let answer):
                    if options.key != nil {
                        Surroundings.console.complain(
                            "This was done before under the same key; nothing was done now.")
                    }
                    return try JSONParser.parse(answer.body)
                }
            } catch RegistryError.outcomeUnknown where attempt < Self.attempts {
                Surroundings.console.progress(
                    "the line broke while it was being stored; asking again …")
                try await Task.sleep(for: .seconds(1))
            }
        }
        fatalError("the last attempt returns or throws")
    }
}
