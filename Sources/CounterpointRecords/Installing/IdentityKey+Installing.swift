// The key of identities, made anew: the database gets it, and whoever runs the command puts it where the service reads it.

import Postgres

extension IdentityKey {
    /// Makes a key, gives it to the database and answers it as 64 hexadecimal digits. The one before opens nothing any more.
    public static func install(on connection: RegistryConnection) async throws -> String {
        try await SchemaMigrator.requireSuperuser(
            connection, for: "Installing the key of identities")
        let key = RandomText.bytes(byteCount)
        return try await forOperators {
            try await connection.database.write { transaction in
                _ = try transaction.execute(Query(Identities.installKey, key))
            }
            return key.hexText
        }
    }
}
