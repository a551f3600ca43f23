// What `counterpointd --help` prints.

extension ServiceSettings {
    /// The help text: what the service is, every setting, and how to go on.
    public static let usage: String = {
        let width = 76
        let settings = Setting.all.map { setting -> String in
            let fallback = setting.fallback.map { " (\($0))" } ?? ""
            return """
                  --\(setting.flag) \(setting.placeholder)\(fallback)
                        \(setting.variable)
                \(wrapped(setting.help, indent: 8, width: width))
                """
        }
        return """
            counterpointd answers the HTTP interface of Counterpoint.

            Settings, as flags, in the environment or in a file .env of the working folder
            (flags win over the environment, the environment over the file):

            \(settings.joined(separator: "\n\n"))

            Example:
              DATABASE_URL=postgresql://counterpoint@localhost/counterpoint \\
                counterpointd --port 8080 --log-level info

            The service does not migrate: `counterpoint schema migrate` does, and
            `counterpoint doctor` says what is wrong with an installation.

            Exit codes: 0 stopped as asked, 69 the database is away, 78 a setting or the
            installation is wrong (the reasons are on standard error).
            """
    }()

    private static func wrapped(_ text: String, indent: Int, width: Int) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent + line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        lines.append(line)
        let margin = String(repeating: " ", count: indent)
        return lines.map { margin + $0 }.joined(separator: "\n")
    }
}
