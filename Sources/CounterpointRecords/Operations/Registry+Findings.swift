// Which figures of a set cannot both be true: asked when it is shown, handed in and reviewed. It warns and edits nothing.

import CounterpointModel
import Postgres

extension Registry {
    static func findings(
        of set: ResultSet, _ readings: [Reading], in transaction: borrowing Transaction
    ) throws -> [Finding] {
        []
    }
}
