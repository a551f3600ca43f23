// The bearer token of a request: its form is checked here, whose it is in the database.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

enum Authentication {
    /// Longer fields than any token of ours are not looked at.
    private static let longest = 256

    /// The token in these fields.
    ///
    /// A token whose checksum does not hold is refused without a question to the database, with the
    /// very answer that an unknown one gets.
    static func secret(in headers: HTTPFields) throws(Problem) -> TokenSecret {
        let values = headers[values: .authorization]
        guard let value = values.first else {
            throw ErrorResponses.unauthenticated(hasToken: false)
        }
        guard values.count == 1, value.utf8.count <= longest,
            let space = value.firstIndex(of: " "),
            value[..<space].lowercased() == "bearer",
            let secret = TokenSecret(String(trimmed(value[space...])))
        else { throw ErrorResponses.unauthenticated(hasToken: true) }
        return secret
    }
}
