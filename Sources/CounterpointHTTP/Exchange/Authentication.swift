// The bearer token of a request: its form is checked here, whose it is in the database.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

/// What a request brought to sign in with.
enum Bearer: Sendable {
    case token(TokenSecret)
    /// Of an OpenID provider; only its form is known.
    case provider(String)

    var text: String {
        switch self {
        case .token(let secret): secret.text
        case .provider(let text): text
        }
    }
}

enum Authentication {
    /// Longer fields than any token of ours are not looked at.
    private static let longest = 256
    /// `Bearer` and some blanks before a provider's.
    private static let longestOfProvider = ProviderToken.longest + 64

    /// The token in these fields; a provider's only where there is one.
    ///
    /// A token whose checksum does not hold is refused without a question to the database, with the
    /// very answer that an unknown one gets.
    static func bearer(
        in headers: HTTPFields, takesProvider: Bool = false
    ) throws(Problem) -> Bearer {
        let values = headers[values: .authorization]
        guard let value = values.first else {
            throw ErrorResponses.unauthenticated(hasToken: false)
        }
        guard values.count == 1,
            value.utf8.count <= (takesProvider ? longestOfProvider : longest),
            let space = value.firstIndex(of: " "),
            value[..<space].lowercased() == "bearer"
        else { throw ErrorResponses.unauthenticated(hasToken: true) }
        let text = String(trimmed(value[space...]))
        if let secret = TokenSecret(text) { return .token(secret) }
        guard takesProvider, ProviderToken.looksLikeOne(text) else {
            throw ErrorResponses.unauthenticated(hasToken: true)
        }
        return .provider(text)
    }
}
