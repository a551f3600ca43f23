// The parts of a workbook as a stream of nodes, by libxml2's pull reader.
//
// No part of a spreadsheet declares a document type, so one that does is refused before anything is expanded: entities that
// multiply, and files that it would name, do not exist here. Nothing is fetched, and no part is held as a tree.

import CLibXML2
import CounterpointModel
import Glibc

/// Reads one part from its first byte to its last.
final class XMLReader {
    enum Node { case element, end, text, other }

    private let source: XMLSource
    private let reader: xmlTextReaderPtr
    private let part: String

    init(_ stream: ZipStream) throws(FileRefusal) {
        part = stream.place
        source = XMLSource(stream)
        // Once for the process; safe to repeat.
        xmlInitParser()
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NOCDATA.rawValue | XML_PARSE_COMPACT.rawValue
        let context = Unmanaged.passUnretained(source).toOpaque()
        guard
            let reader = xmlReaderForIO(
                { context, memory, count in
                    guard let context, let memory, count > 0 else { return -1 }
                    let source = Unmanaged<XMLSource>.fromOpaque(context).takeUnretainedValue()
                    let buffer = UnsafeMutableRawBufferPointer(start: memory, count: Int(count))
                    return source.read(into: buffer)
                }, { _ in 0 }, context, nil, nil, Int32(options))
        else { throw Self.broken(at: part) }
        self.reader = reader
        // What is wrong is said in a refusal, not on standard error.
        xmlTextReaderSetStructuredErrorHandler(reader, { _, _ in }, nil)
    }

    deinit { xmlFreeTextReader(reader) }

    static func broken(at place: String) -> FileRefusal {
        FileRefusal(
            .brokenWorkbook,
            "The workbook is damaged here. Open it in Excel or LibreOffice, save it again as .xlsx, and hand in that.",
            at: place)
    }

    /// The next node, nil at the end.
    func next(_ budget: inout WorkBudget) throws(FileRefusal) -> Node? {
        let result = xmlTextReaderRead(reader)
        if let refusal = source.refusal { throw refusal }
        if result == 0 { return nil }
        guard result == 1 else { throw Self.broken(at: part) }
        try budget.spend()
        switch xmlTextReaderNodeType(reader) {
        case 1: return .element
        case 15: return .end
        case 3, 4, 13, 14: return .text
        // 10: seen too late to have done harm, and never by another way into the same thing.
        case 5, 10: throw XMLSource.documentType(at: part)
        default: return .other
        }
    }

    /// Whether the element's name, without its prefix, is that.
    func isNamed(_ name: StaticString) -> Bool {
        guard let found = xmlTextReaderConstLocalName(reader) else { return false }
        return Self.isEqual(found, name)
    }

    /// The namespace of the element.
    var namespace: String {
        xmlTextReaderConstNamespaceUri(reader).map { String(cString: $0) } ?? ""
    }

    /// `<c/>`: no end follows.
    var isEmptyElement: Bool { xmlTextReaderIsEmptyElement(reader) == 1 }

    /// Of a text node.
    var text: UnsafePointer<xmlChar>? { xmlTextReaderConstValue(reader) }

    /// Calls `body` with the name (without prefix) and the value of each attribute; both end with a zero.
    func forEachAttribute(_ body: (UnsafePointer<xmlChar>, UnsafePointer<xmlChar>) -> Void) {
        guard xmlTextReaderMoveToFirstAttribute(reader) == 1 else { return }
        repeat {
            if xmlTextReaderIsNamespaceDecl(reader) != 1,
                let name = xmlTextReaderConstLocalName(reader),
                let value = xmlTextReaderConstValue(reader)
            {
                body(name, value)
            }
        } while xmlTextReaderMoveToNextAttribute(reader) == 1
        xmlTextReaderMoveToElement(reader)
    }

