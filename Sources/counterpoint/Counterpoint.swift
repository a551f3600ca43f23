// The tool's nouns.

import ArgumentParser

/// `counterpoint`.
struct Counterpoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counterpoint",
        abstract: "Looks after an installation of Counterpoint and works in it from the host.",
        discussion: """
            Commands read `counterpoint <noun> <verb>`. They act as the installation's administrator unless --as names a \
            principal, and say what they did as a table; --output json is the API's own representation.

            The database is DATABASE_URL or, without it, the private cluster that `make run` keeps under .local/postgres.

            First steps:
              counterpoint doctor
              counterpoint programme list
              counterpoint summary results --group-by campaign

            Exit codes: 0 done, 64 the command line is wrong, 65 the data was refused, 69 the database is away, \
            70 something unexpected, 77 not permitted.
            """,
        subcommands: [
            DoctorCommand.self, SchemaCommand.self, PrincipalCommand.self, TokenCommand.self,
            OrganisationCommand.self,
            ProgrammeCommand.self, GrantCommand.self, CampaignCommand.self, IndicatorCommand.self,
            ResultsCommand.self,
            SummaryCommand.self,
            ReceiptCommand.self, AuditCommand.self, DemoCommand.self, BenchCommand.self,
        ])
}
