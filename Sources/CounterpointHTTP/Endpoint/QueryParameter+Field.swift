// Parameters in the field's words, and how they are read back.

import CounterpointModel

extension QueryParameter {
    /// One of the words of an enumeration.
    static func one<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of choice: Choice.Type, _ help: String, repeats: Bool = false
    ) -> QueryParameter {
        QueryParameter(name, .word(choice.allCases.map(\.rawValue)), help, repeats: repeats)
    }

    static func country(_ help: String, repeats: Bool = false) -> QueryParameter {
        QueryParameter("country", .word(Country.all.map(\.code)), help, repeats: repeats)
    }

    static func id(_ name: String, _ help: String, repeats: Bool = false) -> QueryParameter {
        QueryParameter(name, .id, help, repeats: repeats)
    }
}

extension QueryValues {
    func choice<Choice: RawRepresentable<String>>(
        _ name: String, of choice: Choice.Type = Choice.self
    ) -> Choice? {
        text(name).flatMap(Choice.init(rawValue:))
    }

    func choices<Choice: RawRepresentable<String>>(
        _ name: String, of choice: Choice.Type = Choice.self
    ) -> [Choice] {
        texts(name).compactMap(Choice.init(rawValue:))
    }

    var country: Country? { text("country").flatMap { Country($0) } }
    var countries: [Country] { texts("country").compactMap { Country($0) } }
}
