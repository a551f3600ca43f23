// The file with the demonstration's tokens. Whoever reads it can act as its people, so it is its owner's alone, and it is
// put in place whole.

import CounterpointModel
import FoundationEssentials
import Glibc

/// `.local/demo.env`.
struct DemonstrationFile: Equatable {
    var programme: Programme.ID
    var baseURL: String
    var managerToken: String
    var mentalHealthToken: String
    var pilotToken: String
    var funderToken: String
    var auditorToken: String
    var tool: String

    private static let programmeMark = "# programme "

    var text: String {
        """
        # Tokens of the demonstration's people. Written by `counterpoint demo load`; delete it and load again for new ones.
        \(Self.programmeMark)\(programme)
        BASE_URL=\(baseURL)
        MANAGER_TOKEN=\(managerToken)
        NGO_TOKEN=\(mentalHealthToken)
        OTHER_NGO_TOKEN=\(pilotToken)
        FUNDER_TOKEN=\(funderToken)
        AUDITOR_TOKEN=\(auditorToken)
        CLI=\(tool)

        """
    }
}

extension DemonstrationFile {
    /// What the file says; nil if there is none, or one that is not whole.
    init?(path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        var values: [String: String] = [:]
        var mark: String?
        for line in text.split(separator: "\n") {
            if line.hasPrefix(Self.programmeMark) {
                mark = String(line.dropFirst(Self.programmeMark.count))
            }
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            values[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        guard let programme = mark.flatMap({ Programme.ID($0) }), let base = values["BASE_URL"],
            let manager = values["MANAGER_TOKEN"], let ngo = values["NGO_TOKEN"],
            let other = values["OTHER_NGO_TOKEN"], let funder = values["FUNDER_TOKEN"],
            let auditor = values["AUDITOR_TOKEN"], let tool = values["CLI"]
        else { return nil }
        self.init(
            programme: programme, baseURL: base, managerToken: manager, mentalHealthToken: ngo,
            pilotToken: other, funderToken: funder, auditorToken: auditor, tool: tool)
    }

    /// Puts the file in place at once: a reader sees the old one or the new one, never half of it, and nobody else sees
    /// either.
    func write(to path: String) throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
            separator: "/")
        if !folder.isEmpty {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        let temporary = "\(path).\(getpid())"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("made", temporary) }
        var isWhole = false
        defer { if !isWhole { unlink(temporary) } }
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
        let isSynced = fsync(descriptor) == 0
        guard close(descriptor) == 0, isSynced, written == bytes.count else {
            throw Self.failure("written", temporary)
        }
        guard rename(temporary, path) == 0 else { throw Self.failure("put in place", path) }
        isWhole = true
    }

    private static func failure(_ what: String, _ path: String) -> CommandFailure {
        CommandFailure(
            .unexpected, "\(path) could not be \(what): \(String(cString: strerror(errno))).")
    }
}
