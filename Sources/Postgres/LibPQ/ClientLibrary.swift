// Which libpq this program runs with.

internal import CLibPQ

/// The client library that was found when the program started.
public enum ClientLibrary {
    /// Its release, as in 15.20.
    public static var version: String {
        let number = PQlibVersion()
        return "\(number / 10_000).\(number % 10_000)"
    }
}
