// Text that people type: how long, on how many lines, and without what hides or reorders other text.

/// How much text a member takes. Lengths are Unicode scalars, as PostgreSQL's char_length counts
/// them; a "character" may be any number of scalars and bounds nothing.
public struct TextRule: Sendable, Hashable {
    public var scalarsMax: Int
    /// Whether line breaks and tabs may stand in it.
    public var isProse: Bool

    private init(_ scalarsMax: Int, isProse: Bool) {
        self.scalarsMax = scalarsMax
        self.isProse = isProse
    }

    /// Names of organisations, programmes, campaigns, people: the longest legal names we know have
    /// about 160 characters, and 200 × 4 bytes stay below the 2,704 bytes of an index entry.
    public static let name = TextRule(200, isProse: false)
    /// Titles and labels of content: platforms allow ad names of 400 (Meta) and tweets of 280.
    public static let title = TextRule(400, isProse: false)
    /// A cell of a breakdown: a region, an age band, a gender, a language; the longest seen is 60.
    public static let cell = TextRule(120, isProse: false)
    /// E-mail addresses: RFC 5321 ends at 254.
    public static let email = TextRule(254, isProse: false)
    /// Telephone numbers with their country code and an extension.
    public static let phone = TextRule(40, isProse: false)
    /// A file's name: file systems end at 255 bytes.
    public static let fileName = TextRule(255, isProse: false)
    /// A remark or a reason: about half a page.
    public static let note = TextRule(1_000, isProse: true)
    /// A section of a brief or a report: about two pages.
    public static let section = TextRule(4_000, isProse: true)

    // Refused everywhere: C0 and C1 controls other than line breaks and tabs, the byte order mark,
    // and whatever embeds, overrides or isolates direction: with those, what a reviewer reads is
    // not what is stored ("Trojan source"). The plain marks U+200E, U+200F and U+061C stay, since
    // Arabic and Hebrew texts need them, and so do the joiners U+200C and U+200D of Persian.
    static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x202A...0x202E, 0x2066...0x2069: true
        case 0x2028, 0x2029, 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }

    private static func isLineBreakOrTab(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || scalar == "\t"
    }

    /// What is wrong with a text under this rule.
    public enum Violation: Error, Sendable, Hashable {
        case blank, tooLong
        case controlCharacter(Unicode.Scalar)
    }

    /// The text as it is stored: in NFC, without white space at its ends.
    public func checked(_ text: String) throws(Violation) -> String {
        // The bound comes first, so that a megabyte of combining marks is not normalised. A scalar
        // has at most 4 bytes, and composing makes at most one of four (a letter with three marks).
        let composedFromMax = 4
        guard text.utf8.count <= scalarsMax * 4 * composedFromMax else { throw .tooLong }
        let refused = text.unicodeScalars.first {
            Self.isRefused($0) && !(isProse && Self.isLineBreakOrTab($0))
        }
        if let refused { throw .controlCharacter(refused) }
        let stored = Self.normalised(Self.trimmed(text))
        guard !stored.isEmpty else { throw .blank }
        guard stored.unicodeScalars.count <= scalarsMax else { throw .tooLong }
        return stored
    }

    static func trimmed(_ text: String) -> String {
        // Nearly all text has nothing to trim, and then no copy is made.
        guard
            text.unicodeScalars.first.map(isWhiteSpace) == true
                || text.unicodeScalars.last.map(isWhiteSpace) == true
        else { return text }
        var scalars = text.unicodeScalars[...]
        while scalars.first.map(isWhiteSpace) == true { scalars.removeFirst() }
        while scalars.last.map(isWhiteSpace) == true { scalars.removeLast() }
        return String(scalars)
    }

    // The look-up of a property is slow beside a comparison, and most text is ASCII at its ends.
    private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x80
            ? scalar.value == 0x20 || (0x09...0x0D).contains(scalar.value)
            : scalar.properties.isWhitespace
    }
}
