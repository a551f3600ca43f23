// Where a campaign is seen, in the words that clients send.

/// A platform or other channel. The raw value is what clients send and what is stored.
public enum Channel: String, CaseIterable, Hashable, Sendable {
    case facebook, instagram
    /// Facebook, Instagram and Meta's other surfaces together, as its ads report them.
    case meta
    case youtube, googleSearch, googleDisplay, x, tiktok, snapchat, linkedin, website, messaging
    case television, radio, print, event, other

    /// The channels whose figures lie inside this one's: `facebook` and `instagram` in `meta`.
    /// Together they do not cover it, since ads run elsewhere on Meta too.
    public var parts: [Channel] { self == .meta ? [.facebook, .instagram] : [] }

    /// The channel that contains this one, if any.
    public var whole: Channel? { self == .facebook || self == .instagram ? .meta : nil }

    /// Whether counts of both for the same days would count something twice.
    public func sharesFigures(with other: Channel) -> Bool {
        self == other || parts.contains(other) || other.parts.contains(self)
    }
}
