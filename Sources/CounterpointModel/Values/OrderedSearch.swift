// Binary search in what is already in order.

extension Array {
    /// The first place where the condition holds, given that it holds from some place on; the end
    /// if nowhere.
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
