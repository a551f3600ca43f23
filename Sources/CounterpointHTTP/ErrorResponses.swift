// The only place where an error becomes a status and a body. What is not named here is a 500 that
// says nothing but its request id; the log has the rest.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTP1

enum ErrorResponses {
    /// The problem a client is told of. Unknown errors become `internalFault`: see `isUnexpected`.
    static func problem(for error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let error as RegistryError: problem(for: error)
        case let invalid as InvalidInput: problem(for: invalid)
        case let error as HTTPParserError: problem(for: error)
        case is BodyTooSlow:
            Problem(
                .bodyTooSlow,
                "A body, or each \(Limits.bodyStepBytes >> 20) MiB of it, must arrive within "
                    + "\(Limits.bodyStep.nanoseconds / 1_000_000_000) seconds, with no pause of "
                    + "\(Limits.silence.nanoseconds / 1_000_000_000).")
        default: Problem(.internalFault, "The fault is in the log under this request's id.")
        }
    }

    /// True for an error that nobody planned for and somebody must read about in the log.
    static func isUnexpected(_ problem: Problem) -> Bool { problem.status == 500 }

    static func problem(for error: RegistryError) -> Problem {
        switch error {
        case .unauthenticated:
            unauthenticated(hasToken: true)
        case .forbidden(let refusal):
            Problem(.forbidden, refusal.detail, code: refusal.code)
        case .identityNotLinked:
            identityNotLinked
        case .scopeNeeded(let scope):
            scopeNeeded(scope)
        case .notFound:
            // Never which kind of thing, so that two hidden things answer alike.
            Problem(.notFound, notFoundDetail)
        case .mergedInto(let survivor):
            problem(forMergedInto: survivor)
        case .invalid(let invalid):
            problem(for: invalid)
        case .refused(let refusal):
            Problem(.refusedInput, refusal.detail, code: refusal.code)
        case .conflict(let conflict):
            problem(for: conflict)
        case .preconditionFailed:
            Problem(
                .preconditionFailed,
                "If-Match does not name the present version. Read the resource again, and repeat "
                    + "your change on what you find.")
        case .preconditionRequired:
            preconditionRequired
        case .idempotencyMismatch:
            Problem(
                .idempotencyMismatch,
                "The Idempotency-Key was used before with another method, address or body. Use a "
                    + "new key for a new request.")
        case .idempotencyInProgress:
            Problem(
                .idempotencyInProgress,
                "Ask again with the same key and the same body to read the first answer.",
                fields: retryAfter(seconds: Limits.retryAfterSeconds))
        case .unavailable(let seconds):
            unavailable(
                "The record cannot be reached at the moment; nothing was changed that you were not "
                    + "told of.", retryAfterSeconds: seconds)
        case .outcomeUnknown:
            Problem(
                .outcomeUnknown,
                "The database went away while your change was being made final. Ask again with the "
                    + "same Idempotency-Key to learn whether it stands; without a key, read first.",
                fields: retryAfter(seconds: Limits.retryAfterSeconds))
        case .internalFault:
            Problem(.internalFault, "The fault is in the log under this request's id.")
        }
    }

    // 404 like any other absence, so that the status alone tells nobody anything; the record says this only to those who
    // may see the survivor.
    private static func problem(forMergedInto survivor: Organisation.ID) -> Problem {
        var problem = Problem(
            .notFound,
            "This organisation was merged into \(survivor). Use that id: /v1/organisations/\(survivor).",
            code: "mergedInto")
        problem.inTheWay = [survivor.text]
        return problem
    }

    private static func problem(for conflict: Conflict) -> Problem {
        var problem = Problem(.conflict, conflict.detail, code: conflict.code)
        problem.inTheWay = conflict.inTheWay.map { $0.uuidString.lowercased() }
        problem.account = conflict.account
        return problem
    }

    static func problem(for invalid: InvalidInput) -> Problem {
        let isMalformed = invalid.faults.contains { $0.kind == .malformed }
        let count = invalid.faults.count
        return Problem(
            isMalformed ? .malformedInput : .refusedInput,
            count == 1 ? invalid.faults[0].detail : "\(count) things are wrong; errors names each.",
            errors: invalid.faults)
    }

    static func problem(for error: HTTPParserError) -> Problem {
        switch error {
        case .headerOverflow: Problem(.headersTooLarge, HeadCheck.headersTooLargeDetail)
        case .invalidVersion:
            Problem(
                .malformedRequest, "Only HTTP/1.1 is spoken here, with lines that end in CR LF.")
        case .invalidEOFState:
            Problem(.malformedRequest, "The connection ended before the request did.")
        default: Problem(.malformedRequest, "The bytes are no HTTP request: \(error).")
        }
    }

    static func unauthenticated(hasToken: Bool) -> Problem {
        let challenge = "Bearer realm=\"counterpoint\""
        return Problem(
            .unauthenticated,
            hasToken
                ? "The token is not known, has expired or was revoked."
                : "Send Authorization: Bearer cpt_… with a token that a manager gave you.",
            fields: [
                .wwwAuthenticate: hasToken ? challenge + ", error=\"invalid_token\"" : challenge
            ])
    }

    // By RFC 6750: what the token would have to have.
    private static func scopeNeeded(_ scope: TokenScope) -> Problem {
        Problem(
            .forbidden, scope.refusal.detail, code: scope.refusal.code,
            fields: [
                .wwwAuthenticate:
                    "Bearer realm=\"counterpoint\", error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""
            ])
    }

    private static let identityNotLinked = Problem(
        .unauthenticated,
        "Your identity provider vouches for you, and nobody here is linked to that identity. Ask the "
            + "administrator of this installation to link it.", code: "identityNotLinked",
        fields: [.wwwAuthenticate: "Bearer realm=\"counterpoint\", error=\"invalid_token\""])

    static let notFoundDetail = "It does not exist, or it is not for you to see."

    static let preconditionRequired = Problem(
        .preconditionRequired,
        "Send If-Match with the ETag that you read, so that no change of another person is lost.")

    static func unavailable(_ detail: String, retryAfterSeconds: Int) -> Problem {
        Problem(.unavailable, detail, fields: retryAfter(seconds: retryAfterSeconds))
    }

    static var tooManyUploads: Problem {
        Problem(
            .tooManyRequests,
            "\(Limits.uploadsAtOnceOfOne) of your files are being received already; send this one when one of "
                + "them is through.", code: "tooManyUploads",
            fields: retryAfter(seconds: Limits.uploadRetrySeconds))
    }

    static func tooManyRequests(
        retryAfterSeconds seconds: Int, _ standing: RateLimiter.Standing
    ) -> Problem {
        let whose =
            standing.policy == .token
            ? "This token may ask" : "Callers of your address that are not signed in may ask"
        var fields = retryAfter(seconds: seconds)
        standing.write(into: &fields)
        return Problem(
            .tooManyRequests,
            "\(whose) \(standing.rate.perSecond) times a second on average, \(standing.rate.burst) times at "
                + "once. Wait for as long as Retry-After says.", fields: fields)
    }

    static func tooManyFailures(retryAfterSeconds seconds: Int) -> Problem {
        Problem(
            .tooManyRequests,
            "Too many tokens that are not good came from your address. Check yours, and wait for as "
                + "long as Retry-After says.", code: "tooManyFailures",
            fields: retryAfter(seconds: seconds))
    }

    /// Whether somebody tried to sign in and failed: what the turnstile slows down.
    static func isFailedSignIn(_ error: any Error) -> Bool {
        switch error {
        case RegistryError.unauthenticated, RegistryError.identityNotLinked: true
        case let problem as Problem: problem.kind == .unauthenticated
        default: false
        }
    }

    private static func retryAfter(seconds: Int) -> HTTPFields {
        [.retryAfter: String(max(1, seconds))]
    }

    /// The fields of an error answer, less those that every answer carries.
    static func headers(for problem: Problem) -> HTTPFields {
        var fields = problem.fields
        fields[.contentType] = "application/problem+json"
        fields[.cacheControl] = "no-store"
        fields[.xContentTypeOptions] = "nosniff"
        if let requestId = problem.requestId { fields[.requestId] = requestId }
        return fields
    }

    static func answer(_ problem: Problem) -> Answer {
        Answer(
            status: .init(code: problem.status), headers: headers(for: problem), body: problem.bytes
        )
    }
}
