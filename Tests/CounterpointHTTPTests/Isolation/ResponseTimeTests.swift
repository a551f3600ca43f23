// How long an answer takes must not tell another's from nothing. Calls for both are made in pairs, one right after the
// other and in changing order, so that a busy machine slows both alike; what is compared is which of a pair was slower.

import CounterpointModel
import HTTPTypes
import HummingbirdTesting
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Response times", .serialized)
struct ResponseTimeTests {
    /// Of so many pairs the share in which one kind is slower has a standard deviation of 1.3 %.
    private static let pairs = 1_500
    /// Five standard deviations. A clear difference (a query more, a row more to read) is far outside.
    private static let tolerated = 0.065
    /// Medians may differ by so much.
    private static let medianTolerated = 0.10

    private struct Comparison: CustomStringConvertible {
        var theirs: [Duration] = []
        var absent: [Duration] = []

        /// The share of pairs in which another's took longer; equal ones count half.
        var slower: Double {
            let sum = zip(theirs, absent).reduce(0.0) {
                $0 + ($1.0 > $1.1 ? 1 : $1.0 == $1.1 ? 0.5 : 0)
            }
            return sum / Double(max(theirs.count, 1))
        }
        var medians: (theirs: Double, absent: Double) { (Self.median(theirs), Self.median(absent)) }
        var separates: Bool {
            abs(slower - 0.5) > ResponseTimeTests.tolerated
                || abs(medians.theirs / medians.absent - 1) > ResponseTimeTests.medianTolerated
        }
        var description: String {
            func text(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
            return
                "\(theirs.count) pairs, medians \(text(medians.theirs)) and \(text(medians.absent)) ms, "
                + "another's slower in \((slower * 1000).rounded() / 10) %"
        }

        private static func median(_ times: [Duration]) -> Double {
            let sorted = times.sorted()
            guard !sorted.isEmpty else { return 0 }
            return Double(sorted[sorted.count / 2].components.attoseconds) / 1e15
        }
    }

    @Test("Not yours and not there take equally long")
    func times() async throws {
        try await RouteMatrixTests.withService { world, client in
            var comparison = try await Self.compare(world, client)
            print("isolation, response times: \(comparison)")
            // A machine that is busy with something else can make one run look odd, not two in the same direction.
            if comparison.separates {
                let first = comparison.slower > 0.5
                comparison = try await Self.compare(world, client)
                print("isolation, response times, again: \(comparison)")
                #expect(
                    !(comparison.separates && (comparison.slower > 0.5) == first), "\(comparison)")
            }
        }
    }

    private static func compare(
        _ world: IsolationWorld, _ client: any TestClientProtocol
    ) async throws -> Comparison {
        let token = try World.token(of: #require(world.callers["eA"]))
        let theirs =
            ["Bp", "Bq"].flatMap {
                [
                    "campaigns/\(world.holdings[$0]!.campaign)",
                    "grants/\(world.holdings[$0]!.grant)",
                ]
            } + world.sets.filter { $0.key.hasPrefix("B") }.map { "result-sets/\($0.value)" }
            + ["organisations/\(world.organisations["B"]!)"]
        func time(_ path: String, _ method: HTTPRequest.Method) async throws -> Duration {
            let began = ContinuousClock.now
            let seen = try await client.ask(
                method, path, token: token, method == .get ? [:] : [.ifMatch: "*"],
                body: method == .get ? nil : "{}")
            let took = ContinuousClock.now - began
            try #require(seen.status == 404)
            return took
        }
        var comparison = Comparison()
        for number in 0..<(pairs + 50) {
            let path = theirs[number % theirs.count]
            let kind = path.prefix { $0 != "/" }
            // Another id of nothing each time, as ids of things differ.
            let absent = "/v1/\(kind)/\(Identifier<Endpoint>.random())"
            let method: HTTPRequest.Method = number % 3 == 0 ? .patch : .get
            var took: (theirs: Duration, absent: Duration)
            if Bool.random() {
                took.theirs = try await time("/v1/\(path)", method)
                took.absent = try await time(absent, method)
            } else {
                took.absent = try await time(absent, method)
                took.theirs = try await time("/v1/\(path)", method)
            }
            // The first ones warm plans and caches.
            guard number >= 50 else { continue }
            comparison.theirs.append(took.theirs)
            comparison.absent.append(took.absent)
        }
        return comparison
    }
}
