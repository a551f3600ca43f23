// Merges of organisations and likely duplicates, as they are sent and shown.

import CounterpointModel

extension Schemas {
    static let merges: [(String, Schema)] = [
        ("DuplicateCandidate", candidate), ("LikelyDuplicate", duplicate),
        page(of: "LikelyDuplicate"), ("OrganisationMerge", merge), page(of: "OrganisationMerge"),
        ("MergeUndone", undone), ("NewOrganisationMerge", newMerge), ("MergeUndoing", undoing),
    ]

    private static let candidate = Schema.object(
        "One of a pair.",
        required: [
            ("id", .id("Its id.")), ("name", .text("Its legal name.")),
            ("kind", words(OrganisationKind.self, "What sort of body it is.")),
            ("country", .named("Country")),
            ("standing", words(Standing.self, "Whether it may be given money.")),
        ])

    private static let duplicate = Schema.object(
        "Two organisations that are likely the same.",
        required: [
            (
                "score",
                .number("From 0 to 1; 1 is certain. Of names, the share of trigrams in common.")
            ),
            ("reason", words(LikelyDuplicate.Reason.self, "What they have in common.")),
            ("evidence", .list(of: .text("A number or a name, one of each."))),
            ("first", .named("DuplicateCandidate")), ("second", .named("DuplicateCandidate")),
        ])

    private static let merge = Schema.object(
        "One organisation's record merged into another's.",
        required: [
            ("id", .id("Its id.")), ("lostId", .id("The organisation that was merged away.")),
            ("survivorId", .id("The one that stands.")), ("reason", .text("Why.")),
            ("mergedBy", .id("Who did it.")), ("mergedAt", .instant("When.")),
            ("moved", .map(of: .whole("Rows.", from: 0), "How many rows of each table moved.")),
            ("undone", Schema.named("MergeUndone").orNull),
        ])

    private static let ids = Schema.map(
        of: .list(of: .id("An id.")), "Ids by kind: campaigns, grants, principals, resultSets.")

    private static let undone = Schema.object(
        "How a merge was taken back.",
        required: [
            ("by", .id("Who did it.")), ("at", .instant("When.")),
            ("reason", Schema.text("Why.").orNull),
            ("stayed", ids), ("followed", ids),
        ])

    private static let newMerge = Schema.object(
        "The organisation to merge away, and why.",
        required: [
            ("organisationId", .id("The organisation that is merged away.")),
            ("reason", .text(.note, "Why the two are the same.")),
        ],
        example: [
            "organisationId": "5f0c3a52-6f5e-4d8a-9a53-0b1e3c5d7f90",
            "reason": "The same charity number in another writing",
        ])

    private static let undoing = Schema.object(
        "Why a merge is taken back.",
        optional: [("reason", Schema.text(.note, "Why they are not the same.").orNull)],
        example: ["reason": "Two charities of one name"])
}
