// Every statement of this room, so that one test can prepare each of them against the schema.

package import Postgres

extension SQLStatement {
    package static let ofRecords: [SQLStatement] =
        [
            SignedIn.byToken, SignedIn.byIdentity, SignedIn.byName, LoginIdentity.statement,
            IdempotencyKeys.claim,
            IdempotencyKeys.find,
            IdempotencyKeys.keep,
        ]
        + Organisations.all + Merging.all + Programmes.all + Grants.all + Campaigns.all
        + Indicators.all
        + ResultSets.all
        + Readings.all + ReadingBlocks.all + Imports.all + EvidenceStatements.all
        + Audit.all + Principals.all + Tokens.all + Identities.all + Installation.all
        + SummaryStatements.all
}
