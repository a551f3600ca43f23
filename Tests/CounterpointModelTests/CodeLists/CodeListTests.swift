import CounterpointModel
import Testing

@Suite struct CodeListTests {
    @Test func currenciesAreThoseThatBothStandardsAccept() {
        #expect(Currency.all.count == 164)
        #expect(Currency("EUR")?.minorUnitDigits == 2)
        #expect(Currency("JPY")?.minorUnitDigits == 0)
        #expect(Currency("TND")?.minorUnitDigits == 3)
        #expect(Currency("CLF")?.minorUnitDigits == 4)
        #expect(Currency("UAH")?.name == "Hryvnia")
        for code in ["SLE", "VED", "XCG", "ZWG", "eur", "EUR ", "", "ADP", "LTL"] {
            #expect(Currency(code) == nil, "\(code)")
        }
        let digits = Currency.all.map(\.minorUnitDigits)
        #expect([0, 2, 3, 4].map { d in digits.filter { $0 == d }.count } == [17, 139, 7, 1])
    }

    @Test func countriesAreIsoAndKosovo() {
        #expect(Country.all.count == 250)
        #expect(Country("KE")?.name == "Kenya")
        #expect(Country("XK")?.isOn360GivingList == false)
        #expect(Country.all.filter { !$0.isOn360GivingList }.count == 1)
        for code in ["UK", "ke", "KEN", "AN", ""] { #expect(Country(code) == nil, "\(code)") }
    }

    @Test func languagesAreIso639() {
        #expect(Language.all.count == 181)
        #expect(Language("sw")?.name == "Swahili")
        for code in ["SW", "swa", "", "xx"] { #expect(Language(code) == nil, "\(code)") }
    }

    @Test func registersAreThoseOfOrgIdGuide() {
        #expect(OrganisationRegister.all.count == 823)
        #expect(OrganisationRegister.all.filter(\.isDeprecated).count == 22)
        #expect(OrganisationRegister("KE-RSO")?.isDeprecated == true)
        #expect(OrganisationRegister("XI-LEI")?.isDeprecated == false)
        for code in ["360G", "gb-chc", "GB", ""] {
            #expect(OrganisationRegister(code) == nil, "\(code)")
        }
    }

    @Test func everyListIsSortedAndSaidOnce() {
        for codes in [
            Currency.all.map(\.code), Country.all.map(\.code), Language.all.map(\.code),
            OrganisationRegister.all.map(\.code),
        ] {
            #expect(Set(codes).count == codes.count)
            #expect(codes == codes.sorted())
        }
        #expect(Currency.all.allSatisfy { !$0.name.isEmpty })
        #expect(OrganisationRegister.all.allSatisfy { !$0.name.isEmpty })
    }

    @Test func identifiersAreComparedWhole() throws {
        let charity = try OrganisationIdentifier(scheme: "GB-CHC", id: "1090095")
        #expect(charity.text == "GB-CHC-1090095")
        #expect(!charity.isSchemeDeprecated)
        #expect(try OrganisationIdentifier(scheme: "KE-RSO", id: "a1").isSchemeDeprecated)
        #expect(
            try OrganisationIdentifier(scheme: "DE-CR", id: "a1")
                != OrganisationIdentifier(scheme: "DE-CR", id: "A1"))
        typealias Fault = OrganisationIdentifier.Fault
        for (scheme, id, fault) in [
            ("GB-XXX", "1", Fault.unknownScheme), ("GB-CHC", "", .emptyLocalPart),
            ("GB-CHC", "1 2", .forbiddenCharacter), ("GB-CHC", "1\u{0}", .forbiddenCharacter),
            ("GB-CHC", "1\u{200B}", .forbiddenCharacter),
            ("GB-CHC", "1\u{A0}2", .forbiddenCharacter),
            ("GB-CHC", String(repeating: "1", count: 101), .tooLong),
        ] {
            #expect(throws: fault) { try OrganisationIdentifier(scheme: scheme, id: id) }
        }
        #expect(
            (try? OrganisationIdentifier(scheme: "GB-CHC", id: String(repeating: "é", count: 100)))
                != nil)
    }
}
