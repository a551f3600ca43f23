// Facebook and Instagram ads of Mental Health for Ukraine, one row an ad, as the ads manager exported them on 2024-03-11.
//
// Source: M. Bubniak, bachelor thesis data (incremental reach of the MH4U project), GitHub marko7bub/Bubniak_Thesis
// @51c57fc, MH4U-Ads-Feb-11-2021-Mar-11-2024.xlsx. Figures only, transcribed as facts; no text or image of the source.
// The platform's own totals in the same file: reach 1,211,188, impressions 3,159,843, spend UAH 77,818.01.

/// Ads by their row in the source's sheet: row, the day the ad ended, reach, impressions, spend in UAH, and Meta's
/// "Results" under the metric that its indicator names.
enum MH4UAds {
    static let rows = """
        3,2023-04-23,16625,31537,1197.7,engagements,466
        4,2023-05-01,4199,5450,719.17,engagements,709
        5,2023-05-02,19116,28275,595.52,engagements,404
        6,2023-05-10,34004,41710,1350,thruPlays,23216
        7,2023-05-19,37928,90158,1350,linkClicks,1053
        8,2023-06-20,18179,24240,987.62,engagements,1749
        9,2023-06-19,11032,14226,502.89,engagements,912
        11,2023-07-20,73774,159225,3534.17,linkClicks,1273
        12,2023-07-30,119841,178621,5014.18,thruPlays,69327
        13,2023-08-07,76158,133319,3000,engagements,98141
        14,2023-08-23,77824,139920,2799.94,engagements,6214
        15,2023-08-27,62306,84384,1999.88,engagements,3605
        16,2023-08-30,55040,58566,1216.81,engagements,1666
        17,2023-08-31,23512,24480,579.54,engagements,820
        18,2023-09-16,71227,112763,3000,engagements,5302
        19,2023-09-26,30803,45584,2000,engagements,2117
        20,2023-09-29,27334,30386,1394.37,engagements,945
        21,2023-09-29,48616,54226,1477.23,engagements,1783
        22,2023-10-09,30448,43987,1002.91,engagements,1905
        23,2023-10-17,11791,17474,730,engagements,681
        24,2023-10-24,18890,24028,883.67,engagements,927
        25,2023-10-25,147922,199574,6068.74,engagements,6445
        26,2023-10-26,17128,20862,600,engagements,708
        27,2023-10-31,23760,28595,1000,engagements,1187
        28,2023-10-31,45154,51314,1000,engagements,1896
        29,2023-11-03,16427,25397,1200,engagements,1116
        30,2023-11-12,23174,34651,1000,engagements,1271
        31,2023-11-13,3358,3868,249.98,engagements,165
        32,2023-11-16,15217,25726,2688.22,engagements,1856
        33,2023-11-20,8367,11886,749.9,engagements,665
        34,2023-11-20,22730,32434,1096.11,engagements,3517
        36,2023-11-20,277,379,23.65,engagements,35
        37,2023-11-20,4724,5960,193.09,engagements,360
        38,2023-11-20,27900,35418,1355.88,engagements,2115
        39,2023-11-30,34750,41675,1825.52,engagements,1378
        40,2023-12-19,6161,7791,500,engagements,565
        41,2023-12-19,35529,42501,1500,engagements,2175
        42,2023-12-31,33624,49719,2534.16,engagements,2080
        43,2023-12-31,99207,136185,2577.91,engagements,3404
        44,2024-01-15,29238,42967,1443.97,engagements,2895
        45,2024-01-13,13301,17703,643.97,engagements,916
        46,2024-01-31,136679,217473,2500,linkClicks,4345
        47,2024-01-25,5394,6926,200,engagements,800
        48,2024-01-31,72362,100942,2000,engagements,4396
        49,2024-01-29,30168,49898,2497.97,engagements,2641
        50,2024-02-20,128629,196149,2000,linkClicks,2456
        51,2024-03-06,307479,420905,4903.88,linkClicks,2652
        52,2024-03-06,9577,10386,129.46,linkClicks,76
        """

    /// Distinct accounts over all ads together, as the account itself reports it.
    static let accountReach = "1211188"
}
