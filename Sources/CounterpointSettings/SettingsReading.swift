// Reading one setting after the other while keeping count of what is wrong.

import Configuration

/// A pass over the settings that collects problems instead of stopping at the first.
struct SettingsReading {
    private let config: ConfigReader
    private(set) var problems: [String] = []

    init(_ config: ConfigReader) {
        self.config = config
    }

    mutating func required(
        _ setting: Setting, check: (String) -> String? = { _ in nil }
    ) -> String? {
        guard let value = value(of: setting) else {
            report(setting, "is missing. \(setting.help)")
            return nil
        }
        return checked(value, setting, check)
    }

    mutating func optional(
        _ setting: Setting, check: (String) -> String? = { _ in nil }
    ) -> String? {
        guard let value = value(of: setting) else { return nil }
        return checked(value, setting, check)
    }

    mutating func text(_ setting: Setting) -> String? {
        value(of: setting) ?? setting.fallback
    }

    mutating func integer(_ setting: Setting, in range: ClosedRange<Int>) -> Int? {
        guard let text = value(of: setting) ?? setting.fallback else { return nil }
        guard let number = Int(text), range.contains(number) else {
            report(
                setting,
                "must be a whole number from \(range.lowerBound) to \(range.upperBound), "
                    + "and is \(quoted(text))")
            return nil
        }
        return number
    }

    /// A number, or nil for the word `off`; the outer nil where it is wrong.
    mutating func integerOrOff(_ setting: Setting, in range: ClosedRange<Int>) -> Int?? {
        guard let text = value(of: setting) ?? setting.fallback else { return nil }
        if text.lowercased() == "off" { return .some(nil) }
        guard let number = Int(text), range.contains(number) else {
            report(
                setting,
                "must be a whole number from \(range.lowerBound) to \(range.upperBound), or off, "
                    + "and is \(quoted(text))")
            return nil
        }
        return number
    }

    mutating func choice<Choice>(_ setting: Setting, of choices: Choice.Type) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let text = value(of: setting) ?? setting.fallback else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            report(setting, "must be one of \(names), and is \(quoted(text))")
            return nil
        }
        return choice
    }

    /// An empty value counts as none: `COUNTERPOINT_PORT= counterpointd` means the default.
    private func value(of setting: Setting) -> String? {
        let value = config.string(
            forKey: ConfigKey(setting.variable.lowercased()), isSecret: setting.isSecret)
        return value?.isEmpty == true ? nil : value
    }

    private mutating func checked(
        _ value: String, _ setting: Setting, _ check: (String) -> String?
    ) -> String? {
        guard let fault = check(value) else { return value }
        report(setting, fault)
        return nil
    }

    private mutating func report(_ setting: Setting, _ problem: String) {
        problems.append("\(setting.variable) (--\(setting.flag)) \(problem)")
    }

    /// A wrong value is shown so that a typing error is seen, but not at any length.
    private func quoted(_ text: String) -> String {
        text.count <= 60 ? "\"\(text)\"" : "\"\(text.prefix(60))…\""
    }
}
