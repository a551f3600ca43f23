// Reading a list to its end, and what a write made.

import CounterpointModel
import CounterpointRecords

/// Every item of a list, page after page.
func everything<Item: Sendable>(
    _ page: (PageRequest) async throws -> Page<Item>
) async throws -> [Item] {
    var items: [Item] = []
    var cursor: String?
    repeat {
        let next = try await page(PageRequest(limit: PageRequest.maximumLimit, cursor: cursor))
        items += next.items
        cursor = next.next
    } while cursor != nil
    return items
}

extension Outcome {
    /// What was made by a write that had no key, and so cannot be a replay.
    func made() throws -> Value {
        guard case .done(let value) = self else {
            throw CommandFailure(
                .unexpected, "A write without a key was answered with an earlier one's answer.")
        }
        return value
    }
}
