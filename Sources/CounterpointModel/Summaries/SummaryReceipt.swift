// The receipt of a figure: a text that says what it was made of, and whose digest is its name.

/// How the text of a receipt is written. Receipts are quoted in public, so those of an earlier form are still found.
public enum ReceiptForm: CaseIterable, Sendable {
    /// As receipts are given now.
    case second
    /// With the revisions answered by, which NGOs count in their own way since schema 19. An NGO does not find its own
    /// receipts of this form again; managers, funders and auditors find them.
    case first
}

extension SummaryGroup {
    /// What the digest is taken of: the question, the group, and every set with the digest of its content. Neither the caller
    /// nor the moment of asking is in it, nor a revision, which NGOs and funders count each in their own way: whoever asks the
    /// same of the same record gets the same digest.
    func receiptText(
        of summary: Summary, _ setDigests: [ResultSet.ID: String], _ form: ReceiptForm
    ) -> String {
        var lines = [
            form == .first ? "counterpoint receipt 1" : "counterpoint receipt 2",
            summary.question.document.text,
            "key "
                + JSONValue.object(
                    JSONObject(key.map { ($0.dimension.rawValue, .string(orNull: $0.value)) })
                ).text,
        ]
        if form == .first {
            lines += summary.revisions.map { "programme \($0.programme) at \($0.revision)" }
        }
        lines += sets.map { "set \($0) \(setDigests[$0] ?? "")" }
        return lines.joined(separator: "\n")
    }
}

/// What a figure was made of.
public struct Receipt: Sendable {
    public var digest: String
    public var question: SummaryQuestion
    public var group: SummaryGroup
    public var summary: Summary
    public var sets: [Item]

    /// One result set behind the figure.
    public struct Item: Hashable, Sendable {
        public var set: ResultSet.ID
        public var campaign: Campaign.ID
        public var channel: Channel
        public var role: SetRole
        public var breakdown: Breakdown
        public var period: Period
        /// SHA-256 over the set's readings; `counterpoint audit recompute` derives it again.
        public var digest: String
        /// SHA-256 of the file that was handed in, if one was.
        public var sourceSHA256: String?
        public var acceptedRevision: Int64?
        public var retiredRevision: Int64?

        public init(
            set: ResultSet.ID, campaign: Campaign.ID, channel: Channel, role: SetRole,
            breakdown: Breakdown,
            period: Period, digest: String, sourceSHA256: String?, acceptedRevision: Int64?,
            retiredRevision: Int64?
        ) {
            self.set = set
            self.campaign = campaign
            self.channel = channel
            self.role = role
            self.breakdown = breakdown
            self.period = period
            self.digest = digest
            self.sourceSHA256 = sourceSHA256
            self.acceptedRevision = acceptedRevision
            self.retiredRevision = retiredRevision
        }

        public var document: JSONValue {
            [
                "resultSet": .string(set.text), "campaign": .string(campaign.text),
                "channel": .string(channel.rawValue), "role": .string(role.rawValue),
                "breakdown": .string(breakdown.rawValue), "from": .string(period.from.description),
                "to": .string(period.to.description), "digest": .string(digest),
                "sourceSha256": .string(orNull: sourceSHA256),
                "acceptedRevision": .integer(orNull: acceptedRevision),
                "retiredRevision": .integer(orNull: retiredRevision),
            ]
        }
    }

    public init(
        digest: String, question: SummaryQuestion, group: SummaryGroup, summary: Summary,
        sets: [Item]
    ) {
        self.digest = digest
        self.question = question
        self.group = group
        self.summary = summary
        self.sets = sets
    }

    public var document: JSONValue {
        [
            "digest": .string(digest), "scope": question.document,
            "revisions": summary.document["revisions"] ?? .null,
            "figures": group.document(withSets: false),
            "resultSets": .array(sets.map(\.document)),
        ]
    }
}

extension Summary {
    /// The question to ask again for this group: the same scope at the same revisions.
    public func receiptQuestion(group index: Int) -> JSONValue {
        var object: JSONObject = ["scope": question.document, "asOf": .string(asOf.description)]
        object["key"] = .object(
            JSONObject(
                groups[index].key.map { ($0.dimension.rawValue, .string(orNull: $0.value)) }))
        return .object(object)
    }
}

/// A kept question, read back.
public struct ReceiptQuestion: Sendable {
    public var question: SummaryQuestion

    /// Nil if the text is not one that `receiptQuestion` wrote.
    public init?(_ text: String) {
        guard let body = try? JSONParser.parse(Array(text.utf8)), let scope = body["scope"] else {
            return nil
        }
        func texts(_ name: String) -> [String] {
            (scope[name]?.array ?? []).compactMap(\.string)
        }
        question = SummaryQuestion()
        question.programmes = texts("programme").compactMap { Programme.ID($0) }
        question.grants = texts("grant").compactMap { Grant.ID($0) }
        question.organisations = texts("organisation").compactMap { Organisation.ID($0) }
        question.campaigns = texts("campaign").compactMap { Campaign.ID($0) }
        question.channels = texts("channel").compactMap(Channel.init(rawValue:))
        question.countries = texts("country").compactMap { Country($0) }
        question.from = scope["from"]?.string.flatMap { Day(iso: $0) }
        question.to = scope["to"]?.string.flatMap { Day(iso: $0) }
        question.groupBy = texts("groupBy").compactMap(GroupDimension.init(rawValue:))
        question.pending = scope["pending"]?.bool ?? false
        question.asOf = body["asOf"]?.string.flatMap { Instant(rfc3339: $0) }
    }
}
