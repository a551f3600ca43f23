// Forms as browsers and tools send them, in pieces of any size; and names of files as they write them.

import Testing

@testable import CounterpointHTTP

@Suite("Forms with a file")
struct MultipartTests {
    private static let type = "multipart/form-data; boundary=\"a b'()+_,-./:=?c\""
    private static let mark = "--a b'()+_,-./:=?c"

    private func events(
        _ text: String, pieces size: Int, type: String = MultipartTests.type
    ) async throws -> (heads: [MultipartHead], contents: [[UInt8]]) {
        var reader = try #require(MultipartReader(contentType: type))
        var heads: [MultipartHead] = []
        var contents: [[UInt8]] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try await reader.read(Array(bytes[start..<min(start + size, bytes.count)])) { event in
                switch event {
                case .part(let head):
                    heads.append(head)
                    contents.append([])
                case .content(let more): contents[contents.count - 1] += more
                case .end: break
                }
            }
        }
        try reader.finish()
        return (heads, contents)
    }

    @Test("Whatever the pieces, the parts are the same", arguments: [1, 2, 3, 7, 16, 61, 1_000])
    func pieces(_ size: Int) async throws {
        let content = "a\r\n--a b'()+_,-./:=?\r\n-\r\n\r\n--a"
        let text =
            "\(Self.mark)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"märz.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n\(content)\r\n\(Self.mark)\r\n"
            + "content-disposition: form-data; name=empty\r\n\r\n\r\n\(Self.mark) \t\r\n"
            + "Content-Disposition: form-data; name=\"last\"\r\n\r\n\r\n\r\n\(Self.mark)--\r\nepilogue"
        let (heads, contents) = try await events(text, pieces: size)
        #expect(heads.map(\.name) == ["file", "empty", "last"])
        #expect(heads[0].fileName == "märz.csv" && heads[0].isFile && !heads[1].isFile)
        #expect(contents == [Array(content.utf8), [], [0x0D, 0x0A]])
    }

    @Test("A part without header and content says nothing", arguments: [1, 3, 1_000])
    func nothing(_ size: Int) async throws {
        let text = "\(Self.mark)\r\n\(Self.mark)\r\n\(Self.mark)--\r\n"
        #expect(try await events(text, pieces: size).heads.isEmpty)
    }

    @Test("What is no form is refused, and says why")
    func faults() async throws {
        let head = "Content-Disposition: form-data; name=\"f\"\r\n\r\n"
        let bad: [(String, MultipartReader.Fault)] = [
            ("hello", .notBegun), ("", .notBegun), ("\(Self.mark)", .cutOff),
            ("\(Self.mark)\r\n\(head)x", .cutOff), ("\(Self.mark)xy", .badBoundary),
            ("\(Self.mark)\r\nX: y\r\n\r\n", .badHead),
            ("\(Self.mark)\r\nnonsense\r\n\r\n", .badHead),
            (
                "\(Self.mark)\r\nContent-Transfer-Encoding: base64\r\n\(head)\r\n\(Self.mark)--",
                .encoded
            ),
            ("\(Self.mark)\r\n" + String(repeating: "x", count: 9_000), .headTooLong),
            ("\(Self.mark)\r\n" + String(repeating: "x: y\r\n", count: 30), .headTooLong),
            (
                String(repeating: "\(Self.mark)\r\n\(head)\r\n", count: 25) + "\(Self.mark)--",
                .tooManyParts
            ),
        ]
        for (text, fault) in bad {
            for size in [1, 1_000_000] {
                do {
                    _ = try await events(text, pieces: size)
                    Issue.record("taken: \(text.prefix(60))")
                } catch let found as MultipartReader.Fault {
                    #expect(found == fault, "\(text.prefix(60))")
                }
            }
        }
        #expect(MultipartReader(contentType: "multipart/form-data") == nil)
        #expect(MultipartReader(contentType: "multipart/mixed; boundary=x") == nil)
        #expect(MultipartReader(contentType: "multipart/form-data; boundary=x; boundary=y") == nil)
        #expect(
            MultipartReader(
                contentType: "multipart/form-data; boundary=\(String(repeating: "x", count: 71))")
                == nil)
    }

    @Test("Names of files")
    func names() {
        func name(_ field: String) -> String? { ContentDisposition(field)?.fileName }
        #expect(name("attachment; filename=\"march.csv\"") == "march.csv")
        #expect(name("attachment; filename=march.csv") == "march.csv")
        #expect(name("attachment;filename = \"a \\\"b\\\".csv\" ;") == "a \"b\".csv")
        #expect(name("form-data; name=f; filename=\"a%22b%20.csv\"") == "a\"b%20.csv")
        #expect(name("attachment; filename=\"C:\\Users\\Ann\\figures.csv\"") == "figures.csv")
        #expect(name("attachment; filename=\"../../etc/passwd\"") == "passwd")
        #expect(
            name("attachment; filename=\"x\"; filename*=UTF-8''%D0%9A%D0%B8%D1%97%D0%B2+1.csv")
                == "Київ+1.csv")
        #expect(name("attachment; filename*=ISO-8859-1''a.csv") == nil)
        #expect(name("attachment; filename=\"a\u{202E}vsc.exe\"") == nil)
        #expect(name("attachment; filename=\"a;b.csv\"") == "a;b.csv")
        #expect(name("attachment; filename=\"a\"; filename=\"b\"") == nil)
        #expect(name("attachment") == nil)
        #expect(name("attachment; filename=\"\(String(repeating: "x", count: 300))\"") == nil)
    }
}
