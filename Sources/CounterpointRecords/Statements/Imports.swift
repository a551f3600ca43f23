// Imports while they run: one row each, written by whoever hands the file in.

import CounterpointModel
import Postgres

enum Imports {
    static let insert = SQLStatement(
        """
        insert into imports (id, organisation_id, campaign_id, dry_run, file_name, bytes_expected)
        select $1, c.organisation_id, c.id, $3, $4, $5 from campaigns c where c.id = $2
        on conflict (principal_id, id) do nothing returning true
        """, name: "imports.insert")

    static let note = SQLStatement(
        """
        update imports set state = $2, bytes_read = $3, rows_read = $4, rows_stored = $5, outcome = $6,
               updated_at = clock_timestamp()
         where id = $1 and principal_id = sec.principal() and state in ('receiving', 'storing')
        """, name: "imports.note")

    // A service that was killed could not say so: what has not been heard of for two minutes has failed.
    static let byId = SQLStatement(
        """
        select i.id, i.campaign_id,
               case when i.state in ('receiving', 'storing') and i.updated_at < clock_timestamp() - interval '2 minutes'
                    then 'failed' else i.state end,
               i.dry_run, i.file_name, i.bytes_expected, i.bytes_read, i.rows_read, i.rows_stored, i.outcome,
               i.started_at, i.updated_at
          from imports i where i.id = $1 and i.principal_id = sec.principal()
        """, name: "imports.byId")

    static let all: [SQLStatement] = [insert, note, byId]
}

extension ImportRun {
    init(row: inout RowReader) throws {
        self.init(
            id: try row.next(), campaignId: try row.next(), state: try row.word(),
            isDryRun: try row.next(), fileName: try row.next(), bytesExpected: try row.next(),
            bytesRead: try row.next(), rowsRead: try row.next(), rowsStored: try row.next(),
            outcome: try row.next(String?.self).flatMap {
                try? JSONParser.parse(Array($0.utf8), limits: .ownDocument)
            },
            startedAt: try row.next(), updatedAt: try row.next())
    }
}
