// Who somebody is to the programme; what follows from it is in `LifeCycle` and in row-level security.

/// What a principal is, of `domain.md`'s five (the members of an NGO edit or only view).
public enum Role: String, CaseIterable, Hashable, Sendable {
    case administrator, programmeManager, ngoEditor, ngoViewer, funder, auditor

    /// Whether the role acts for one organisation, which the principal then names.
    public var belongsToOrganisation: Bool {
        switch self {
        case .ngoEditor, .ngoViewer, .funder: true
        case .administrator, .programmeManager, .auditor: false
        }
    }

    /// Whether the role only ever reads.
    public var isReadOnly: Bool {
        switch self {
        case .ngoViewer, .funder, .auditor: true
        case .administrator, .programmeManager, .ngoEditor: false
        }
    }

    /// Whether the role decides over organisations, grants and results (in the programmes managed).
    public var isManaging: Bool { self == .administrator || self == .programmeManager }
}
