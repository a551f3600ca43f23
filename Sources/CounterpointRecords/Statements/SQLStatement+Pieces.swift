// Statements that share a list of columns. Every piece is a literal in the source: nothing that was typed by anyone can
// become part of a statement's text.

import Postgres

extension SQLStatement {
    init(_ pieces: StaticString..., name: StaticString) {
        self.init(dynamic: pieces.map(\.description).joined(separator: " "), name: name.description)
    }
}
