// How many files are received side by side, of one caller and of all.

import CounterpointModel
import Testing

@testable import CounterpointHTTP

@Suite("Files at one time")
struct UploadAdmissionTests {
    private struct Through: Error {}

    /// The statuses of as many files as are asked for, each begun while those before it are under way.
    private func statuses(
        _ callers: ArraySlice<Principal.ID>, _ uploads: UploadAdmission
    ) async throws -> [Int] {
        guard let first = callers.first else { return [] }
        do {
            return try await uploads.admit(first) {
                [200] + (try await statuses(callers.dropFirst(), uploads))
            }
        } catch let problem as Problem {
            return [problem.kind.status] + (try await statuses(callers.dropFirst(), uploads))
        }
    }

    @Test("One caller has eight, and leaves room for the others, who have thirty-two in all")
    func room() async throws {
        let uploads = UploadAdmission()
        let rival = Principal.ID.random()
        let others = (0..<9).map { _ in Principal.ID.random() }
        let wanted = Array(repeating: rival, count: 10) + others.flatMap { [$0, $0, $0] }
        let seen = try await statuses(wanted[...], uploads)
        #expect(seen.prefix(10) == [200, 200, 200, 200, 200, 200, 200, 200, 429, 429])
        #expect(seen.dropFirst(10) == (Array(repeating: 200, count: 24) + [503, 503, 503])[...])
        // All are through, also those that ended with an error.
        _ = try? await uploads.admit(rival) { throw Through() }
        let after = try await statuses(Array(repeating: rival, count: 8)[...], uploads)
        #expect(after == Array(repeating: 200, count: 8))
    }
}
