// Evidence: files in pieces, and which set each speaks for.

import CounterpointModel
import Postgres

enum EvidenceStatements {
    /// Of one piece of a file. An exchange with the server then holds a quarter of a megabyte, whatever the file has.
    static let pieceBytes = 256 << 10

    static let addFile = SQLStatement(
        """
        insert into evidence_files (id, organisation_id, campaign_id, media_type)
        values ($1, $2, $3, $4)
        """, name: "evidence.addFile")

    static let addPiece = SQLStatement(
        """
        insert into evidence_pieces (file_id, number, organisation_id, campaign_id, content)
        values ($1, $2, $3, $4, $5)
        """, name: "evidence.addPiece")

    static let complete = SQLStatement(
        "update evidence_files set sha256 = $2, bytes = $3 where id = $1 and sha256 is null",
        name: "evidence.complete")

    static let add = SQLStatement(
        """
        insert into evidence (id, organisation_id, campaign_id, result_set_id, file_id, kind, name, note)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """, name: "evidence.add")

    private static let shown: StaticString = """
        select e.id, e.result_set_id, e.kind, e.name, e.note, f.media_type, f.bytes, f.sha256, e.created_at, e.file_id
          from evidence e join evidence_files f on f.id = e.file_id
        """

    static let ofSet = SQLStatement(
        shown, "where e.result_set_id = $1 order by e.created_at, e.id", name: "evidence.ofSet")

    static let byId = SQLStatement(
        shown, "where e.result_set_id = $1 and e.id = $2", name: "evidence.byId")

    static let piece = SQLStatement(
        """
        select p.content from evidence_pieces p
          join evidence e on e.file_id = p.file_id
         where e.result_set_id = $1 and e.id = $2 and p.number = $3
        """, name: "evidence.piece")

    /// A file of the campaign that is complete and has these bytes already.
    static let sameFile = SQLStatement(
        """
        select e.id from evidence e join evidence_files f on f.id = e.file_id
         where e.result_set_id = $1 and f.sha256 = $2 limit 1
        """, name: "evidence.sameFile")

    static let remove = SQLStatement("delete from evidence where id = $1", name: "evidence.remove")

    static let isSpokenFor = SQLStatement(
        "select true from evidence e where e.file_id = $1 limit 1", name: "evidence.isSpokenFor")

    static let removePieces = SQLStatement(
        "delete from evidence_pieces where file_id = $1", name: "evidence.removePieces")

    static let removeFile = SQLStatement(
        "delete from evidence_files where id = $1", name: "evidence.removeFile")

    /// Files of this campaign that were begun an hour ago and never became evidence: the service was killed in between.
    static let abandoned = SQLStatement(
        """
        select f.id from evidence_files f
         where f.campaign_id = $1 and f.created_at < now() - interval '1 hour'
           and not exists (select from evidence e where e.file_id = f.id)
        """, name: "evidence.abandoned")

    static let all: [SQLStatement] = [
        addFile, addPiece, complete, add, ofSet, byId, piece, sameFile, remove, isSpokenFor,
        removePieces, removeFile, abandoned,
    ]
}

/// Evidence with the file behind it, which is not shown.
struct FiledEvidence {
    var evidence: Evidence
    var file: EvidenceFile.ID

    init(row: inout RowReader) throws {
        let id: Evidence.ID = try row.next()
        let set: ResultSet.ID = try row.next()
        let kind: Evidence.Kind = try row.word()
        let name: String = try row.next()
        let note = try row.next(String?.self)
        let type: EvidenceType = try row.word()
        let bytes: Int64 = try row.next()
        let sha256 = try row.next(String?.self) ?? ""
        let createdAt: Instant = try row.next()
        evidence = Evidence(
            id: id, resultSetId: set, kind: kind, name: name, note: note, type: type, bytes: bytes,
            sha256: sha256, createdAt: createdAt)
        file = try row.next()
    }
}

/// A file that is being kept; one may be evidence of several sets.
enum EvidenceFile {
    typealias ID = Identifier<EvidenceFile>
}
