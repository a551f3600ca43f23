// Every limit of the door in one place, each with its arithmetic. Nothing that a client sends or
// withholds may cost more than what stands here.

import CounterpointModel
import NIOCore

enum Limits {
    // MARK: The head of a request

    /// The longest request target. Our longest honest one is a summary over many campaigns: 100
    /// ids of 36 characters with `&campaign=` before each make 4.6 KB.
    static let targetBytes = 8 * 1024
    /// Names and values of all header fields together, four bytes more for each field. A browser
    /// behind two proxies sends 2 to 4 KB.
    static let headerBlockBytes = 16 * 1024
    /// More fields than any client or proxy adds; each costs two strings.
    static let headerFields = 100
    /// What the parser keeps at most for one field or the target before it gives up: room for a
    /// target or a header block that is too long to be seen whole, and so answered with 414 or 431.
    static let parserFieldBytes = 24 * 1024
    /// `parserFieldBytes` for the target and as much for the fields.
    static let parserBlockBytes = 48 * 1024

    // MARK: Bodies

    /// A campaign with its brief is 5 KB, a grant with 100 instalments 12 KB: a factor of 80 to spare.
    static let jsonBodyBytes = 1024 * 1024
    /// A reading is about 160 bytes as JSON, so this holds some 50,000 readings.
    static let resultSetBodyBytes = 8 * 1024 * 1024
    /// A canonical row is about 60 bytes, so this holds the two million rows that are taken. It is read while it comes, and
    /// what is held meanwhile is less than this: 48 bytes a row.
    static let csvBodyBytes = 128 * 1024 * 1024
    /// A file of evidence with what a form puts around it.
    static let evidenceBodyBytes = Evidence.bytesMax + 64 * 1024
    /// Bodies held in memory at one time over all requests: four of the largest, or one for each
    /// request in flight at 1 MiB. Beyond it the answer is 503 at once.
    static let bodiesHeldBytes = 256 * 1024 * 1024
    /// Of one organisation, or of one person of none: the largest file that is held (64 MiB) and some forms beside it. Three
    /// of them would have to join to keep the others out.
    static let bodiesHeldOfOneBytes = 80 * 1024 * 1024
    /// Of all who were not looked up yet: 64 forms of the largest size. Beyond it a sender is looked up first.
    static let bodiesHeldOfStrangersBytes = 64 * 1024 * 1024
    /// A body larger than this is only read from somebody the database knows: the form of a token
    /// can be made up, and memory should not be had for it.
    static let bodyBytesBeforeLookup = 1024 * 1024
    /// What is read and thrown away of a body after its request was answered early, so that the
    /// connection can be kept; a longer rest closes it.
    static let drainedBodyBytes = 64 * 1024

    // MARK: Time

    /// Silence between requests, or in the middle of one. The slowest honest line here (2G, some
    /// hundred bit/s) sends a byte more often than this.
    static let silence: TimeAmount = .seconds(15)
    /// A body, or each further `bodyStepBytes` of a long one, whatever drips in between. So what is no upload ends within
    /// a minute, and a file may be as long as a poor line needs: 25 MB of evidence some 25 minutes.
    static let bodyStep: TimeAmount = .seconds(60)
    /// What must come within `bodyStep`: 140 kbit/s, half of what the slowest line sends that an office uploads pictures
    /// over (ADSL or 3G with 256 kbit/s). Whoever sends less can only be holding one of `uploadsAtOnce`.
    static let bodyStepBytes = 1024 * 1024
    /// A client that does not read its answer: the largest (a page of 500 result sets, some MB)
    /// at 2G speed is longer than anybody waits. Of an answer that is sent in pieces (a file of evidence, 256 KiB each:
    /// 35 kbit/s) it is the time of each piece.
    static let unreadAnswer: TimeAmount = .seconds(60)
    /// How long bytes are still read (and thrown away) after the last answer, so that the reset for
    /// unread bytes does not overtake it.
    static let lingering: TimeAmount = .seconds(1)
    /// When the service stops, a quiet connection is still listened to for so long: a request that
    /// crossed with the stop is answered instead of lost. Well under the 10 s that a stop may take.
    static let stopGrace: TimeAmount = .seconds(2)

    // MARK: How much at once

    /// Open connections. An idle one costs about 30 KB: 60 MB. Others wait in the kernel's queue.
    static let connections = 2_048
    /// Connections of one address: an eighth of all, so that it takes eight to keep others out. An
    /// office behind one address has some dozens. A proxy on another host needs more
    /// (`COUNTERPOINT_CONNECTIONS_PER_ADDRESS`).
    static let connectionsPerAddress = 256
    /// Connections that wait in the kernel while the limit above holds.
    static let backlog = 512
    /// Requests past their body and not yet answered. With a pool of 8 connections and 2 ms a
    /// transaction, the last of 256 waits 64 ms; beyond that waiting helps nobody and the answer
    /// is 503 at once.
    static let requestsInFlight = 256
    /// Files that are received at one time. Each takes a share of `bodiesHeldBytes`, and its time is the client's: they do
    /// not count as requests in flight, so that slow lines do not keep others out.
    static let uploadsAtOnce = 32
    /// Of one caller: a person sends one file, a script a few side by side, and a caller or three cannot keep the others out.
    static let uploadsAtOnceOfOne = 8
    /// Seconds until a file under way may be through: one of a MiB on the slowest line that is waited for takes a minute.
    static let uploadRetrySeconds = 10
    /// Seconds a refused client is asked to wait: several times what the line above takes to empty.
    static let retryAfterSeconds = 1
    /// Seconds after which readiness is worth asking again while the database is away.
    static let readinessRetrySeconds = 5

    // MARK: Pages

    /// The page size when none is asked for.
    static let pageSizeDefault = 50
    /// 500 campaigns with their briefs are 2.5 MB, about the most that a page should be.
    static let pageSizes = 1...500
    /// Our cursors are under 200 characters.
    static let cursorCharacters = 512
    /// Values of one repeatable parameter: with the longest (ids) they fit the target.
    static let repeatedValues = 100
}
