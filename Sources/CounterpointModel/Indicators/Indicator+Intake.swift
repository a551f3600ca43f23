// What clients send to set an indicator, or to change it.

/// An indicator to set.
public struct NewIndicator: Sendable, Hashable, BodyReadable {
    public var code: String
    public var title: String
    public var terms: IndicatorTerms
    public var told: IndicatorStatement?

    public init(code: String, title: String, terms: IndicatorTerms, told: IndicatorStatement? = nil)
    {
        self.code = code
        self.title = title
        self.terms = terms
        self.told = told
    }

    public static func read(from reader: inout BodyReader) -> NewIndicator? {
        let code = reader.required("code", .indicatorCode)
        let title = reader.required("title", .text(.title))
        let measure = reader.optional("measure", Shape<IndicatorMeasure>.choice())
        let metric = reader.optional("metric", .metric)
        let channels = reader.optional("channels", .channels)
        let from = reader.optional("from", .day)
        let to = reader.optional("to", .day)
        let direction = reader.optional("direction", Shape<IndicatorDirection>.choice())
        let baseline = reader.optional("baseline", SentAim.shape)
        let target = reader.optional("target", SentAim.shape)
        let told = reader.optional("actual", IndicatorStatement.shape)
        reader.place.checkMeasure(measure, metric, isMetricGiven: reader.has("metric"))
        let period = reader.place.indicatorPeriod(from, to)
        var terms = IndicatorTerms(
            metric: metric, channels: channels ?? [], period: period,
            direction: direction ?? .ascending)
        reader.place.resolve(baseline, target, into: &terms)
        reader.place.check(terms, told)
        guard let code, let title else { return nil }
        return NewIndicator(code: code, title: title, terms: terms, told: told)
    }
}

/// A merge patch of an indicator. What it measures stays; another indicator measures something else.
public struct IndicatorChange: Sendable, Hashable, BodyReadable {
    public var title: Change<String> = .keep
    public var channels: Change<[Channel]> = .keep
    public var from: Change<Day> = .keep
    public var to: Change<Day> = .keep
    public var direction: Change<IndicatorDirection> = .keep
    fileprivate var baseline: Change<SentAim> = .keep
    fileprivate var target: Change<SentAim> = .keep
    public var told: Change<IndicatorStatement> = .keep

    public init() {}

    public static func read(from reader: inout BodyReader) -> IndicatorChange? {
        var change = IndicatorChange()
        change.title = reader.replacement("title", .text(.title))
        change.channels = reader.change("channels", .channels)
        change.from = reader.change("from", .day)
        change.to = reader.change("to", .day)
        change.direction = reader.replacement("direction", .choice())
        change.baseline = reader.change("baseline", SentAim.shape)
        change.target = reader.change("target", SentAim.shape)
        change.told = reader.change("actual", IndicatorStatement.shape)
        reader.forbidden("code", "The code stays; others refer to it.")
        reader.forbidden("measure", "An indicator keeps its measure; set another.")
        reader.forbidden("metric", "An indicator keeps its metric; set another.")
        return change
    }

    /// The indicator after the patch; throws what the whole then breaks.
    public func applied(to old: Indicator) throws(InvalidInput) -> Indicator {
        let place = Place()
        var new = old
        new.title = title.replacing(old.title)
        new.terms.channels = channels.overList(old.terms.channels)
        new.terms.period = place.indicatorPeriod(
            from.over(old.terms.period?.from), to.over(old.terms.period?.to))
        new.terms.direction = direction.replacing(old.terms.direction)
        if case .clear = baseline { new.terms.baseline = IndicatorAim() }
        if case .clear = target { new.terms.target = IndicatorAim() }
        place.resolve(baseline.over(nil), target.over(nil), into: &new.terms)
        new.told = told.over(old.told)
        place.check(new.terms, new.told)
        try place.throwIfFaulty()
        return new
    }
}

/// A baseline or target as it is sent: what its figure may be depends on the metric.
private struct SentAim: Sendable, Hashable, BodyReadable {
    var value: JSONValue?
    var statement: String?
    var on: Day?
    var comment: String?

    static func read(from reader: inout BodyReader) -> SentAim? {
        SentAim(
            value: reader.optional("value", Shape<JSONValue> { value, _ in value }),
            statement: reader.optional("statement", .text(.section)),
            on: reader.optional("on", .day), comment: reader.optional("comment", .text(.note)))
    }
}

extension IndicatorStatement: BodyReadable {
    public static func read(from reader: inout BodyReader) -> IndicatorStatement? {
        let statement = reader.required("statement", .text(.section))
        let on = reader.required("on", .day)
        let source = reader.optional("source", .text(.note))
        guard let statement, let on else { return nil }
        return IndicatorStatement(statement: statement, on: on, source: source)
    }
}

