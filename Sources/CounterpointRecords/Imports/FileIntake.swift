// A file on its way in: pieces of any size go in, and at the end there is a reading of the whole. A canonical CSV is read
// while it comes and never held; any other file is held until its last byte, because tables in it cannot be told before.

import CounterpointFormats
public import CounterpointModel
import Crypto
import Synchronization

/// Takes the bytes of one file. What it holds: of a canonical CSV 48 bytes a row, of another file its bytes.
public final class FileIntake: Sendable {
    /// What the file is taken for.
    public enum Kind: Sendable, Hashable {
        /// Whatever its content says.
        case recognised
        /// The canonical CSV, whatever stands in its first line.
        case canonical
    }

    /// A file that is not canonical has at most this: it is held in memory, and the largest real export seen had 9 MB.
    public static let heldBytesMax = 64 << 20
    private let name: String
    private let options: FileOptions
    private let intake: Mutex<Intake>

    public init(name: String?, kind: Kind = .recognised, options: FileOptions = FileOptions()) {
        self.name = name ?? Self.unnamed
        self.options = options
        let isCanonical = kind == .canonical || options.format == FileOptions.canonical
        intake = Mutex(
            Intake(
                state: isCanonical ? .canonical(CanonicalResults()) : .beginning([]),
                mayBeCanonical: options.format == FileOptions.automatic))
    }

    private static let unnamed = "unnamed"

    /// The next piece. Throws when the file is larger than can be taken.
    public func take(_ piece: [UInt8]) throws {
        try intake.withLock { try $0.take(piece) }
    }

    public func note(in progress: ImportProgress) {
        intake.withLock { progress.noteRead(bytes: $0.bytes, rows: $0.rowsRead) }
    }

    /// The file as it was read; nothing can be asked after this. Throws what it is refused for as a whole. It may take
    /// a second and more: not for a thread that others wait for.
    public func finish() throws -> FileReading {
        // Taken out, so that nothing else holds what is changed on the way.
        let last = intake.withLock { intake in
            let last = intake
            intake = Intake(state: .held([]), mayBeCanonical: false)
            return last
        }
        return try last.finish(name, options)
    }

    fileprivate static let tooLarge = RegistryError.refused(
        Refusal(
            "fileTooLarge",
            "A file of a platform has at most \(heldBytesMax >> 20) MiB. Export a shorter time, or send the canonical "
                + "CSV, which may be longer."))
    /// Enough to hold the first line of any table, by which a canonical CSV is known.
    fileprivate static let beginningBytes = 16 << 10
}

private struct Intake: Sendable {
    enum State: Sendable {
        case beginning([UInt8])
        case canonical(CanonicalResults)
        case held([UInt8])
    }

    private var state: State
    private let mayBeCanonical: Bool
    private var hash = SHA256()
    private var original: [UInt8]? = []
    /// Bytes taken so far.
    private(set) var bytes: Int64 = 0

    init(state: State, mayBeCanonical: Bool) {
        self.state = state
        self.mayBeCanonical = mayBeCanonical
    }

    /// Rows read so far, of a file that is read while it comes.
    var rowsRead: Int64 {
        if case .canonical(let results) = state { Int64(results.rowsRead) } else { 0 }
    }

    mutating func take(_ piece: [UInt8]) throws {
        hash.update(data: piece)
        bytes += Int64(piece.count)
        keep(piece)
        let before = state
        // Nothing else may hold what is changed, or it would be copied with every piece.
        state = .held([])
        switch before {
        case .beginning(var beginning):
            beginning += piece
            state = .beginning(beginning)
            if beginning.count >= FileIntake.beginningBytes { decide(beginning) }
        case .canonical(var results):
            results.read(piece)
            state = .canonical(results)
        case .held(var held):
            guard held.count + piece.count <= FileIntake.heldBytesMax else {
                throw FileIntake.tooLarge
            }
            held += piece
            state = .held(held)
        }
    }

    consuming func finish(_ name: String, _ options: FileOptions) throws -> FileReading {
        if case .beginning(let beginning) = state { decide(beginning) }
        let source = SourceFile(
            name: name, bytes: bytes, sha256: Array(hash.finalize()).hexText)
        switch state {
        case .canonical(var results):
            state = .held([])
            return try Self.reading(results.finish(), source, original)
        case .held(let held):
            return try PlatformReading.read(held, source, original, options)
        case .beginning: throw RegistryError.internalFault("a file that is neither one nor other")
        }
    }

    private mutating func decide(_ beginning: [UInt8]) {
        guard mayBeCanonical, CanonicalResults.isMeant(by: beginning) else {
            state = .held(beginning)
            return
        }
        var results = CanonicalResults()
        results.read(beginning)
        state = .canonical(results)
    }

    // The file itself, as long as it may become evidence.
    private mutating func keep(_ piece: [UInt8]) {
        guard let held = original?.count else { return }
        if held + piece.count > FileReading.originalBytesMax {
            original = nil
        } else {
            original?.append(contentsOf: piece)
        }
    }

    private static func reading(
        _ report: PackedReport, _ source: SourceFile, _ original: [UInt8]?
    ) throws -> FileReading {
        FileReading(
            source: source, method: .canonicalCSV,
            sets: try report.sets.map { set in
                try SetOfFile(
                    channel: set.channel, breakdown: set.breakdown, period: set.period,
                    readings: set.readings)
            },
            accounting: report.accounting, problems: report.problems,
            problemsNotListed: report.problemsNotListed, about: .canonical, original: original)
    }
}

/// What the client says about a file that the file may leave open.
public struct FileOptions: Sendable, Hashable {
    /// `automatic`, or the id of a format.
    public var format = automatic
    /// The days of a file that states none.
    public var period: Period?
    /// The channel of a file that leaves it open.
    public var channel: Channel?
    /// What amounts are in, for a file that names no currency.
    public var currency: Currency?
    /// One of `dayOrders`: how 03/04/2026 is to be read.
    public var dayOrder: String?
    /// One of `numberStyles`: how 1.234 is to be read.
    public var numberStyle: String?
    /// Which metric the figures are, for a file of one metric that does not name it.
    public var metric: Metric?

    public static let dayOrders = DayOrder.allCases.map(\.rawValue)
    public static let numberStyles = NumberStyle.allCases.map(\.rawValue)
    public static let automatic = FormatCatalogue.automatic
    public static let canonical = "canonical"

    public init(format: String = automatic, period: Period? = nil, channel: Channel? = nil) {
        self.format = format
        self.period = period
        self.channel = channel
    }
}
