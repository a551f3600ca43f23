// Where a provider's keys come from: a file, an address, or the address that the provider's own description names.

import AsyncHTTPClient
import CounterpointModel
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// The place of a key set (JWKS).
public enum KeySource: Sendable, Hashable {
    case file(String)
    case address(String)
    /// `<issuer>/.well-known/openid-configuration` says where.
    case discovery(issuer: String)

    /// A file's path, an address that begins with https:// (or http:// on this host), or nil: the issuer is asked.
    public init?(_ text: String?, issuer: String) {
        guard let text else {
            guard Self.isSafe(issuer) else { return nil }
            self = .discovery(issuer: issuer)
            return
        }
        guard text.contains("://") else {
            self = .file(text)
            return
        }
        guard Self.isSafe(text) else { return nil }
        self = .address(text)
    }

    struct Unavailable: Error { let reason: String }

    private static let patience = TimeAmount.seconds(5)

    // Never shut down: it has no connection open while nobody signs in, and lives as long as the process.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        // Who answers for another address than was asked is not believed.
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(3), read: patience)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Keys that anybody on the way could exchange are worth nothing: https, but for this very host.
    static func isSafe(_ address: String) -> Bool {
        if address.hasPrefix("https://") { return true }
        guard address.hasPrefix("http://") else { return false }
        let host = address.dropFirst(7).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
        return !host.contains("@") && ["127.0.0.1", "localhost", "[::1]"].contains(name)
    }

    func fetch() async throws -> ProviderKeys {
        let bytes: [UInt8]
        switch self {
        case .file(let path): bytes = try Self.read(path)
        case .address(let address): bytes = try await Self.get(address)
        case .discovery(let issuer): bytes = try await Self.get(Self.discovered(issuer))
        }
        guard let keys = await ProviderKeys(bytes) else {
            throw Unavailable(reason: "no key set, or none of its keys can be used")
        }
        return keys
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw Unavailable(reason: "the file of keys cannot be read")
        }
        guard data.count <= ProviderKeys.bytesMax else {
            throw Unavailable(reason: "the file of keys is too large")
        }
        return Array(data)
    }

    private static func get(_ address: String) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: "application/json")
        let response = try await client.execute(request, timeout: patience)
        guard response.status == .ok else {
            throw Unavailable(reason: "the provider answered \(response.status.code)")
        }
        let body = try await response.body.collect(upTo: ProviderKeys.bytesMax)
        return Array(body.readableBytesView)
    }

    private static func discovered(_ issuer: String) async throws -> String {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let bytes = try await get(base + "/.well-known/openid-configuration")
        guard let document = try? JSONParser.parse(bytes),
            document["issuer"]?.string == issuer, let address = document["jwks_uri"]?.string,
            isSafe(address)
        else {
            throw Unavailable(
                reason: "the provider's description names another issuer, or no safe jwks_uri")
        }
        return address
    }
}
