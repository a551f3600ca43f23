// What the head of a request says about the exchange, with all its faults collected.

import CounterpointModel
import HTTPTypes
import HummingbirdCore

struct HeadReading {
    let target: String
    let query: QueryValues
    let accepted: MediaType
    let ifMatch: TagCondition?
    let key: String?
    let fileName: String?

    init(_ request: Request, _ endpoint: Endpoint) throws {
        let operation = endpoint.operation
        let headers = request.headers
        target = request.head.path ?? "/"
        var faults: [Fault] = []
        query = Self.query(of: target, operation, &faults)
        ifMatch = Self.condition(.ifMatch, headers, &faults)
        _ = Self.condition(.ifNoneMatch, headers, &faults)
        key = Self.key(headers, endpoint.method, &faults)
        fileName = headers[.contentDisposition].flatMap { ContentDisposition($0)?.fileName }
        if !faults.isEmpty { throw InvalidInput(faults: faults) }
        let offered = operation.answers.first?.contents.map(\.type) ?? []
        guard let accepted = Negotiation.choose(offered.isEmpty ? [.json] : offered, for: headers)
        else {
            throw Problem(
                .notAcceptable,
                "The answer can be had as \(offered.map(\.rawValue).joined(separator: ", ")).")
        }
        self.accepted = accepted
        if operation.needsVersion, ifMatch == nil { throw ErrorResponses.preconditionRequired }
    }

    private static func query(
        of target: String, _ operation: Operation, _ faults: inout [Fault]
    ) -> QueryValues {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return .none }
        do {
            return try QueryValues(
                target[target.utf8.index(after: mark)...], declared: operation.query)
        } catch {
            faults += error.faults
            return .none
        }
    }

    private static func condition(
        _ name: HTTPField.Name, _ headers: HTTPFields, _ faults: inout [Fault]
    ) -> TagCondition? {
        do {
            return try TagCondition.reading(name, of: headers)
        } catch {
            faults.append(
                Fault(
                    pointer: error.field, code: "badEntityTag",
                    detail: "\(error.field) holds entity tags in double quotes, or a star.",
                    kind: .malformed))
            return nil
        }
    }

    private static func key(
        _ headers: HTTPFields, _ method: HTTPRequest.Method, _ faults: inout [Fault]
    ) -> String? {
        guard method != .get else { return nil }
        do {
            return try IdempotencyKey.reading(headers)
        } catch {
            faults.append(
                Fault(
                    pointer: "Idempotency-Key", code: "badIdempotencyKey",
                    detail: "Idempotency-Key has 1 to \(IdempotencyKey.longest) visible ASCII "
                        + "characters, bare or as a quoted string.",
                    kind: .malformed))
            return nil
        }
    }
}
