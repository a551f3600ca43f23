// A zip in memory by libarchive: what is in it, and one entry at a time as a stream.
//
// Only the central directory counts (the "seekable" reader), so that there is one answer to what is in the file. Sizes that
// the file declares are believed only where they refuse it: what comes out is counted byte by byte.

import CArchive
import CounterpointModel

/// The entries of a zip. Valid while the memory is.
final class ZipFile {
    struct Entry {
        /// As stored; for finding parts and for display, never a path of this machine.
        var name: String
        var isFile: Bool
    }

    private(set) var entries: [Entry] = []
    private let memory: UnsafeRawBufferPointer
    private let limits: FileLimits
    /// What has come out of all streams so far.
    fileprivate var unpackedBytes = 0

    /// Lists the entries; nothing is unpacked.
    init(_ memory: UnsafeRawBufferPointer, _ budget: inout WorkBudget) throws(FileRefusal) {
        self.memory = memory
        limits = budget.limits
        try budget.spend(bytes: memory.count)
        try Self.refuseManyEntries(memory, limits)
        let handle = try ZipHandle(memory)
        var names = Set<String>()
        var declared: Int64 = 0
        while let header = try handle.nextHeader() {
            try budget.spend(16)
            guard entries.count < limits.entries else { throw Self.tooManyEntries(limits) }
            guard names.insert(header.name).inserted else {
                throw FileRefusal(
                    .brokenArchive,
                    "Two entries have the same name, so that it cannot be told which one is meant; pack the files again.",
                    at: ZipFile.display(header.name))
            }
            guard !header.isEncrypted else {
                throw FileRefusal(
                    .encryptedArchive,
                    "The archive is protected with a password. Unpack it, and hand in what is inside or pack it again without one.",
                    at: ZipFile.display(header.name))
            }
            if header.isFile, header.size > 0 {
                declared = declared.addingReportingOverflow(header.size).partialValue
                guard header.size <= limits.unpackedBytes, declared >= 0, isTaken(Int(declared))
                else { throw Self.tooLarge(limits) }
            }
            entries.append(Entry(name: header.name, isFile: header.isFile))
        }
    }

    /// The entry's bytes, to be read once.
    func stream(_ index: Int) throws(FileRefusal) -> ZipStream {
        let handle = try ZipHandle(memory)
        var header: ZipHandle.Header?
        for _ in 0...index { header = try handle.nextHeader() }
        let place = Self.display(entries[index].name)
        guard let header, header.name == entries[index].name else {
            throw FileRefusal.brokenArchive(at: place)
        }
        guard header.isDeflatedOrStored else {
            throw FileRefusal(
                .unsupportedCompression,
                "The archive is packed in a way that is not read; pack the files again as a plain zip.",
                at: place)
        }
        return ZipStream(self, handle, place: place, declared: header.size)
    }

    /// The whole entry.
    func bytes(_ index: Int, atMost most: Int? = nil, _ budget: inout WorkBudget)
        throws(FileRefusal)
        -> [UInt8]
    {
        let stream = try stream(index)
        var bytes: [UInt8] = []
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = try stream.read(into: piece)
            if count == 0 { return bytes }
            try budget.spend(bytes: count)
            bytes += piece[..<count]
            if let most, bytes.count > most { throw Self.tooLarge(limits) }
        }
    }

    /// Counts what came out; throws where it is too much, by size or by ratio.
    fileprivate func count(_ bytes: Int) throws(FileRefusal) {
        unpackedBytes += bytes
        guard isTaken(unpackedBytes) else { throw Self.tooLarge(limits) }
    }

    private func isTaken(_ bytes: Int) -> Bool {
        bytes <= limits.unpackedBytes
            && (bytes <= limits.ratioFloor || bytes / limits.ratio <= memory.count)
    }

    /// A stored name as it may be shown: no control characters or marks of direction, and not endless.
    static func display(_ name: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in name.unicodeScalars.prefix(200) {
            let isPlain =
                scalar.properties.generalCategory != .control
                && scalar.properties.generalCategory != .format
            if isPlain { shown.append(scalar) }
        }
        return String(shown)
    }

    // The directory is held in memory as a whole, so that a million entries are refused before it is read: by their
    // signatures, for the count that a file declares may lie.
    private static func refuseManyEntries(
        _ memory: UnsafeRawBufferPointer, _ limits: FileLimits
    ) throws(FileRefusal) {
        let signature: [UInt8] = [0x50, 0x4B, 1, 2]
        let found = memory.occurrences(of: signature, atMost: limits.entries + 1)
        if found > limits.entries { throw tooManyEntries(limits) }
    }

    private static func tooManyEntries(_ limits: FileLimits) -> FileRefusal {
        FileRefusal(
            .tooManyEntries,
            "An archive has at most \(limits.entries) entries; hand in the tables alone.")
    }

    private static func tooLarge(_ limits: FileLimits) -> FileRefusal {
        FileRefusal(
            .archiveTooLarge,
            "What is inside is larger than is taken (\(limits.unpackedBytes >> 20) MiB, or \(limits.ratio) times the packed size). Export a shorter period, or as CSV."
        )
    }
}

