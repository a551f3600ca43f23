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

    @Test("One caller has four, and leaves room for the others, who have sixteen in all")
    func room() async throws {
        let uploads = UploadAdmission()
        let rival = Principal.ID.random()
        let others = (0..<5).map { _ in Principal.ID.random() }
        let wanted = Array(repeating: rival, count: 6) + others.flatMap { [$0, $0, $0] }
        let seen = try await statuses(wanted[...], uploads)
        #expect(
            seen == [200, 200, 200, 200, 429, 429] + Array(repeating: 200, count: 12) + [
                503, 503, 503,
            ])
        // All are through, also those that ended with an error.
        _ = try? await uploads.admit(rival) { throw Through() }
        #expect(
            try await statuses(Array(repeating: rival, count: 4)[...], uploads) == [
                200, 200, 200, 200,
            ])
    }
}
