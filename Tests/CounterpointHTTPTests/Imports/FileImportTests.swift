// Files of platforms through the service: recognised, accounted for, once, corrected, and all or nothing.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestDice
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Imports")
struct FileImportTests {
    @Test("Every golden file is answered with an account that adds up, and says what it wants")
    func goldens() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.meta])
            var recognised: Set<String> = []
            for file in PlatformFile.all {
                let path = "/v1/campaigns/\(campaign.id)/imports?dryRun=true\(try file.query())"
                let seen = try await world.send(
                    try file.bytes(), to: path, named: file.name,
                    asForm: file.name.utf8.count % 2 == 0,
                    as: world.test.editor)
                #expect([200, 409, 422].contains(seen.status), "\(file.path): \(seen.text)")
                #expect(seen.isBalanced, "\(file.path): \(seen.text)")
                #expect(seen.json["resultSets"] == nil || seen.json["resultSets"] == [])
                if let id = seen.json["format"]?["id"]?.string { recognised.insert(id) }
                let asks = !(seen.json["questions"]?.array ?? []).isEmpty
                #expect(!asks || seen.status == 422 || seen.json["dryRun"] == true, "\(file.path)")
            }
            #expect(recognised.count > 12, "\(recognised)")
            // Dry runs leave nothing behind.
            let list = try await world.ask(
                .get, "/v1/campaigns/\(campaign.id)/result-sets", as: world.test.editor)
            #expect(list.json["items"] == [])
        }
    }

    @Test("Mangled files are accounted for or refused, and nothing breaks")
    func mangled() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.meta])
            var dice = Dice(seed: runSeed)
            let files = PlatformFile.all
            for round in 0..<240 {
                let file = files[round % files.count]
                var bytes = try file.bytes()
                dice.mangle(&bytes)
                let seen = try await world.send(
                    bytes,
                    to: "/v1/campaigns/\(campaign.id)/imports?dryRun=true\(try file.query())",
                    named: file.name, asForm: round % 3 == 0, as: world.test.editor)
                #expect(seen.status < 500, "round \(round), \(file.path): \(seen.text)")
                #expect(seen.isBalanced, "round \(round), \(file.path): \(seen.text)")
            }
        }
    }

    @Test("A file makes drafts with itself as evidence; the same bytes again change nothing")
    func onceAndAgain() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.meta])
            let path = "/v1/campaigns/\(campaign.id)/imports"
            let file = try #require(PlatformFile.all.first { $0.name == "french-semicolons.csv" })
            let made = try await world.send(
                try file.bytes(), to: path + "?partial=true\(try file.query())", named: file.name,
                asForm: true,
                as: world.test.editor)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["source"]?["name"]?.string == file.name)
            let sets = made.json["resultSets"]?.array ?? []
            let set = try #require(sets.first?.string)
            let evidence = try await world.ask(
                .get, "/v1/result-sets/\(set)/evidence", as: world.test.editor)
            #expect(evidence.json["items"]?[0]?["kind"] == "original")
            #expect(evidence.json["items"]?[0]?["sha256"] == made.json["source"]?["sha256"])
            let again = try await world.send(
                try file.bytes(), to: path + "?\(try file.query())", named: "other-name.csv",
                as: world.test.editor)
            #expect(again.status == 200, "\(again.text)")
            #expect(again.json["unchanged"] == true)
            #expect(
                again.json["resultSets"]?.array == sets
                    && again.json["accounting"]?["accepted"] == 0)
            // A set that was withdrawn stands no more: the file is taken anew.
            for id in sets {
                try await world.move(
                    "/v1/result-sets/\(id.string ?? "")", to: "withdrawn", as: world.test.editor)
            }
            let anew = try await world.send(
                try file.bytes(), to: path + "?partial=true\(try file.query())",
                as: world.test.editor)
            #expect(anew.status == 201, "\(anew.text)")
            #expect(anew.json["resultSets"]?.array != sets)
        }
    }

    @Test("A newer export of the same days is a conflict that names what stands, or its correction")
    func newer() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/imports"
            let first = try await world.send(
                World.canonical(rows: 100), to: path, as: world.test.editor)
            #expect(first.status == 201, "\(first.text)")
            let set = try #require(first.json["resultSets"]?[0]?.string)
            let newer = World.canonical(rows: 50, shift: 3)
            let conflict = try await world.send(newer, to: path, as: world.test.editor)
            #expect(conflict.status == 409 && conflict.code == "periodAlreadyReported")
            #expect(conflict.json["inTheWay"]?[0]?.string == set)
            #expect(conflict.json["accounting"]?["accepted"] == 50, "\(conflict.text)")
            #expect(conflict.json["sets"]?[0]?["channel"] != nil)
            #expect(
                conflict.json["detail"]?.string?.contains(
                    "impressions for 2023-01-01 to 2023-01-01") == true)
            let look = try await world.send(
                newer, to: path + "?onOverlap=supersede&dryRun=true", as: world.test.editor)
            #expect(look.status == 200, "\(look.text)")
            // The day that only the old file has goes with it, and that is said.
            #expect(look.json["replaces"]?[0]?["leavesOut"]?[0]?["from"] == "2023-01-02")
            let correction = try await world.send(
                newer, to: path + "?onOverlap=supersede", as: world.test.editor)
            #expect(
                correction.status == 201 && correction.json["replaces"]?[0]?["then"] == "withdrawn")
            let old = try await world.ask(.get, "/v1/result-sets/\(set)", as: world.test.editor)
            #expect(old.json["status"] == "withdrawn")

            // Once accepted, the correction waits for its own acceptance.
            let second = try #require(correction.json["resultSets"]?[0]?.string)
            try await world.move(
                "/v1/result-sets/\(second)", to: "submitted", as: world.test.editor)
            try await world.move(
                "/v1/result-sets/\(second)", to: "accepted", as: world.test.manager)
            let third = try await world.send(
                World.canonical(rows: 50, shift: 9), to: path + "?onOverlap=supersede",
                as: world.test.editor)
            #expect(
                third.json["replaces"]?[0]?["then"] == "supersededWhenAccepted", "\(third.text)")
            let id = try #require(third.json["resultSets"]?[0]?.string)
            let made = try await world.ask(.get, "/v1/result-sets/\(id)", as: world.test.editor)
            #expect(made.json["supersedes"]?.string == second)
        }
    }

    @Test("Lifetime figures replace the earlier ones, whatever days are given with them")
    func snapshots() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.facebook])
            let file = try #require(
                PlatformFile.all.first { $0.folder == "metaPosts" && $0.name.hasPrefix("facebook") }
            )
            let path = "/v1/campaigns/\(campaign.id)/imports?channel=facebook&partial=true"
            let first = try await world.send(
                try file.bytes(), to: path + "&from=2025-01-14&to=2025-04-14", named: file.name,
                as: world.test.editor)
            #expect(first.status == 201, "\(first.text)")
            #expect(first.json["snapshot"] == true)
            let sets = (first.json["resultSets"]?.array ?? []).compactMap(\.string)
            let later = try await world.send(
                try file.bytes() + [0x0D, 0x0A], to: path + "&from=2025-05-01&to=2025-05-31",
                named: file.name, as: world.test.editor)
            #expect(later.status == 201, "\(later.text)")
            #expect(
                Set((later.json["replaces"]?.array ?? []).compactMap { $0["id"]?.string })
                    == Set(sets), "\(later.text)")
            for set in sets {
                let old = try await world.ask(.get, "/v1/result-sets/\(set)", as: world.test.editor)
                #expect(old.json["status"] == "withdrawn")
            }
        }
    }

    @Test("Two uploads at once of one file end in one set")
    func atOnce() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/imports"
            let bytes = World.canonical(rows: 300)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for form in 0..<5 {
                    group.addTask {
                        try await world.send(
                            bytes, to: path, asForm: form % 2 == 0, as: world.test.editor
                        ).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 200, 200, 200, 201])
            let list = try await world.ask(
                .get, "/v1/campaigns/\(campaign.id)/result-sets", as: world.test.editor)
            #expect(list.json["items"]?.array?.count == 1)
        }
    }

    @Test("Refusals: no file, two files, unknown files, words that are wrong, rivals and readers")
    func refusals() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/imports"
            let csv = World.canonical(rows: 3)
            func status(_ bytes: [UInt8], _ query: String = "", _ caller: Caller? = nil)
                async throws -> Seen
            {
                try await world.send(bytes, to: path + query, as: caller ?? world.test.editor)
            }
            #expect(try await status(csv, "?format=metaAdz").status == 400)
            #expect(try await status(csv, "?from=2023-01-01").pointers == ["to"])
            #expect(try await status(csv, "?from=2023-02-01&to=2023-01-01").pointers == ["to"])
            let unknown = try await status(Array("Farbe;Menge\nrot;3\n".utf8))
            #expect(unknown.status == 422 && unknown.code != "rowsRejected", "\(unknown.text)")
            #expect(
                unknown.json["format"] == .null && unknown.json["columns"]?.array?.isEmpty == false)
            let picture = try await status([
                0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0,
            ])
            #expect(picture.status == 422 && picture.code == "notATable", "\(picture.text)")
            #expect(try await status([]).status == 422)
            #expect(try await status(csv, "", world.test.rival).status == 404)
            #expect(try await status(csv, "", world.test.funder).status == 403)
            #expect(try await status(csv, "", world.test.viewer).status == 403)
            let form: HTTPResponse.Status = try await world.client.execute(
                uri: path, method: .post,
                headers: [
                    .authorization: "Bearer \(World.token(of: world.test.editor))",
                    .contentType: "multipart/form-data; boundary=x",
                ],
                body: .init(
                    string:
                        "--x\r\nContent-Disposition: form-data; name=\"dryRun\"\r\n\r\ntrue\r\n--x--\r\n"
                )
            ) { $0.status }
            #expect(form == .badRequest)
        }
    }
}

