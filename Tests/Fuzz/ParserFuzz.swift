// What libFuzzer drives: everything of the model that reads bytes of strangers. Compiled by .make/fuzz-parsers together with
// the model's own sources, as one module; not a target of the package, since only some toolchains bring libFuzzer.
//
// A crash is a finding; so is a promise that does not hold, which ends the program here.

import FoundationEssentials
import Glibc

private let target: @Sendable ([UInt8]) -> Void = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = Targets.all[name] else {
        print("FUZZ_TARGET is one of \(Targets.all.keys.sorted().joined(separator: " "))")
        exit(2)
    }
    return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private enum Targets {
    static let all: [String: @Sendable ([UInt8]) -> Void] = [
        "json": json, "bodies": bodies, "csv": csv, "canonical": canonical, "values": values,
        "guard": guarding,
    ]

    /// What is read and written again is read as the same.
    @Sendable static func json(_ bytes: [UInt8]) {
        guard let value = try? JSONParser.parse(bytes, limits: .body) else { return }
        let again = try? JSONParser.parse(Array(value.text.utf8), limits: .ownDocument)
        require(again == value)
    }

    /// Every kind of body takes any JSON, or says what is wrong with it.
    @Sendable static func bodies(_ bytes: [UInt8]) {
        guard let kind = bytes.first, let body = try? JSONParser.parse(Array(bytes.dropFirst()))
        else {
            return
        }
        func read<Body: BodyReadable>(_: Body.Type) {
            do {
                _ = try Body(body)
            } catch {
                require(!error.faults.isEmpty)
            }
        }
        switch kind % 16 {
        case 0: read(NewOrganisation.self)
        case 1: read(OrganisationChange.self)
        case 2: read(StandingTransition.self)
        case 3: read(NewProgramme.self)
        case 4: read(ProgrammeChange.self)
        case 5: read(NewGrant.self)
        case 6: read(GrantChange.self)
        case 7: read(Transition<GrantStatus>.self)
        case 8: read(NewCampaign.self)
        case 9: read(CampaignChange.self)
        case 10: read(Transition<ResultSetStatus>.self)
        case 11: read(NewToken.self)
        case 12: read(NewPrincipal.self)
        case 13: read(NewOrganisationMerge.self)
        case 14: read(SourceFile.self)
        default: read(NewResultSet.self)
        }
    }

    /// Pieces make no difference.
    @Sendable static func csv(_ bytes: [UInt8]) {
        var whole: [[String]] = []
        var reader = CSVReader()
        reader.read(bytes) { whole.append($0.cells) }
        reader.finish { whole.append($0.cells) }
        var pieces: [[String]] = []
        var other = CSVReader()
        for byte in bytes { other.read([byte]) { pieces.append($0.cells) } }
        other.finish { pieces.append($0.cells) }
        require(whole == pieces)
    }

    /// No row is lost without a word.
    @Sendable static func canonical(_ bytes: [UInt8]) {
        let header = Array(
            "channel,metric,from,to,content,breakdown,cell,value,state,qualifier,currency,note\n"
                .utf8)
        for file in [bytes, header + bytes] {
            let report = CanonicalResults.read(file)
            require(report.accounting.isBalanced)
            require(report.accounting.rejected == 0 || !report.problems.isEmpty)
            require(report.sets.reduce(0) { $0 + $1.readings.count } == report.accounting.accepted)
        }
    }

    /// Values that print themselves come back as they were.
    @Sendable static func values(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = TokenSecret(text)
        if let day = Day(iso: text) { require(Day(iso: "\(day)") == day) }
        if let instant = Instant(rfc3339: text) {
            require(Instant(rfc3339: "\(instant)") == instant)
        }
        if let number = ExactDecimal(text) { require(ExactDecimal("\(number)") == number) }
        if let currency = Currency("UAH"), let money = Money(text: text, currency) {
            require(money.currency == currency)
        }
        _ = Currency(text)
        _ = Country(text)
        _ = Language(text)
        _ = Identifier<Void>(text)
    }

    /// No cell begins like a formula, and none is lost.
    @Sendable static func guarding(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let guarded = CSVGuard.guarded(text)
        require(CSVGuard.unguarded(guarded) == text)
        let signs: Set<Character> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
        for cell in guarded.unicodeScalars.split(whereSeparator: {
            ",;|\"\t\n\r".unicodeScalars.contains($0)
        }) {
            require(cell.first.map { !signs.contains(Character($0)) } ?? true)
        }
    }

    private static func require(_ promise: Bool, _ line: Int = #line) {
        guard !promise else { return }
        print("the promise in line \(line) of ParserFuzz.swift does not hold")
        abort()
    }
}
