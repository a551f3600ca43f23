// The Prometheus text format, version 0.0.4.

enum Exposition {
    /// Everything gathered so far.
    static func text(_ metrics: PrometheusMetrics) -> String {
        var text = ""
        var before = ""
        for (name, series) in metrics.all {
            if name.metric != before {
                text += "# TYPE \(name.metric) \(kind(of: series))\n"
                before = name.metric
            }
            write(series, name, into: &text)
        }
        return text
    }

    private static func kind(of series: PrometheusMetrics.Series) -> String {
        switch series {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    private static func write(
        _ series: PrometheusMetrics.Series, _ name: PrometheusMetrics.Name, into text: inout String
    ) {
        switch series {
        case .counter(let counter):
            text += "\(name.metric)\(braced(name.labels)) \(counter.value)\n"
        case .gauge(let gauge):
            text += "\(name.metric)\(braced(name.labels)) \(number(gauge.value))\n"
        case .histogram(let histogram):
            let state = histogram.snapshot
            var sum: Int64 = 0
            let comma = name.labels.isEmpty ? "" : ","
            for (place, count) in state.counts.enumerated() {
                sum += count
                let bound =
                    place < histogram.bounds.count ? number(histogram.bounds[place]) : "+Inf"
                text += "\(name.metric)_bucket{\(name.labels)\(comma)le=\"\(bound)\"} \(sum)\n"
            }
            text += "\(name.metric)_sum\(braced(name.labels)) \(number(state.sum))\n"
            text += "\(name.metric)_count\(braced(name.labels)) \(sum)\n"
        }
    }

    private static func braced(_ labels: String) -> String {
        labels.isEmpty ? "" : "{\(labels)}"
    }

    /// Whole numbers without a fraction, the rest as Swift writes it (Prometheus reads exponents).
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return String(value)
    }

    /// A metric's name with only what the format allows; `suffix` is added where it is missing.
    static func name(_ label: String, suffix: String = "") -> String {
        var name = ""
        for scalar in label.unicodeScalars {
            let isPlain =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
                || scalar == ":" || (("0"..."9").contains(scalar) && !name.isEmpty)
            name.unicodeScalars.append(isPlain ? scalar : "_")
        }
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    /// `a="b",c="d"` with the values escaped.
    static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { label, value in
            var escaped = ""
            for scalar in value.unicodeScalars {
                switch scalar {
                case "\\": escaped += "\\\\"
                case "\"": escaped += "\\\""
                case "\n": escaped += "\\n"
                default: escaped.unicodeScalars.append(scalar)
                }
            }
            return "\(name(label))=\"\(escaped)\""
        }.joined(separator: ",")
    }
}
