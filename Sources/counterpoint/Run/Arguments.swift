// The Model's words as arguments: the parser then lists the possible ones in help and in errors.

public import ArgumentParser
public import CounterpointModel

extension Role: ExpressibleByArgument {}
extension TokenScope: ExpressibleByArgument {}
extension OrganisationKind: ExpressibleByArgument {}
extension SafetyLevel: ExpressibleByArgument {}
extension Standing: ExpressibleByArgument {}
extension GrantStatus: ExpressibleByArgument {}
extension CampaignStatus: ExpressibleByArgument {}
extension ResultSetStatus: ExpressibleByArgument {}
extension IndicatorDirection: ExpressibleByArgument {}
extension ReportPick: ExpressibleByArgument {}
extension SetRole: ExpressibleByArgument {}
extension Breakdown: ExpressibleByArgument {}
extension Channel: ExpressibleByArgument {}
extension ImportOptions.OnOverlap: ExpressibleByArgument {}

extension Day: ExpressibleByArgument {
    public init?(argument: String) { self.init(iso: argument) }
}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(rfc3339: argument) }
}

extension Country: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument.uppercased()) }
}
