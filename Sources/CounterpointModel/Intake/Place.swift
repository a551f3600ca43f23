// Where in a body the reader stands, and the list to which every fault found there is added.

/// One place in a body under examination; places of one body share one list of faults.
public struct Place {
    // Steps are kept as a chain and written out only when a fault needs its pointer: a sound body
    // of 5,000 readings builds not one pointer.
    private indirect enum Path {
        case root
        case member(Path, String)
        case element(Path, Int)

        var pointer: String {
            switch self {
            case .root: ""
            case .member(let parent, let name): parent.pointer + "/" + JSONPointer.escaped(name)
            case .element(let parent, let index): parent.pointer + "/" + String(index)
            }
        }
    }

    private let path: Path
    private let log: FaultLog

    /// The body as a whole, with no faults yet.
    public init() {
        path = .root
        log = FaultLog()
    }

    private init(_ path: Path, _ log: FaultLog) {
        self.path = path
        self.log = log
    }

    /// The member of that name.
    public func member(_ name: String) -> Place { Place(.member(path, name), log) }

    /// The element at that index, from 0.
    public func element(_ index: Int) -> Place { Place(.element(path, index), log) }

    /// RFC 6901 pointer of this place.
    public var pointer: String { path.pointer }

    /// Adds a fault of shape here (→ 400).
    public func malformed(_ code: String, _ detail: @autoclosure () -> String) {
        log.add(code, detail, .malformed, path.pointer)
    }

    /// Adds a fault against a rule or a limit here (→ 422).
    public func refused(_ code: String, _ detail: @autoclosure () -> String) {
        log.add(code, detail, .refused, path.pointer)
    }

    /// Says that another type of value was wanted here.
    public func wrongType(_ value: JSONValue, wanted: String) {
        malformed("wrongType", "Expected \(wanted), found \(value.kindName).")
    }

    /// Every fault found so far anywhere in the body.
    public var faults: [Fault] { log.faults }

    /// How many faults were found so far anywhere in the body.
    public var faultCount: Int { log.count }
}

// A class, because the places of one body all add to the same list. It never leaves the reading of
// that body, which is synchronous.
private final class FaultLog {
    // A body of 5,000 readings that misspells one member has 5,000 faults of the same sort; after a
    // thousand (about 150 kB of answer) the rest is counted and the count is said.
    static let listedMax = 1_000

    private(set) var count = 0
    private var listed: [Fault] = []

    func add(
        _ code: String, _ detail: () -> String, _ kind: Fault.Kind,
        _ pointer: @autoclosure () -> String
    ) {
        count += 1
        guard listed.count < Self.listedMax else { return }
        listed.append(Fault(pointer: pointer(), code: code, detail: detail(), kind: kind))
    }

    var faults: [Fault] {
        guard count > listed.count else { return listed }
        let more = "\(count - listed.count) more faults are not listed; mend these first."
        return listed + [Fault(pointer: "", code: "moreFaults", detail: more, kind: .refused)]
    }
}
