// The words by which platforms mark a row as the total of others.

/// Tells a total's label from the name of a campaign: `Total: Account` is one, `Total Wine` is none.
enum TotalLabel {
    static func isTotal(_ text: String) -> Bool {
        let folded = CellText.folded(text)
        guard folded.utf8.count <= 120 else { return false }
        if words.contains(folded) { return true }
        // `Total: Campaigns`, `Gesamt: Konto`, `Total : compte`.
        if let colon = folded.firstIndex(of: ":"),
            words.contains(CellText.trimmed(String(folded[..<colon])))
        {
            return true
        }
        return counted(folded)
    }

    /// What a label such as `Total: Search` is the total of, folded; nil for the whole.
    static func part(of text: String) -> String? {
        let folded = CellText.folded(text)
        guard let colon = folded.firstIndex(of: ":") else { return nil }
        let part = CellText.trimmed(String(folded[folded.index(after: colon)...]))
        return wholes.contains(part) ? nil : part
    }

    // `Total of 12 results`, `Results from 48 ads`, `Ergebnisse aus 48 Anzeigen`.
    private static func counted(_ folded: String) -> Bool {
        let parts = folded.split(separator: " ")
        guard parts.count >= 3, parts.count <= 6 else { return false }
        guard starts.contains(parts.prefix(2).joined(separator: " ")) else { return false }
        return parts[2].utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static let starts: Set<String> = [
        "total of", "total from", "results from", "ergebnisse aus", "ergebnisse von",
        "resultats de", "resultados de", "risultati di", "totale di", "total de",
    ]

    private static let words: Set<String> = [
        "total", "totals", "grand total", "gesamt", "gesamtsumme", "summe", "insgesamt", "totaux",
        "total general",
        "totale", "totali", "totale complessivo", "totales", "total geral", "totais", "suma", "sum",
    ]

    private static let wholes: Set<String> = [
        "account", "campaigns", "konto", "kampagnen", "compte", "campagnes", "cuenta", "campanas",
        "account complessivo", "campagne", "conta", "campanhas", "all", "ad groups", "ads",
        "anzeigengruppen",
        "all but removed campaigns", "filtered campaigns",
    ]
}