/// The bytes of one entry, as they are unpacked.
final class ZipStream {
    let place: String
    private let file: ZipFile
    private let handle: ZipHandle
    private let declared: Int64
    private var read: Int64 = 0

    fileprivate init(_ file: ZipFile, _ handle: ZipHandle, place: String, declared: Int64) {
        self.declared = declared
        self.file = file
        self.handle = handle
        self.place = place
    }

    /// The next bytes into the memory, how many; 0 at the end.
    func read(into memory: UnsafeMutableRawBufferPointer) throws(FileRefusal) -> Int {
        let count = try handle.read(into: memory, at: place)
        try file.count(count)
        read += Int64(count)
        // More than the directory says: it lies, and the rest is not waited for.
        if declared >= 0, read > declared { throw FileRefusal.brokenArchive(at: place) }
        return count
    }
}

/// libarchive's reader, freed with its owner.
private final class ZipHandle {
    struct Header {
        var name: String
        var isFile: Bool
        var isEncrypted: Bool
        /// -1 where none is declared.
        var size: Int64
        var isDeflatedOrStored: Bool
    }

    private let archive: OpaquePointer

    init(_ memory: UnsafeRawBufferPointer) throws(FileRefusal) {
        guard let archive = archive_read_new() else { throw FileRefusal.brokenArchive(at: nil) }
        self.archive = archive
        archive_read_support_format_zip_seekable(archive)
        guard archive_read_open_memory(archive, memory.baseAddress, memory.count) == ARCHIVE_OK
        else { throw FileRefusal.brokenArchive(at: nil) }
    }

    deinit { archive_read_free(archive) }

    func nextHeader() throws(FileRefusal) -> Header? {
        var entry: OpaquePointer?
        let result = archive_read_next_header(archive, &entry)
        if result == ARCHIVE_EOF { return nil }
        // A warning is about names that the machine's locale cannot say; they are only shown.
        guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let entry else {
            throw FileRefusal.brokenArchive(at: nil)
        }
        // The format's name says how the entry is packed: "ZIP 2.0 (deflation)".
        let format = archive_format_name(archive).map { String(cString: $0) } ?? ""
        return Header(
            name: Self.name(entry),
            isFile: archive_entry_filetype(entry) == Self.regularFile,
            isEncrypted: archive_entry_is_encrypted(entry) != 0,
            size: archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : -1,
            isDeflatedOrStored: format.hasSuffix("(deflation)")
                || format.hasSuffix("(uncompressed)"))
    }

    func read(into memory: UnsafeMutableRawBufferPointer, at place: String) throws(FileRefusal)
        -> Int
    {
        let count = archive_read_data(archive, memory.baseAddress, memory.count)
        guard count >= 0 else { throw FileRefusal.brokenArchive(at: place) }
        return count
    }

    // S_IFREG, which the header defines by a cast that Swift does not see.
    private static let regularFile: mode_t = 0o100000

    private static func name(_ entry: OpaquePointer) -> String {
        if let name = archive_entry_pathname_utf8(entry) { return String(cString: name) }
        if let name = archive_entry_pathname(entry) { return String(cString: name) }
        return ""
    }
}

extension FileRefusal {
    static func brokenArchive(at place: String?) -> FileRefusal {
        FileRefusal(
            .brokenArchive,
            "The file is damaged or was cut off on its way; download or save it again, and see that it opens.",
            at: place)
    }
}
