// The metric in a file's name (`Visits.csv`, `Facebook reach (2).csv`). Names are a hint and nothing more, since people rename
// files; but Meta Business Suite names its files after their one metric, and where name and content disagree, one of them is
// wrong.

import CounterpointModel

/// What a file's name, or whoever hands it in, says about the one metric that is in it.
struct FileNameMetric {
    /// What was sent with the file, and settles it.
    var sent: Metric?
    /// The part of the name that names a metric, as the file has it.
    private(set) var text = ""
    private var meaning: FigureMeaning?

    init() {}

    init(_ name: String?, _ options: PlatformImport.Options) {
        sent = options.metric
        guard let name, name.utf8.count <= 255 else { return }
        let stem = Self.withoutEnding(name)
        guard
            case .figure(let meaning)? = FileFormat.metaPage.names.meaning(of: Heading(stem))?
                .meaning
        else { return }
        text = stem
        self.meaning = meaning
    }

    /// What to send if the name is right, in words; nil if it names no metric.
    var hint: String? {
        meaning.map { meaning in
            let channel = meaning.channel?.rawValue ?? "facebook"
            return
                "The file's name says \(text): send metric=\(meaning.metric.code)&channel=\(channel) if that is so."
        }
    }

    /// Whether the content's own word for it is another one. `Visits.csv` has visits of a page as well as of a profile.
    func contradicts(_ stated: FigureMeaning) -> Bool {
        if let sent { return sent != stated.metric }
        guard let meaning else { return false }
        if let own = meaning.channel, let other = stated.channel, own != other { return true }
        let visits: Set<Metric> = [.pageVisits, .profileVisits]
        return meaning.metric != stated.metric
            && !(visits.contains(meaning.metric) && visits.contains(stated.metric))
    }

    // `Facebook reach (2).csv`, `Visits-1.csv`, `Reach_20250101.csv`: without the ending and what makes names different.
    private static func withoutEnding(_ name: String) -> String {
        var stem = name[...]
        if let dot = stem.lastIndex(of: ".") { stem = stem[..<dot] }
        let tail = Set("0123456789()[]-_. ")
        while let last = stem.last, tail.contains(last) { stem.removeLast() }
        return CellText.trimmed(String(stem))
    }
}
