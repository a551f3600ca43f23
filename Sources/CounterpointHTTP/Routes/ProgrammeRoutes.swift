// Programmes: set up by managers, read by everybody in them.

import CounterpointModel
import CounterpointRecords

struct ProgrammeRoutes {
    let registry: Registry

    private static let shape = Schema.named("Programme")

    var list: Operation {
        Operation(
            "listProgrammes", "List programmes", tag: .programmes,
            query: [
                .id("funder", "Only funded by this organisation."),
                QueryParameter("on", .day, "Only those that run on this day."),
                QueryParameter("name", .text(longest: 200), "Part of the name, in any case."),
            ] + .page,
            answers: [.page(of: "Programme")]
        ) { [registry] exchange in
            var filter = ProgrammeFilter()
            filter.funder = exchange.query.id("funder")
            filter.on = exchange.query.day("on")
            filter.name = exchange.query.text("name")
            let page = try await registry.programmes(
                filter, page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var add: Operation {
        Operation(
            "addProgramme", "Set up a programme", "The caller manages it from then on.",
            tag: .programmes, body: .json(.named("NewProgramme")),
            answers: [.created(Self.shape, readBy: "readProgramme", parameter: "programmeId")]
        ) { [registry] exchange in
            let answer = { @Sendable (made: Programme) in
                Answer.record(made).created(at: "/v1/programmes/\(made.id)")
            }
            let outcome = try await registry.addProgramme(
                try NewProgramme(exchange.json), as: exchange.caller, once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    var read: Operation {
        Operation(
            "readProgramme", "Read a programme", tag: .programmes, answers: [.one(Self.shape)]
        ) { [registry] exchange in
            .record(
                try await registry.programme(exchange.id("programmeId"), as: exchange.caller))
        }
    }

    var change: Operation {
        Operation(
            "changeProgramme", "Change a programme", tag: .programmes,
            body: .change(.named("ProgrammeChange")), needsVersion: true,
            answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let id: Programme.ID = try exchange.id("programmeId")
            let version = try await exchange.expectedVersion {
                try await registry.programme(id, as: exchange.caller).version
            }
            let outcome = try await registry.changeProgramme(
                id, try ProgrammeChange(exchange.json), expecting: version, as: exchange.caller,
                once: exchange.once { .record($0) })
            return exchange.answer(outcome) { .record($0) }
        }
    }
}
