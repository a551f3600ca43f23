// counterpoint doctor: what is wrong with an installation, and what to do.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look for what is wrong with this installation, and say what to do.",
        discussion: """
            Looks at the connection, the logins of this tool and of the service, the server's release and settings, the \
            schema and its row-level security, clocks, space, and who can read the files with secrets. Changes nothing. \
            Ends with 0 if the service can run, with 77 if this tool's login is the trouble, else with 69.

              counterpoint doctor
              counterpoint doctor --service-url "$DATABASE_URL_OF_THE_SERVICE"
            """)

    @Option(
        help: ArgumentHelp(
            "The DATABASE_URL that the service has, to be looked at too.", valueName: "uri"))
    var serviceURL: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let findings = await Diagnosis(serviceURL: serviceURL).run()
        let documents = findings.map(\.document)
        switch output.format {
        case .json:
            let isHealthy = !findings.contains { $0.status == .fault }
            Surroundings.console.print(
                JSONValue.object(["healthy": .bool(isHealthy), "checks": .array(documents)]).text)
        case .csv: output.show(documents, in: DoctorFinding.columns)
        case .table: for finding in findings { Surroundings.console.print(finding.text) }
        }
        let faults = findings.filter { $0.status == .fault }
        guard !faults.isEmpty else { return }
        throw CommandFailure(
            faults.allSatisfy(\.isPermission) ? .notPermitted : .databaseAway,
            faults.count == 1
                ? "1 fault: the service cannot run like this."
                : "\(faults.count) faults: the service cannot run like this.")
    }
}

/// What one look found.
struct DoctorFinding: Sendable {
    enum Status: String {
        case good = "ok"
        /// The service runs, and somebody should look at it.
        case warning
        /// The service does not run like this.
        case fault
    }

    var status: Status
    var subject: String
    var detail: String
    var isPermission = false

    static let columns = [
        Column("STATUS", "status"), Column("SUBJECT", "subject"), Column("DETAIL", "detail"),
    ]

    static func good(_ subject: String, _ detail: String) -> DoctorFinding {
        DoctorFinding(status: .good, subject: subject, detail: detail)
    }

    static func warning(_ subject: String, _ detail: String) -> DoctorFinding {
        DoctorFinding(status: .warning, subject: subject, detail: detail)
    }

    static func fault(_ subject: String, _ detail: String) -> DoctorFinding {
        DoctorFinding(status: .fault, subject: subject, detail: detail)
    }

    init(status: Status, subject: String, detail: String) {
        self.status = status
        self.subject = subject
        self.detail = detail
    }

    /// What an error says, as a fault.
    init(_ subject: String, _ error: any Error) {
        let failure = CommandFailure(error)
        self.init(status: .fault, subject: subject, detail: failure.text)
        isPermission = failure.status == .notPermitted
    }

    /// Later lines under the first.
    var text: String {
        let mark = status.rawValue + String(repeating: " ", count: 9 - status.rawValue.count)
        let name = subject + String(repeating: " ", count: max(1, 12 - subject.count))
        let indent = String(repeating: " ", count: 21)
        let lines = detail.split(separator: "\n", omittingEmptySubsequences: false)
        return mark + name + lines.joined(separator: "\n" + indent)
    }

    var document: JSONValue {
        [
            "status": .string(status.rawValue), "subject": .string(subject),
            "detail": .string(detail),
        ]
    }
}