    /// One attribute, by its name without prefix.
    func attribute(_ name: StaticString) -> String? {
        var found: String?
        forEachAttribute { attribute, value in
            if found == nil, Self.isEqual(attribute, name) { found = String(cString: value) }
        }
        return found
    }

    static func isEqual(_ found: UnsafePointer<xmlChar>, _ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        return strncmp(
            UnsafeRawPointer(found).assumingMemoryBound(to: CChar.self),
            UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), count + 1) == 0
    }
}

/// Hands the part's bytes to libxml2 and watches for what no part may hold.
private final class XMLSource {
    private(set) var refusal: FileRefusal?
    private let stream: ZipStream
    private var isFirst = true
    // How much of `<!DOCTYPE` the last bytes are.
    private var matched = 0
    private var tag = Tag()
    private var namespaces = 0

    private static let mark = Array("<!DOCTYPE".utf8)
    // libxml2 compares each attribute of an element with each, and looks through the namespaces in scope for every element.
    // Sheets have some twenty of both.
    private static let attributesMax = 100
    private static let namespacesMax = 500

    /// Where in a tag the last byte is. A `<` is always the beginning of one, also after damage.
    private struct Tag {
        var isOpen = false
        var quote: UInt8?
        var attributes = 0
        // How much of ` xmlns` has been seen.
        var matched = 0
    }

    private static let declaration = Array("xmlns".utf8)

    init(_ stream: ZipStream) { self.stream = stream }

    static func documentType(at part: String) -> FileRefusal {
        FileRefusal(
            .documentType,
            "A part of the workbook declares a document type, as no spreadsheet program writes it. Open the file in Excel or LibreOffice, save it again as .xlsx, and hand in that.",
            at: part)
    }

    func read(into memory: UnsafeMutableRawBufferPointer) -> Int32 {
        guard refusal == nil else { return -1 }
        do throws(FileRefusal) {
            let count = try stream.read(into: memory)
            let bytes = UnsafeRawBufferPointer(rebasing: memory[..<count])
            if isFirst { try refuseOtherEncodings(bytes) }
            isFirst = false
            try refuseDocumentType(bytes)
            try countAttributes(bytes)
            return Int32(count)
        } catch {
            refusal = error
            return -1
        }
    }

    // Spreadsheet programs write UTF-8; in another encoding the mark below would pass unseen.
    private func refuseOtherEncodings(_ bytes: UnsafeRawBufferPointer) throws(FileRefusal) {
        let isWide = bytes.prefix(4).contains { $0 == 0 || $0 == 0xFE || $0 == 0xFF }
        if isWide { throw XMLReader.broken(at: stream.place) }
    }

    private func refuseDocumentType(_ bytes: UnsafeRawBufferPointer) throws(FileRefusal) {
        for byte in bytes {
            if byte == Self.mark[matched] {
                matched += 1
                if matched == Self.mark.count { throw Self.documentType(at: stream.place) }
            } else {
                matched = byte == Self.mark[0] ? 1 : 0
            }
        }
    }

    private func countAttributes(_ bytes: UnsafeRawBufferPointer) throws(FileRefusal) {
        for byte in bytes {
            if byte == UInt8(ascii: "<") {
                tag = Tag()
                tag.isOpen = true
            } else if tag.isOpen {
                if let quote = tag.quote {
                    if byte == quote { tag.quote = nil }
                    continue
                }
                switch byte {
                case UInt8(ascii: ">"): tag.isOpen = false
                case UInt8(ascii: "\""), UInt8(ascii: "'"): tag.quote = byte
                case UInt8(ascii: "="): tag.attributes += 1
                default: break
                }
                tag.matched = byte == Self.declaration[tag.matched] ? tag.matched + 1 : 0
                if tag.matched == Self.declaration.count {
                    tag.matched = 0
                    namespaces += 1
                }
                guard tag.attributes <= Self.attributesMax, namespaces <= Self.namespacesMax else {
                    throw XMLReader.broken(at: stream.place)
                }
            }
        }
    }
}
