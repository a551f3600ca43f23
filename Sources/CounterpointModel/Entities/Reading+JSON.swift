// A reading as clients send it and as answers show it.

extension Reading {
    /// Reads one element of `readings`; days that it leaves out are those of its set.
    static func read(from reader: inout BodyReader, of set: Period?) -> Reading? {
        let metric = reader.required("metric", .metric)
        let from = reader.optional("from", .day)
        let to = reader.optional("to", .day)
        let content = reader.optional("content", .text(.title))
        let cell = reader.optional("cell", .text(.cell))
        let state = reader.optional("state", Shape<ReadingState>.choice())
        let qualifier = reader.optional("qualifier", Shape<Qualifier>.choice())
        let note = reader.optional("note", .text(.note))
        let amount = readValue(&reader, metric, state ?? .value)
        let hasFaultyDay =
            (from == nil && reader.isGiven("from")) || (to == nil && reader.isGiven("to"))
        guard let metric, !hasFaultyDay, let from = from ?? set?.from, let to = to ?? set?.to
        else { return nil }
        guard let period = Period(from: from, to: to) else {
            reader.place.member("to").refused(
                "endsBeforeStart", "It ends before it starts (\(from)).")
            return nil
        }
        return Reading(
            metric: metric, period: period, content: content, cell: cell, state: state ?? .value,
            qualifier: qualifier ?? .exact, value: amount.value, currency: amount.currency,
            note: note)
    }

    /// The reading as answers show it, with every member.
    public var document: JSONValue {
        [
            "metric": .string(metric.code), "from": .text(period.from), "to": .text(period.to),
            "content": .string(orNull: content), "cell": .string(orNull: cell),
            "value": ReadingValue.document(of: self), "state": .string(state.rawValue),
            "qualifier": .string(qualifier.rawValue), "note": .string(orNull: note),
        ]
    }

    private static func readValue(
        _ reader: inout BodyReader, _ metric: Metric?, _ state: ReadingState
    ) -> (value: ExactDecimal?, currency: Currency?) {
        guard let metric else {
            // The metric's own fault is enough; what its value should be is not known.
            _ = reader.optional("value", Shape<JSONValue> { value, _ in value })
            return (nil, nil)
        }
        guard state == .value else {
            if reader.optional("value", Shape<JSONValue> { value, _ in value }) != nil {
                reader.place.member("value").refused(
                    "valueNotExpected", "A reading that is \(state.rawValue) has no value.")
            }
            return (nil, nil)
        }
        guard reader.isGiven("value") else {
            _ = reader.optional("value", Shape<JSONValue> { value, _ in value })
            // Whether it is needed is a matter of the state beside it.
            reader.place.member("value").refused(
                "required", "Give a value, or the state missing, masked or notApplicable.")
            return (nil, nil)
        }
        guard metric.additivity == .money else {
            return (reader.required("value", .value(of: metric)), nil)
        }
        let amount = reader.required("value", .amount(of: metric))
        return (amount?.value, amount?.currency)
    }
}

extension BodyReader {
    // Whether the member is there and not null.
    fileprivate func isGiven(_ name: String) -> Bool { has(name) && !isNull(name) }
}

extension Shape where Value == Metric {
    /// A metric by its code; a code that is nearly one is named.
    static var metric: Shape {
        Shape<String>.string.then { text, place in
            if let metric = Metric(code: text) { return metric }
            place.refused("unknownMetric", Spelling.unknown(text, among: Metric.all))
            return nil
        }
    }
}

extension Shape where Value == ExactDecimal {
    /// A number, or its digits as a string.
    fileprivate static func value(of metric: Metric) -> Shape {
        Shape { value, place in
            guard let text = value.number?.text ?? value.string else {
                place.wrongValue(value, wanted: "a number")
                return nil
            }
            do throws(ValueFault) {
                return try ReadingValue.parse(text, for: metric)
            } catch {
                // A JSON number is one however it is written, and so is understood.
                if value.number != nil {
                    place.refused(error.code, error.detail)
                } else {
                    error.add(at: place)
                }
                return nil
            }
        }
    }
}

private struct Amount {
    var value: ExactDecimal
    var currency: Currency
}

extension Shape where Value == Amount {
    /// `{"amount":"12.34567891","currency":"UAH"}`, with the platform's full precision.
    fileprivate static func amount(of metric: Metric) -> Shape {
        let form = Shape.object { reader in
            let text = reader.required("amount", .string)
            let currency = reader.required("currency", .currency)
            guard let text, let currency else { return nil }
            do throws(ValueFault) {
                return Amount(
                    value: try ReadingValue.parse(text, for: metric), currency: currency)
            } catch {
                error.add(at: reader.place.member("amount"))
                return nil
            }
        }
        return Shape { value, place in
            guard value.object != nil else {
                place.wrongValue(
                    value, wanted: "money as in {\"amount\":\"250.00\",\"currency\":\"EUR\"}")
                return nil
            }
            return form.read(value, place)
        }
    }
}

extension Place {
    // A form that the values of some metrics have is understood, and refused for this one.
    fileprivate func wrongValue(_ value: JSONValue, wanted: String) {
        if value.object != nil || value.number != nil || value.string != nil {
            refused("wrongType", "Expected \(wanted), found \(value.kindName).")
        } else {
            wrongType(value, wanted: wanted)
        }
    }
}

extension ValueFault {
    // A number out of bounds was understood; a text that is no number was not.
    fileprivate func add(at place: Place) {
        if code == "outOfRange" {
            place.refused(code, detail)
        } else {
            place.malformed(code, detail)
        }
    }
}
