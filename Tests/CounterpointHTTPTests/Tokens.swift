// Tokens of the right form that no registry made.

import CounterpointModel

enum SampleTokens {
    static let known = TokenSecret.random().text
    static let unknown = TokenSecret.random().text
}
