// Header fields that the HTTP types package has no names for.

import HTTPTypes

extension HTTPField.Name {
    static let requestId = HTTPField.Name("X-Request-Id")!
    static let traceParent = HTTPField.Name("traceparent")!
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed")!
    static let acceptPost = HTTPField.Name("Accept-Post")!
    static let acceptPatch = HTTPField.Name("Accept-Patch")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let rateLimit = HTTPField.Name("RateLimit")!
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy")!
    static let importId = HTTPField.Name("Import-Id")!
    static let link = HTTPField.Name("Link")!
}
