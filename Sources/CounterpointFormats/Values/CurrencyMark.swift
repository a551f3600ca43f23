// Currencies as cells and headers name them: a code, a sign, or a sign that several share.

public import CounterpointModel

/// What a cell or header says about the currency.
public enum CurrencyMark: Sendable, Hashable {
    case currency(Currency)
    /// `$`, `¥`, `kr`: several currencies are written so, and somebody must say which. The likeliest first.
    case ambiguous(sign: String, candidates: [Currency])

    /// The mark that the text is, nothing else around it; nil if it is none. Codes are taken in capitals, and only those
    /// of the list.
    public init?(_ text: some StringProtocol) {
        let sign = CellText.trimmed(String(text))
        if let currency = Currency(sign) {
            self = .currency(currency)
            return
        }
        guard let codes = Self.codesBySign[CellText.folded(sign)] else { return nil }
        let currencies = codes.compactMap { Currency($0) }
        guard let first = currencies.first else { return nil }
        self =
            currencies.count == 1
            ? .currency(first) : .ambiguous(sign: sign, candidates: currencies)
    }

    /// The currency, if there is no doubt.
    public var currency: Currency? {
        if case .currency(let currency) = self { currency } else { nil }
    }

    // Folded: lower case, accents off.
    private static let codesBySign: [String: [String]] = [
        "€": ["EUR"], "eur": ["EUR"], "euro": ["EUR"], "£": ["GBP"], "₴": ["UAH"], "грн": ["UAH"],
        "грн.": ["UAH"], "₽": ["RUB"], "руб.": ["RUB"], "₹": ["INR"],
        "rs.": ["INR", "PKR", "LKR", "NPR"],
        "₺": ["TRY"], "₪": ["ILS"], "₦": ["NGN"], "₱": ["PHP"], "₩": ["KRW"], "₫": ["VND"],
        "฿": ["THB"], "₸": ["KZT"], "₾": ["GEL"], "֏": ["AMD"], "₼": ["AZN"], "৳": ["BDT"],
        "₲": ["PYG"], "₡": ["CRC"], "zł": ["PLN"], "zl": ["PLN"], "kc": ["CZK"], "ft": ["HUF"],
        "lei": ["RON", "MDL"], "fr.": ["CHF"], "sfr.": ["CHF"], "us$": ["USD"], "$us": ["USD"],
        "usd$": ["USD"],
        "a$": ["AUD"], "au$": ["AUD"], "c$": ["CAD"], "ca$": ["CAD"], "nz$": ["NZD"],
        "hk$": ["HKD"], "s$": ["SGD"], "sg$": ["SGD"], "nt$": ["TWD"], "r$": ["BRL"],
        "mx$": ["MXN"], "mex$": ["MXN"], "ar$": ["ARS"], "clp$": ["CLP"], "co$": ["COP"],
        "ksh": ["KES"], "kes": ["KES"], "gh₵": ["GHS"], "₵": ["GHS"], "e£": ["EGP"],
        "cfa": ["XOF", "XAF"],
        "fcfa": ["XAF", "XOF"],
        "$": ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP"],
        "¥": ["JPY", "CNY"], "kr": ["SEK", "NOK", "DKK", "ISK"],
        "kr.": ["DKK", "SEK", "NOK", "ISK"],
    ]
}

/// A header that names a currency behind its column's name: `Amount spent (EUR)`, `Cost [US$]`, `Valor gasto (BRL)`.
public struct HeaderCurrency: Sendable, Hashable {
    /// The header without the currency: `Amount spent`.
    public var name: String
    public var mark: CurrencyMark

    /// Nil if the last bracket of the header holds no currency: `CTR (all)`, `Start Date (in UTC)`, `Video plays (3s)`.
    public init?(_ header: String) {
        let text = CellText.trimmed(header)
        let scalars = Array(text.unicodeScalars)
        guard let last = scalars.last, ")]）］".unicodeScalars.contains(last),
            let open = scalars.lastIndex(where: { "([（［".unicodeScalars.contains($0) })
        else { return nil }
        var inside = String.UnicodeScalarView()
        inside.append(contentsOf: scalars[(open + 1)..<(scalars.count - 1)])
        guard let mark = CurrencyMark(String(inside)) else { return nil }
        var before = String.UnicodeScalarView()
        before.append(contentsOf: scalars[..<open])
        name = CellText.trimmed(String(before))
        self.mark = mark
        guard !name.isEmpty else { return nil }
    }
}
