// An organisation's number in a public register: which register (an org-id.guide list) and what the
// register calls it.

/// A register of org-id.guide, such as `GB-CHC` (Charity Commission for England and Wales).
public struct OrganisationRegister: Hashable, Comparable, Sendable {
    /// The list code as org-id.guide writes it.
    public let code: String
    /// The English name.
    public let name: String
    /// Whether org-id.guide advises against new identifiers from this list; old ones stay valid.
    public let isDeprecated: Bool

    /// The register with that list code, or nil if org-id.guide has none. `360G` is no register: it
    /// marks identifiers that a publisher made up, and such a one is made at publication and never
    /// stored here.
    public init?(_ code: some StringProtocol) {
        guard let fields = Self.table.fields(of: code) else { return nil }
        self.code = String(code)
        self.name = fields[1]
        self.isDeprecated = fields[0] == "1"
    }

    /// Every register, in alphabetical order of code.
    public static let all: [OrganisationRegister] = table.codes.compactMap {
        OrganisationRegister($0)
    }

    public static func < (left: OrganisationRegister, right: OrganisationRegister) -> Bool {
        left.code < right.code
    }

    private static let table = CodeTable(OrganisationRegisterList.text, fields: 3)
}

/// One organisation's identifier: a register's list code and the number there. Compared as a whole,
/// case included, because registers themselves tell `a1` and `A1` apart.
public struct OrganisationIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The register's list code, such as `GB-CHC`.
    public let scheme: String
    /// What the register calls the organisation, such as `1090095`.
    public let id: String

    /// The longest local part. The longest real ones (company registers with court and department)
    /// stay below 40 characters; 100 leaves room and keeps an index entry far below PostgreSQL's
    /// 2,704 bytes (100 × 4 bytes + 13).
    public static let maximumLocalCharacters = 100

    /// Why a scheme and a local part make no identifier.
    public enum Fault: Error, Hashable, Sendable {
        /// org-id.guide has no list with this code.
        case unknownScheme
        /// The local part is empty.
        case emptyLocalPart
        /// The local part is longer than `maximumLocalCharacters`.
        case tooLong
        /// The local part holds white space, a control character, or an invisible one.
        case forbiddenCharacter
    }

    /// An identifier whose scheme is on the list and whose local part is 1 to 100 visible
    /// characters.
    public init(scheme: some StringProtocol, id: some StringProtocol) throws(Fault) {
        guard OrganisationRegister(scheme) != nil else { throw .unknownScheme }
        guard !id.isEmpty else { throw .emptyLocalPart }
        // Counting by scalars bounds the bytes; a "character" may be any number of scalars.
        guard id.unicodeScalars.count <= Self.maximumLocalCharacters else { throw .tooLong }
        guard id.unicodeScalars.allSatisfy(Self.isVisible) else { throw .forbiddenCharacter }
        self.scheme = String(scheme)
        self.id = String(id)
    }

    /// The register behind the scheme, which says its name and whether it is deprecated.
    public var register: OrganisationRegister? { OrganisationRegister(scheme) }

    /// Whether the register is deprecated: accepted, but worth a warning when used anew.
    public var isSchemeDeprecated: Bool { register?.isDeprecated ?? false }

    /// The identifier as org-id.guide writes it: scheme, hyphen, local part.
    public var text: String { scheme + "-" + id }

    public var description: String { text }

    public static func < (left: OrganisationIdentifier, right: OrganisationIdentifier) -> Bool {
        left.scheme != right.scheme ? left.scheme < right.scheme : left.id < right.id
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isWhitespace { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator, .spaceSeparator:
            return false
        default:
            return true
        }
    }
}
