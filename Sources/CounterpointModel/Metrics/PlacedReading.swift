// A reading together with where it belongs: what reach, rates and contradiction checks are computed
// from.

/// A reading of one campaign, channel and result set. Ids are the caller's: any numbers that tell
/// readings, campaigns and sets apart.
public struct PlacedReading: Hashable, Sendable {
    public var id: Int
    public var campaign: Int
    public var channel: Channel
    public var set: Int
    public var role: SetRole
    public var breakdown: Breakdown
    public var reading: Reading

    public init(
        id: Int, campaign: Int, channel: Channel, set: Int, role: SetRole = .primary,
        breakdown: Breakdown = .none, reading: Reading
    ) {
        self.id = id
        self.campaign = campaign
        self.channel = channel
        self.set = set
        self.role = role
        self.breakdown = breakdown
        self.reading = reading
    }
}
