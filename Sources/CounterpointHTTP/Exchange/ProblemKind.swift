// The kinds of trouble the service tells its clients about. Codes are a promise: clients branch on
// them, so one is never renamed and never used for something else.

/// One kind of problem: a status, a stable code, and the title that always goes with it.
struct ProblemKind: Sendable, Hashable {
    let status: Int
    let code: String
    let title: String

    private init(_ status: Int, _ code: String, _ title: String) {
        self.status = status
        self.code = code
        self.title = title
    }

    static let malformedRequest = ProblemKind(
        400, "malformedRequest", "The request is not sound HTTP")
    static let malformedInput = ProblemKind(
        400, "malformedInput", "The request is not of the form it must have")
    static let unauthenticated = ProblemKind(
        401, "unauthenticated", "A valid bearer token is needed")
    static let forbidden = ProblemKind(403, "forbidden", "You may not do this")
    static let notFound = ProblemKind(404, "notFound", "There is nothing here for you")
    static let methodNotAllowed = ProblemKind(
        405, "methodNotAllowed", "The resource does not answer this method")
    static let notAcceptable = ProblemKind(
        406, "notAcceptable", "There is no answer in a form you accept")
    static let bodyTooSlow = ProblemKind(408, "bodyTooSlow", "The body did not arrive in time")
    static let conflict = ProblemKind(409, "conflict", "It conflicts with what stands")
    static let idempotencyInProgress = ProblemKind(
        409, "idempotencyInProgress", "The first request with this key is still running")
    static let preconditionFailed = ProblemKind(
        412, "preconditionFailed", "The resource has changed since you read it")
    static let bodyTooLarge = ProblemKind(413, "bodyTooLarge", "The body is too large")
    static let targetTooLong = ProblemKind(414, "targetTooLong", "The address is too long")
    static let unsupportedMediaType = ProblemKind(
        415, "unsupportedMediaType", "The body is of a type that is not taken here")
    static let expectationFailed = ProblemKind(
        417, "expectationFailed", "The expectation cannot be met")
    static let refusedInput = ProblemKind(
        422, "refusedInput", "The request is understood and refused")
    static let idempotencyMismatch = ProblemKind(
        422, "idempotencyMismatch", "This key was used for another request")
    static let preconditionRequired = ProblemKind(
        428, "preconditionRequired", "Say which version you mean to change")
    static let tooManyRequests = ProblemKind(
        429, "tooManyRequests", "Requests come faster than they are taken")
    static let headersTooLarge = ProblemKind(
        431, "headersTooLarge", "The header fields are too large")
    static let internalFault = ProblemKind(500, "internalFault", "Something went wrong here")
    static let unavailable = ProblemKind(
        503, "unavailable", "The service cannot answer at the moment")
    static let outcomeUnknown = ProblemKind(
        503, "outcomeUnknown", "Whether the change was made is not known")

    static let all: [ProblemKind] = [
        malformedRequest, malformedInput, unauthenticated, forbidden, notFound, methodNotAllowed,
        notAcceptable, bodyTooSlow, conflict, idempotencyInProgress, preconditionFailed,
        bodyTooLarge, targetTooLong, unsupportedMediaType, expectationFailed, refusedInput,
        idempotencyMismatch, preconditionRequired, tooManyRequests, headersTooLarge, internalFault,
        unavailable,
        outcomeUnknown,
    ]
}
