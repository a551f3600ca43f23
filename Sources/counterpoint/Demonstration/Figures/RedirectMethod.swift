// The Redirect Method pilot of 2016: what its own site and report print.
//
// Source: Redirect Method pilot, site source and full-method PDF, GitHub ocupop/redirect-method @da07682. Figures only,
// transcribed as facts. The source prints no dates but "eight weeks in early 2016".

/// The pilot's figures by language of its audience.
enum RedirectMethod {
    /// Minutes of video watched (full-method PDF, printed page 9); together 500,070.
    static let watchTimeMinutes = [
        (language: "ar", value: "347195"), (language: "en", value: "152875"),
    ]

    /// Distinct people who clicked an advertisement, by the source's own estimate (printed page 14). Added they are the
    /// 320,906 that the source calls reach; nobody has shown that no one is in both.
    static let uniqueClickers = [
        (language: "ar", value: "263001"), (language: "en", value: "57905"),
    ]
}
