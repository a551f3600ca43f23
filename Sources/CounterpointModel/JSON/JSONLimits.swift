// How much JSON one text may hold.

/// Limits on one JSON text; what goes beyond is refused before memory is spent on it.
public struct JSONLimits: Sendable, Hashable {
    /// Longest text in bytes.
    public var bytesMax: Int
    /// Arrays and objects inside one another.
    public var depthMax: Int
    /// Members of one object.
    public var membersMax: Int
    /// Elements of one array.
    public var elementsMax: Int

    public init(bytesMax: Int, depthMax: Int, membersMax: Int, elementsMax: Int) {
        self.bytesMax = bytesMax
        self.depthMax = depthMax
        self.membersMax = membersMax
        self.elementsMax = elementsMax
    }

    /// A request body.
    ///
    /// Bytes: 5,000 readings (the most in a JSON body) of about 350 bytes are 1.75 MB.
    /// Depth: our deepest body has 4 levels (set › readings › reading › money); 32 leaves room and
    /// keeps the recursion of the parser under 32 × about 500 bytes of stack.
    /// Members: our widest object has 16. Elements: twice the 5,000 readings, so that a body with
    /// too many is answered by the rule that says so.
    public static let body = JSONLimits(
        bytesMax: 2_000_000, depthMax: 32, membersMax: 256, elementsMax: 10_000)

    /// A document of our own that we read back: audit details, stored answers, summaries by CLI.
    /// 64 MB is a page of 500 result sets of 5,000 readings at their shortest; a group or a
    /// receipt may list every reading of a programme, so elements are bounded by bytes alone.
    public static let ownDocument = JSONLimits(
        bytesMax: 64_000_000, depthMax: 32, membersMax: 10_000, elementsMax: 64_000_000)

    // The longest number kept: 26 + 8 digits are the most that any member takes, and 64 leaves
    // room for an exponent somebody writes out, while a megabyte of digits is refused at once.
    static let numberBytesMax = 64
}
