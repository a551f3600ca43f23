// The answers that most routes share.

import CounterpointModel

extension AnswerShape {
    /// 200 with one resource and its tag; 304 goes with it.
    static func one(_ schema: Schema, _ help: String = "The resource as it stands.") -> AnswerShape
    {
        AnswerShape(
            status: 200, help: help, contents: [.init(type: .json, schema: schema)],
            fields: [.entityTag])
    }

    /// 200 with a page of resources.
    static func page(of item: String) -> AnswerShape {
        AnswerShape(
            status: 200, help: "A page, oldest first unless said otherwise.",
            contents: [.init(type: .json, schema: .named("\(item)Page"))],
            fields: [
                Field(
                    name: "Link", help: "`<…>; rel=\"next\"` while there is a next page.",
                    isAlwaysThere: false)
            ])
    }

    /// 201 with what was made, and where it is.
    static func created(_ schema: Schema, readBy operationId: String, parameter: String)
        -> AnswerShape
    {
        AnswerShape(
            status: 201, help: "It was made; this is it.",
            contents: [.init(type: .json, schema: schema)],
            fields: [
                Field(name: "Location", help: "Where it is from now on."), .entityTag, .replayed,
            ],
            links: [
                Link(
                    name: "read", operationId: operationId, parameter: parameter,
                    expression: "$response.body#/id")
            ])
    }

    /// 200 after a change.
    static func changed(_ schema: Schema) -> AnswerShape {
        AnswerShape(
            status: 200, help: "The resource after the change.",
            contents: [.init(type: .json, schema: schema)], fields: [.entityTag, .replayed])
    }

    /// 304: the client has it already.
    static let notModified = AnswerShape(
        status: 304, help: "What you have (If-None-Match) still stands.", fields: [.entityTag])
}

extension AnswerShape.Field {
    static let entityTag = AnswerShape.Field(
        name: "ETag", help: "Names this version; send it back as If-Match or If-None-Match.")
    static let replayed = AnswerShape.Field(
        name: "Idempotency-Replayed",
        help: "`true` when this is the first answer to this Idempotency-Key again.",
        isAlwaysThere: false)
}