extension Shape where Value == String {
    /// Letters, digits, points, lines: what can stand in a file's name and in a sentence.
    fileprivate static var indicatorCode: Shape {
        form("a code of up to 40 letters, digits, “.”, “_” and “-”", code: "notACode") { text in
            let allowed = text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, 45, 46, 95: true
                default: false
                }
            }
            let isLed = text.utf8.first.map { $0 != 45 && $0 != 46 && $0 != 95 } ?? false
            return allowed && isLed && text.utf8.count <= 40 ? text : nil
        }
    }
}

extension Place {
    fileprivate func indicatorPeriod(_ from: Day?, _ to: Day?) -> Period? {
        switch (from, to) {
        case (let from?, let to?):
            let period = Period(from: from, to: to)
            if period == nil {
                member("to").refused("endsBeforeStart", "It ends before it starts (\(from)).")
            }
            return period
        case (nil, nil): return nil
        case (_?, nil): member("to").refused("required", "Give both days or none.")
        case (nil, _?): member("from").refused("required", "Give both days or none.")
        }
        return nil
    }

    fileprivate func checkMeasure(
        _ measure: IndicatorMeasure?, _ metric: Metric?, isMetricGiven: Bool
    ) {
        if measure == .metric, !isMetricGiven {
            member("metric").refused("required", "Name the metric that it is measured by.")
        }
        if measure == .qualitative, metric != nil {
            member("metric").refused(
                "notWithQualitative", "An indicator in words has no metric.")
        }
    }

    /// Reads the figures that were sent as the metric has them.
    fileprivate func resolve(
        _ baseline: SentAim?, _ target: SentAim?, into terms: inout IndicatorTerms
    ) {
        var currencies: [Currency] = []
        if let baseline {
            terms.baseline = aim(baseline, terms.metric, member("baseline"), &currencies)
        }
        if let target { terms.target = aim(target, terms.metric, member("target"), &currencies) }
        let hasFigure = terms.baseline.value != nil || terms.target.value != nil
        // Both figures are of one currency: the ones just sent, and the one that stands.
        let standing =
            (baseline == nil && terms.baseline.value != nil)
                || (target == nil && terms.target.value != nil) ? terms.currency : nil
        if Set(currencies + [standing].compactMap(\.self)).count > 1 {
            member("target").member("value").refused(
                "currencyMismatch", "Baseline and target are of one currency.")
        }
        terms.currency = hasFigure ? currencies.first ?? terms.currency : nil
    }

    private func aim(
        _ sent: SentAim, _ metric: Metric?, _ place: Place, _ currencies: inout [Currency]
    ) -> IndicatorAim {
        var aim = IndicatorAim(statement: sent.statement, on: sent.on, comment: sent.comment)
        guard let sentValue = sent.value else { return aim }
        let place = place.member("value")
        guard let metric else {
            place.refused("figureInWords", "An indicator in words has a statement, no figure.")
            return aim
        }
        var text = sentValue.number?.text ?? sentValue.string
        if metric.additivity == .money {
            text = sentValue["amount"]?.string
            guard let currency = sentValue["currency"]?.string.flatMap({ Currency($0) }) else {
                place.refused(
                    "notMoney", "Write it as in {\"amount\":\"250.00\",\"currency\":\"EUR\"}.")
                return aim
            }
            currencies.append(currency)
        }
        guard let text else {
            // Money is a form of a figure too: which one it must be is a matter of the metric.
            place.refused(
                "wrongType", "\(metric.code) is a number, written as in 250 or \"2.5\".")
            return aim
        }
        do throws(ValueFault) {
            aim.value = try ReadingValue.parse(text, for: metric)
        } catch {
            place.refused(error.code, error.detail)
        }
        return aim
    }

    /// What the whole indicator may not be.
    fileprivate func check(_ terms: IndicatorTerms, _ told: IndicatorStatement?) {
        if let metric = terms.metric {
            for (name, aim) in [("baseline", terms.baseline), ("target", terms.target)]
            where aim.statement != nil {
                member(name).member("statement").refused(
                    "wordsForAFigure", "An indicator measured by a metric has a figure here.")
            }
            if told != nil {
                member("actual").refused(
                    "actualIsComputed", "The actual figure is computed from accepted results.")
            }
            let isOfOneChannel =
                metric.additivity == .countPerChannel || metric.additivity == .stock
                || Metric.Rate(metric)?.isPerChannel == true
            if isOfOneChannel, terms.channels.count != 1 {
                member("channels").refused(
                    "oneChannelNeeded",
                    "Each platform counts \(metric.code) in its own way: name the one channel.")
            }
        }
        guard let baseline = terms.baseline.value, let target = terms.target.value else { return }
        let isAgainst =
            terms.direction == .ascending ? target < baseline : target > baseline
        if isAgainst {
            member("target").member("value").refused(
                "againstDirection",
                "The target lies \(target < baseline ? "below" : "above") the baseline; is the direction "
                    + "\(target < baseline ? "descending" : "ascending")?")
        }
    }
}
