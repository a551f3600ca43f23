// Why a command did not do what it was told, in words for the person who typed it, with the exit code that goes with it.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials

/// A failure as it is shown: what is wrong, every fault, what to do.
struct CommandFailure: Error {
    var status: ExitStatus
    var text: String

    init(_ status: ExitStatus, _ text: String) {
        self.status = status
        self.text = text
    }

    /// Whatever was thrown.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as RegistryError: self.init(error)
        case let error as InstallationError: self.init(error)
        case let error as InvalidInput: self.init(.invalid(error))
        case let error as Refusal: self.init(.refused(error))
        default: self.init(.unexpected, "Something went wrong that should not: \(error)")
        }
    }
}

extension CommandFailure {
    private init(_ error: InstallationError) {
        switch error.kind {
        case .away: self.init(.databaseAway, error.detail)
        case .notPermitted: self.init(.notPermitted, error.detail)
        case .wrongInput: self.init(.dataRefused, error.detail)
        case .unexpected: self.init(.unexpected, error.detail)
        }
    }

    private init(_ error: RegistryError) {
        switch error {
        case .unauthenticated:
            self.init(
                .notPermitted,
                "There is no active principal of that name or id, or several have the name. "
                    + "`counterpoint principal list` shows them; give --as an id.")
        case .forbidden(let refusal): self.init(.notPermitted, refusal.detail)
        case .scopeNeeded(let scope): self.init(.notPermitted, scope.refusal.detail)
        case .notFound(let kind):
            self.init(
                .dataRefused,
                "There is no such \(kind.title), or the principal that you act as may not see it.")
        case .mergedInto(let survivor):
            self.init(
                .dataRefused,
                "This organisation was merged into \(survivor). Use that id; "
                    + "`counterpoint organisation unmerge` takes the merge back.")
        case .invalid(let input): self.init(.dataRefused, Self.text(of: input))
        case .refused(let refusal): self.init(.dataRefused, "\(refusal.detail) (\(refusal.code))")
        case .conflict(let conflict):
            let ids = conflict.inTheWay.map { "\n  in the way: \($0.uuidString.lowercased())" }
            self.init(.dataRefused, "\(conflict.detail) (\(conflict.code))\(ids.joined())")
        case .preconditionFailed:
            self.init(
                .dataRefused,
                "Somebody changed it while this command ran; nothing was done. Look at it again, then repeat the command."
            )
        case .idempotencyMismatch:
            self.init(
                .dataRefused, "This --key was used before for another command. Choose another key.")
        case .idempotencyInProgress:
            self.init(
                .databaseAway,
                "The command with this --key is still being carried out. Try again in a moment.")
        case .unavailable:
            self.init(
                .databaseAway,
                "The database is away or too busy; nothing was done. Try again, or see what is wrong: counterpoint doctor"
            )
        case .outcomeUnknown:
            self.init(
                .databaseAway,
                "The database went away just as the change was being stored: it may stand or not. Look before repeating it."
            )
        case .preconditionRequired:
            self.init(.unexpected, "A defect of this tool: it named no version. Please report it.")
        case .internalFault(let text):
            self.init(
                .unexpected,
                "Something went wrong that should not: \(text). COUNTERPOINT_LOG_LEVEL=error tells more."
            )
        }
    }

    private static func text(of input: InvalidInput) -> String {
        let count = input.faults.count
        let lines = input.faults.map { fault in
            let place = fault.pointer.isEmpty ? "" : "\(fault.pointer): "
            return "  \(place)\(fault.detail) (\(fault.code))"
        }
        return "Nothing was stored: the input has \(count == 1 ? "a fault" : "\(count) faults").\n"
            + lines.joined(separator: "\n")
    }
}

extension RegistryError.Kind {
    /// As a person says it.
    var title: String {
        switch self {
        case .resultSet: "result set"
        case .auditEntry: "audit entry"
        default: rawValue
        }
    }
}
