// What is asked of one route: its address with whose ids in it, its filters, its body. Made from the served description, so
// that a route of tomorrow is asked by itself.

import CounterpointModel
import HTTPTypes
import TestRegistry

@testable import CounterpointHTTP

/// One request of the matrix, but for who sends it.
struct RouteQuestion: Sendable {
    /// Under what it stands in routes.txt: a route, a filter of a list, a variant of a body.
    var heading: String
    /// Whose ids are in it; `absent`: of nothing.
    var target: String
    var method: HTTPRequest.Method
    var uri: String
    var body: String?
    var mediaType: String?
    var needsVersion: Bool
    /// The ids that were put in: answers that name them differ in nothing else.
    var ids: [String]

    /// In no world.
    static let absent = "0b1f9f5e-8c1a-4f0e-9d3e-2f6a7b8c9d0e"
}

/// Asks every route of a description about everything in the isolation world.
struct RouteQuestions {
    struct NothingToPutIn: Error, CustomStringConvertible {
        var description: String
    }

    let world: IsolationWorld
    let document: JSONValue

    func all() throws -> [RouteQuestion] {
        var questions: [RouteQuestion] = []
        for path in document["paths"]?.object?.members ?? [] {
            for operation in path.value.object?.members ?? [] where operation.name != "parameters" {
                questions += try of(path.name, operation.name, operation.value)
            }
        }
        return questions
    }

    private func of(
        _ path: String, _ method: String, _ operation: JSONValue
    ) throws -> [RouteQuestion] {
        let id = operation["operationId"]?.string ?? ""
        let heading = "\(method.uppercased()) \(path)"
        let parameters = operation["parameters"]?.array ?? []
        let needsVersion = parameters.contains { $0["name"] == "If-Match" }
        let contents = operation["requestBody"]?["content"]?.object?.members
        let content = contents?.first { $0.name.hasSuffix("json") }
        // A body that is no JSON is a file.
        let plain = contents != nil && content == nil ? Bodies.file(for: id) : nil
        let bodies =
            content.map { Bodies.variants(of: id, schema: schema($0.value)) } ?? [("", nil)]
        let variables = path.split(separator: "/").compactMap { part in
            part.hasPrefix("{") ? String(part.dropFirst().dropLast()) : nil
        }
        var questions: [RouteQuestion] = []
        for (variant, body) in bodies {
            let suffix = variant.isEmpty ? "" : " \(variant)"
            func ask(
                _ target: String, _ uri: String, _ filter: String, _ ids: [String],
                _ body: JSONValue?
            ) {
                questions.append(
                    RouteQuestion(
                        heading: heading + suffix + filter, target: target,
                        method: HTTPRequest.Method(method.uppercased())!, uri: uri,
                        body: body?.text ?? plain,
                        mediaType: plain != nil
                            ? "application/octet-stream" : body == nil ? nil : content?.name,
                        needsVersion: needsVersion,
                        ids: ids))
            }
            // Whole lists, and a summary that says whose figures are in it.
            let hasPages = parameters.contains { $0["name"] == "limit" }
            let fixed =
                id == "summariseResults" ? "?groupBy=campaign" : hasPages ? "?limit=500" : ""
            if let variable = variables.first {
                for (name, value) in try targets(variable) {
                    var uri = path.replacing("{\(variable)}", with: value)
                    var ids = [value]
                    // What hangs on a set, of the set in the address.
                    for inner in variables.dropFirst() {
                        guard inner == "evidenceId" else { throw unknown(inner) }
                        let id = world.evidence[name] ?? RouteQuestion.absent
                        uri = uri.replacing("{\(inner)}", with: id)
                        ids.append(id)
                    }
                    ask(
                        name, uri + fixed, "", [value],
                        body.map { Bodies.naming(other: name, in: $0, world) })
                }
            } else if let body, Bodies.namesOthers(body) {
                for (name, holding) in Bodies.holdings(for: body, world) {
                    let filled = Bodies.filling(body, holding, world)
                    ask(name, path, "", holding.ids, filled)
                }
            } else {
                ask("all", path + fixed, "", [], body)
            }
            guard method == "get", variables.isEmpty else { continue }
            for parameter in parameters where isId(parameter) {
                let name = parameter["name"]?.string ?? ""
                for (target, value) in try targets(name + "Id") {
                    let join = fixed.isEmpty ? "?" : fixed + "&"
                    ask(target, "\(path)\(join)\(name)=\(value)", " ?\(name)", [value], nil)
                }
            }
        }
        return questions
    }

    private func schema(_ content: JSONValue) -> JSONValue {
        let name = content["schema"]?["$ref"]?.string?.split(separator: "/").last.map(String.init)
        return name.flatMap { document["components"]?["schemas"]?[$0] } ?? content["schema"]
            ?? .null
    }

    private func isId(_ parameter: JSONValue) -> Bool {
        let schema = parameter["schema"]
        return parameter["in"] == "query"
            && (schema?["format"] == "uuid" || schema?["items"]?["format"] == "uuid")
    }

    /// What can stand for a variable or in a filter, by whose it is.
    private func targets(_ variable: String) throws -> [(String, String)] {
        let found: [String: String]
        switch variable {
        case "organisationId", "funderId": found = world.organisations
        case "programmeId":
            found = ["P": world.holdings["Bp"]!.programme, "Q": world.holdings["Bq"]!.programme]
        case "grantId": found = world.holdings.mapValues(\.grant)
        case "campaignId", "subjectId": found = world.holdings.mapValues(\.campaign)
        case "resultSetId": found = world.sets
        case "indicatorId": found = world.indicators
        case "mergeId": found = world.merges
        case "principalId": found = world.people
        case "tokenId": found = world.tokens
        case "digest": found = world.receipts
        case "importId": found = world.imports
        default: throw unknown(variable)
        }
        let nothing =
            variable == "digest"
            ? "sha256:" + String(repeating: "0", count: 64) : RouteQuestion.absent
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [("absent", nothing)]
    }

    private func unknown(_ variable: String) -> NothingToPutIn {
        NothingToPutIn(
            description:
                "{\(variable)} is new: give IsolationWorld something of it, and name it here")
    }
}
