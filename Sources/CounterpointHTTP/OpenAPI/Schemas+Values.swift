// The field's own values: money, codes, days.

import CounterpointModel

extension Schemas {
    static let values: [(String, Schema)] = [
        (
            "Money",
            .object(
                "An exact amount of one currency.",
                required: [
                    (
                        "amount",
                        .text(
                            "Decimal digits, with at most as many decimals as the currency has.",
                            pattern: "^-?[0-9]{1,15}(\\.[0-9]{1,8})?$")
                    ),
                    ("currency", .named("Currency")),
                ], example: ["amount": "12500.00", "currency": "EUR"])
        ),
        ("Currency", .words(Currency.all.map(\.code), "An ISO 4217 code.")),
        ("Country", .words(Country.all.map(\.code), "An ISO 3166-1 code, or XK.")),
        ("Language", .words(Language.all.map(\.code), "An ISO 639-1 code.")),
        (
            "Channel",
            words(Channel.self, "Where a campaign is seen; meta is facebook and instagram.")
        ),
        ("Metric", .words(Metric.all.map(\.code), "What is measured; see the metric catalogue.")),
    ]
}