/// A file of Tests/CounterpointFormatsTests/Files, with what is sent beside it.
struct PlatformFile: Sendable {
    var folder: String
    var name: String

    static let root: String =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        + "/CounterpointFormatsTests/Files/"

    static let all: [PlatformFile] = {
        let manager = FileManager.default
        let folders = ((try? manager.contentsOfDirectory(atPath: root)) ?? []).sorted()
        return folders.flatMap { folder -> [PlatformFile] in
            ((try? manager.contentsOfDirectory(atPath: root + folder)) ?? []).sorted()
                .filter { !$0.hasSuffix(".txt") && !$0.hasSuffix(".md") }
                .map { PlatformFile(folder: folder, name: $0) }
        }
    }()

    var path: String { Self.root + folder + "/" + name }

    func bytes() throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path))) }

    /// As `&from=…&to=…`.
    func query() throws -> String {
        guard FileManager.default.fileExists(atPath: path + ".txt") else { return "" }
        let text = try String(contentsOfFile: path + ".txt", encoding: .utf8)
        guard let first = text.split(separator: "\n").first, first.hasPrefix(">") else { return "" }
        return first.dropFirst().split(separator: " ").map { "&" + $0 }.joined()
    }
}

/// Damage of the kinds that files meet: cut, cells replaced, bytes changed, lines repeated.
extension Dice {
    fileprivate mutating func mangle(_ bytes: inout [UInt8]) {
        for _ in 0...below(4) {
            guard !bytes.isEmpty else { return }
            switch below(6) {
            case 0: bytes.removeLast(below(bytes.count))
            case 1: bytes[below(bytes.count)] = UInt8(below(256))
            case 2: bytes.insert(contentsOf: Array("--,\"".utf8), at: below(bytes.count))
            case 3:
                let start = below(bytes.count)
                bytes.removeSubrange(start..<min(bytes.count, start + below(40)))
            case 4: bytes = bytes.flatMap { [$0, 0] }
            default:
                let start = below(bytes.count)
                bytes.insert(
                    contentsOf: bytes[start..<min(bytes.count, start + below(200))],
                    at: below(bytes.count))
            }
        }
    }
}
