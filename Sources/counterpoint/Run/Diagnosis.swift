// The looks that `doctor` takes, from what everything depends on to what is merely untidy. A look that fails is a finding
// and never the end of the others.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials

struct Diagnosis {
    var serviceURL: String?

    func run() async -> [DoctorFinding] {
        var findings = await schemaFolder()
        findings += await ownLogin()
        findings += await serviceLogin()
        findings += files()
        findings += space()
        // What is wrong with the server is seen from each login; once is enough.
        var told: Set<String> = []
        return findings.filter { told.insert($0.detail).inserted }
    }

    private func schemaFolder() async -> [DoctorFinding] {
        do {
            let folder = try await SchemaFolder.find()
            _ = try SchemaMigrator(folder: folder)
            return [.good("files", "the schema folder is \(folder)")]
        } catch {
            return [.warning("files", CommandFailure(error).text)]
        }
    }

    // MARK: The database

    private func ownLogin() async -> [DoctorFinding] {
        let url: String
        do { url = try await ConnectionAddress.find(.operator) } catch {
            return [DoctorFinding("database", error)]
        }
        do {
            return try await Session.connected(to: url) { connection in
                let asked = Date.now
                let identity = try await connection.identity()
                var findings: [DoctorFinding] = [
                    .good(
                        "database",
                        "PostgreSQL \(identity.serverVersion) with libpq \(RegistryConnection.libraryVersion): "
                            + connection.place),
                    clock(identity.clock, askedAt: asked, answeredAt: Date.now),
                ]
                findings.append(login(identity))
                guard identity.hasSchema else {
                    findings.append(
                        .fault(
                            "schema",
                            "The database \(identity.databaseName) has no schema of Counterpoint.\n"
                                + "Run, as a superuser: counterpoint schema migrate"))
                    return findings
                }
                // Whoever may not even act for principals may not look at the schema either.
                guard identity.mayNamePrincipals else { return findings }
                let report = try await connection.registry.checkInstallation(asService: false)
                if report.faults.isEmpty {
                    findings.append(
                        .good(
                            "schema",
                            "level \(report.schemaLevel), row-level security forced everywhere"))
                }
                return findings + report.faults.map { Self.finding("schema", $0) }
            }
        } catch {
            return [DoctorFinding("database", error)]
        }
    }

    private func login(_ identity: LoginIdentity) -> DoctorFinding {
        if identity.mayNamePrincipals {
            return identity.isSuperuser
                ? .warning(
                    "login",
                    "This tool is signed in as the superuser \(identity.login). For daily work give it "
                        + "counterpoint_operator:\ncounterpoint schema operator-login")
                : .good(
                    "login", "\(identity.login) may act for the principals of this installation")
        }
        var finding = DoctorFinding.fault(
            "login",
            identity.hasSchema
                ? "The login \(identity.login) may not act for principals. Give this tool counterpoint_operator:\n"
                    + "run `counterpoint schema operator-login` as a superuser, and put what it prints in DATABASE_URL"
                : "The login \(identity.login) has nothing to do here before the schema is there.")
        finding.isPermission = identity.hasSchema
        if !identity.hasSchema { finding.status = .warning }
        return finding
    }

    private func serviceLogin() async -> [DoctorFinding] {
        var url = serviceURL
        if url == nil, let isPrivate = try? await ConnectionAddress.isPrivate(), isPrivate {
            url = try? await ConnectionAddress.find(.service)
        }
        guard let url else {
            return [
                .good(
                    "service",
                    "not looked at: give its DATABASE_URL with --service-url to check its login")
            ]
        }
        do {
            return try await Session.connected(to: url) { connection in
                let identity = try await connection.identity()
                guard identity.hasSchema else { return [] }
                let report = try await connection.registry.checkInstallation(asService: true)
                let findings = report.faults.map { Self.finding("service", $0) }
                guard !report.faults.contains(where: \.isFatal) else { return findings }
                return [.good("service", "\(identity.login) signs in and is as weak as it must be")]
                    + findings
            }
        } catch {
            return [DoctorFinding("service", error)]
        }
    }

    private static func finding(_ subject: String, _ fault: InstallationFault) -> DoctorFinding {
        fault.isFatal ? .fault(subject, fault.detail) : .warning(subject, fault.detail)
    }

    /// Beyond this, days and "as of" moments that people type mean something else to the server.
    private static let clockToleranceSeconds = 5.0

    private func clock(_ server: Instant, askedAt: Date, answeredAt: Date) -> DoctorFinding {
        // 2000-01-01 in Unix time.
        let epochSeconds = 946_684_800.0
        let here =
            (askedAt.timeIntervalSince1970 + answeredAt.timeIntervalSince1970) / 2 - epochSeconds
        let ahead = Double(server.microsecondsSince2000) / 1_000_000 - here
        guard abs(ahead) > Self.clockToleranceSeconds else {
            return .good("clock", "agrees with the server's")
        }
        let seconds = Int(abs(ahead).rounded())
        return .warning(
            "clock",
            "The server's clock is \(seconds) s \(ahead > 0 ? "ahead of" : "behind") this machine's. "
                + "Set both by NTP: tokens end and days begin by the server's.")
    }

    // MARK: This machine

    /// Files whose reader can act as somebody.
    private static let secrets = [".local/demo.env", ConnectionAddress.privateCluster, ".env"]

    private func files() -> [DoctorFinding] {
        Self.secrets.compactMap { file in
            let path = Surroundings.current.path(file)
            guard let mode = FileMode.bits(of: path) else { return nil }
            guard mode & 0o077 == 0 else {
                return .warning(
                    "files", "\(file) can be read by others on this machine: chmod 600 \(file)")
            }
            return .good("files", "\(file) is readable by its owner only")
        }
    }

    private func space() -> [DoctorFinding] {
        let folder = Surroundings.current.path(".local/postgres")
        guard let free = FreeSpace.bytes(at: folder) else { return [] }
        let text = "\(free / 1_000_000) MB are free for the private cluster"
        if free < FreeSpace.leastBytes {
            return [
                .fault(
                    "space",
                    "Only \(text): PostgreSQL stops when nothing is left. Make room on its disk.")
            ]
        }
        if free < FreeSpace.comfortableBytes {
            return [.warning("space", "Only \(text). Make room on its disk.")]
        }
        return [.good("space", text)]
    }
}
