// The service about itself. All open: nothing here belongs to anybody, and metrics know routes and
// counts but no programme, organisation or person.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

struct HealthRoutes {
    let registry: Registry
    let metrics: PrometheusMetrics

    var live: Operation {
        Operation(
            "checkLive", "Is the process alive?",
            "Answers without the database, so that an orchestrator does not restart a sound process.",
            tag: .service, access: .open,
            answers: [Self.good]
        ) { _ in .json(["status": "ok"]) }
    }

    var ready: Operation {
        Operation(
            "checkReady", "Can requests be answered?",
            "Asks the database; 503 while it is away or its schema is not this build's.",
            tag: .service, access: .open,
            answers: [Self.good]
        ) { [registry] _ in
            do {
                try await registry.ping()
            } catch {
                throw ErrorResponses.unavailable(
                    "The database is away, or its schema is not the one this build needs.",
                    retryAfterSeconds: Limits.readinessRetrySeconds)
            }
            return .json(["status": "ok"])
        }
    }

    var figures: Operation {
        Operation(
            "readMetrics", "Counters and timings for Prometheus",
            "Requests are counted by route template, method and status. No name of a programme, "
                + "organisation or person is a label.",
            tag: .service, access: .open,
            answers: [
                AnswerShape(
                    status: 200, help: "The Prometheus text format 0.0.4.",
                    contents: [.init(type: .prometheus, schema: .text("One sample a line."))])
            ]
        ) { [metrics] _ in
            let text = Exposition.text(metrics) + ProcessFigures.text()
            return Answer(
                status: .ok,
                headers: [
                    .contentType: MediaType.prometheus.fieldValue, .cacheControl: "no-store",
                ],
                body: Array(text.utf8))
        }
    }

    /// `document` is rendered once, when the service is built.
    static func description(_ document: Answer) -> Operation {
        Operation(
            "readDescription", "This description", tag: .service, access: .open,
            answers: [
                AnswerShape(
                    status: 200, help: "OpenAPI 3.1.",
                    contents: [
                        .init(
                            type: .json,
                            schema: Schema([
                                "type": "object", "required": ["openapi", "info", "paths"],
                            ]))
                    ],
                    fields: [.entityTag])
            ]
        ) { _ in document }
    }

    private static let good = AnswerShape(
        status: 200, help: "Yes.",
        contents: [
            .init(
                type: .json,
                schema: .object(
                    "Yes.", required: [("status", .words(["ok"], "Always `ok`."))]))
        ])
}

extension [Endpoint] {
    /// These endpoints and the one that describes them, itself included.
    var described: [Endpoint] {
        let path: PathTemplate = "/openapi.json"
        let all = self + [.get(path, HealthRoutes.description(Answer(status: .ok)))]
        let document = OpenAPIDocument(endpoints: all, schemas: Schemas.all).json
        var answer = Answer.json(document, headers: [.cacheControl: "no-cache"])
        answer.headers[.eTag] = EntityTag.strong(digest: Fingerprint.of([answer.body]))
        return self + [.get(path, HealthRoutes.description(answer))]
    }
}
