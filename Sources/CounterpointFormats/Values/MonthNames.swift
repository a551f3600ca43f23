// Names of months and weekdays in the languages that platforms export in. One name a word: a new language is one line.

/// Words that stand in dates, folded as by `CellText.folded`, without a point at the end.
enum MonthNames {
    /// 1 to 12, nil for any other word.
    static func month(_ word: String) -> Int? { months[word] }

    static func isWeekday(_ word: String) -> Bool { weekdays.contains(word) }

    /// Words between the parts of a date: `5 de febrero de 2026`, `le 5 mars`, `am 5. Mai`, `1er`.
    static func isFiller(_ word: String) -> Bool { fillers.contains(word) }

    // In the order of the months; several names of one month are parted by bars.
    private static let byLanguage = [
        // English
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec",
        // German
        "januar|janner|jan februar|feb marz|maerz|mar|mrz april|apr mai juni|jun juli|jul august|aug september|sep|sept oktober|okt november|nov dezember|dez",
        // French
        "janvier|janv|jan fevrier|fevr|fev mars avril|avr mai juin juillet|juil aout septembre|sept octobre|oct novembre|nov decembre|dec",
        // Spanish
        "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sept|sep octubre|oct noviembre|nov diciembre|dic",
        // Italian
        "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|set|sett ottobre|ott novembre|nov dicembre|dic",
        // Portuguese
        "janeiro|jan fevereiro|fev marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez",
    ]

    private static let months: [String: Int] = {
        var table: [String: Int] = [:]
        for language in byLanguage {
            for (index, names) in language.split(separator: " ").enumerated() {
                for name in names.split(separator: "|") { table[String(name)] = index + 1 }
            }
        }
        return table
    }()

    private static let weekdays = Set(
        [
            "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
            "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
            "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
            "lunes martes miercoles jueves viernes sabado domingo lun mar mie jue vie sab dom",
            "lunedi martedi mercoledi giovedi venerdi sabato domenica lun mar mer gio ven sab dom",
            "segunda terca quarta quinta sexta sabado domingo segunda-feira terca-feira quarta-feira quinta-feira sexta-feira seg ter qua qui sex sab dom",
        ].flatMap { $0.split(separator: " ").map(String.init) })

    private static let fillers: Set<String> = [
        "de", "del", "do", "of", "the", "le", "el", "il", "den", "der", "am", "on", "st", "nd",
        "rd", "th",
        "er", "e", "o", "a",
    ]
}
