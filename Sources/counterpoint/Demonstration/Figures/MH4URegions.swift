// The same ads of Mental Health for Ukraine cut by region and month: a second cut of figures that MH4UAds has already.
//
// Source: M. Bubniak, bachelor thesis data (incremental reach of the MH4U project), GitHub marko7bub/Bubniak_Thesis
// @51c57fc, Untitled-report-Apr-1-2023-to-Mar-11-2024.xlsx. Figures only, transcribed as facts. Regions as the platform
// spells them; an empty reach is one that it did not show.

/// A line of two days begins a month; the lines below it are region, reach, impressions and spend in UAH.
enum MH4URegions {
    static let rows = """
        2023-04-01 2023-04-30
        Chernihiv Oblast,664,1047,34.6201381
        Chernivtsi Oblast,2392,3456,106.10042323
        Dnipropetrovsk Oblast,4856,8861,383.72153065
        Ivano-Frankivsk Oblast,1024,1333,47.31018872
        Kharkiv Oblast,928,1532,86.08034337
        Khmelnytskyi Oblast,248,388,28.29011285
        Kiev Oblast,2,2,0.17000068
        Kirovohrad Oblast,,1,0.01000004
        Kyiv,4824,8656,529.9121138
        Lviv Oblast,8008,14911,447.70178586
        Ocnița District,6,6,0.14000056
        Odessa Oblast,1536,2225,138.46055231
        Poltava Oblast,512,668,12.79005102
        Rivne Oblast,4832,9726,276.99110491
        Sumy Oblast,512,879,39.35015697
        Ternopil Oblast,1368,2314,55.09021975
        Vinnytsia Oblast,2384,4364,147.27058746
        Volyn Oblast,1440,2167,70.78028234
        Zakarpattia Oblast,115,115,12.72005074
        Zaporizhia Oblast,248,339,17.9500716
        Zhytomyr Oblast,1520,2206,71.46028505
        2023-05-01 2023-05-31
        Cherkasy Oblast,2048,2744,92.75651411
        Chernihiv Oblast,2032,2586,99.50698819
        Chernivtsi Oblast,1952,2063,69.66489243
        Dnipropetrovsk Oblast,1599,1599,40.99287885
        Ivano-Frankivsk Oblast,2016,2682,80.20563269
        Kharkiv Oblast,16,20,0.54003793
        Kherson Oblast,9,9,0.23001615
        Khmelnytskyi Oblast,2336,2808,102.1471736
        Kiev Oblast,20881,47300,686.70822621
        Kirovohrad Oblast,,5,0.03000211
        Kyiv,23441,49651,867.22090327
        Lviv Oblast,3184,4091,130.65917594
        Mykolaiv Oblast,,3,0.09000632
        Odessa Oblast,2512,3445,98.60692498
        Poltava Oblast,,7,0.14000983
        Rivne Oblast,2512,2741,84.9559663
        Sumy Oblast,8,8,0.23001615
        Ternopil Oblast,1440,2087,65.56460448
        Unknown,6,6,0.08000562
        Vinnytsia Oblast,2560,3219,116.54818496
        Volyn Oblast,1952,2417,79.17556035
        Zakarpattia Oblast,6,6,0.09000632
        Zaporizhia Oblast,,13,0.39002739
        Zhytomyr Oblast,1984,2424,88.93624582
        2023-06-01 2023-06-30
        Cherkasy Oblast,1073,1521,64.28480472
        Chernihiv Oblast,831,1115,36.43685473
        Chernivtsi Oblast,654,1037,39.16784217
        Dnipropetrovsk Oblast,2260,3588,157.64599616
        Ivano-Frankivsk Oblast,1243,1819,58.7010014
        Kharkiv Oblast,1178,1671,82.72150803
        Kherson Oblast,282,440,13.95950829
        Khmelnytskyi Oblast,1162,1555,60.1426379
        Kiev Oblast,1316,1857,61.1781796
        Kirovohrad Oblast,541,1057,36.38609288
        Kyiv,2639,4019,150.98604166
        Lviv Oblast,2583,3793,128.61021892
        Mykolaiv Oblast,718,1102,51.92937084
        Odessa Oblast,1291,1800,85.56417154
        Poltava Oblast,1316,1990,70.99552107
        Rivne Oblast,847,1227,43.69579904
        Sumy Oblast,831,1169,44.60951231
        Ternopil Oblast,678,1170,38.96479477
        Unknown,17,17,1.52285545
        Vinnytsia Oblast,1195,1599,60.82284666
        Volyn Oblast,726,1108,47.63491847
        Zakarpattia Oblast,815,1286,46.09175828
        Zaporizhia Oblast,743,1195,55.60452866
        Zhytomyr Oblast,831,1331,52.85323648
        2023-07-01 2023-07-31
        Cherkasy Oblast,5344,8202,271.95745488
        Chernihiv Oblast,4000,6481,201.67811259
        Chernivtsi Oblast,3680,5447,138.49870386
        Dnipropetrovsk Oblast,49856,105532,2429.02726787
        Ivano-Frankivsk Oblast,7008,9779,189.61822545
        Kharkiv Oblast,21920,47061,1087.6498212
        Kherson Oblast,928,1799,59.95943887
        Khmelnytskyi Oblast,5312,8147,228.36786281
        Kiev Oblast,5312,8253,248.27767649
        Kirovohrad Oblast,3552,5115,168.90841927
        Kyiv,4608,6400,148.33861177
        Lviv Oblast,11296,16422,379.546448
        Mykolaiv Oblast,2880,5495,206.85806411
        Odessa Oblast,4832,7674,237.10778102
        Poltava Oblast,5376,6741,177.56833822
        Rivne Oblast,4352,6875,197.08815554
        Shan State,,1,0.08999916
        Sumy Oblast,3360,5871,172.40838651
        Ternopil Oblast,6048,7853,167.81842947
        Unknown,57,57,0.85999195
        Vinnytsia Oblast,6912,9679,290.8472781
        Volyn Oblast,5440,6931,185.35826532
        Zakarpattia Oblast,7424,11571,277.72740088
        Zaporizhia Oblast,13056,32814,840.27213629
        Zhytomyr Oblast,5088,7646,242.51773039
        2023-08-01 2023-08-31
        Cherkasy Oblast,9664,13357,297.48186
        Chernihiv Oblast,5376,9783,205.01128183
        Chernivtsi Oblast,3776,7684,164.44102817
        Dnipropetrovsk Oblast,64640,115301,2460.44538392
        Ivano-Frankivsk Oblast,10240,16446,318.11198899
        Kharkiv Oblast,23616,44329,932.52583061
        Kherson Oblast,1280,2877,63.44039666
        Khmelnytskyi Oblast,8512,12518,270.60169194
        Kiev Oblast,9024,15125,348.54217926
        Kirovohrad Oblast,5568,9205,200.04125076
        Kyiv,13760,20182,671.21419676
        Lviv Oblast,16640,29338,589.63368668
        Mykolaiv Oblast,4416,8192,191.00119423
        Odessa Oblast,6976,12829,308.30192766
        Poltava Oblast,10560,15869,349.8921877
        Rivne Oblast,5632,10375,214.28133979
        Sumy Oblast,6336,11166,230.00143808
        Ternopil Oblast,7680,11233,221.07138225
        Unknown,,10,0.42000263
        Vinnytsia Oblast,10048,13560,296.08185125
        Volyn Oblast,6912,9602,195.12121999
        Zakarpattia Oblast,6912,13886,279.04174471
        Zaporizhia Oblast,14528,26381,540.31337831
        Zhytomyr Oblast,7232,11421,249.15155782
        2023-09-01 2023-09-30
        Cherkasy Oblast,5533,10495,328.83898222
        Chernihiv Oblast,3774,7924,226.19109498
        Chernivtsi Oblast,2527,5981,182.60171763
        Dnipropetrovsk Oblast,10810,21058,772.82706925
        Ivano-Frankivsk Oblast,5565,13477,377.84455455
        Kharkiv Oblast,4669,9399,338.06250246
        Kherson Oblast,1023,2069,69.11144744
        Khmelnytskyi Oblast,5469,10519,327.85967021
        Kiev Oblast,6012,11313,367.71167316
        Kirovohrad Oblast,4349,7705,248.22561517
        Kyiv,9498,18135,799.17855666
        Lviv Oblast,12025,25163,766.91122528
        Mykolaiv Oblast,3358,6360,202.8275085
        Odessa Oblast,4829,9479,322.91314527
        Poltava Oblast,6556,13789,431.10713623
        Rivne Oblast,4701,8948,255.28065882
        Sumy Oblast,3998,8544,243.80871815
        Ternopil Oblast,4445,8703,249.24489909
        Unknown,6,6,0.55960686
        Vinnytsia Oblast,5501,10926,333.68557736
        Volyn Oblast,3934,7457,220.12535632
        Zakarpattia Oblast,4893,10406,297.04132089
        Zaporizhia Oblast,2654,5536,218.806283
        Zhytomyr Oblast,4222,9567,290.83568051
        2023-10-01 2023-10-31
        Cherkasy Oblast,9662,15743,438.98717614
        Chernihiv Oblast,6591,12717,332.98476095
        Chernivtsi Oblast,4031,9397,272.1648504
        Dnipropetrovsk Oblast,13821,27428,1054.73502933
        Ivano-Frankivsk Oblast,13310,23651,592.5716979
        Kharkiv Oblast,8574,13273,522.37334315
        Kherson Oblast,1536,2504,75.44748397
        Khmelnytskyi Oblast,10046,17691,457.20415411
        Kiev Oblast,11070,19747,581.21358211
        Kirovohrad Oblast,5951,10610,298.81043015
        Kyiv,16893,29521,1214.99844313
        Lviv Oblast,24508,49430,1307.81304606
        Mykolaiv Oblast,4607,8166,244.88937515
        Odessa Oblast,6079,11142,379.34706987
        Poltava Oblast,10174,20049,539.33053011
        Rivne Oblast,7935,15738,392.89482243
        Sumy Oblast,7167,14228,363.76965402
        Ternopil Oblast,8702,16679,419.33043701
        Unknown,,60,3.50941782
        Vinnytsia Oblast,9022,17184,454.69457043
        Volyn Oblast,8446,13910,351.81163774
        Zakarpattia Oblast,9598,17857,472.73157826
        Zaporizhia Oblast,4671,8039,369.89863728
        Zhytomyr Oblast,8574,16128,432.37827249
        2023-11-01 2023-11-30
        Cherkasy Oblast,4799,7299,355.91489447
        Chernihiv Oblast,3679,6244,254.26634445
        Chernivtsi Oblast,2783,4728,239.43947323
        Dnipropetrovsk Oblast,16764,31580,1400.75441134
        Ivano-Frankivsk Oblast,6526,10427,444.76614498
        Kharkiv Oblast,8350,15226,663.46999387
        Kherson Oblast,736,1170,67.03585402
        Khmelnytskyi Oblast,4479,8176,379.92982681
        Kiev Oblast,5407,8544,414.59251225
        Kirovohrad Oblast,3135,5498,258.42546679
        Kyiv,8830,14569,963.0067853
        Lviv Oblast,11197,18809,838.17312783
        Mykolaiv Oblast,2623,4044,215.81445861
        Odessa Oblast,3807,6438,408.57378233
        Poltava Oblast,4927,9669,465.78171026
        Rivne Oblast,3967,7371,343.36754222
        Sumy Oblast,3519,6728,281.05069239
        Ternopil Oblast,4511,7033,308.93480825
        Unknown,32,65,6.32866452
        Vinnytsia Oblast,5183,8672,410.67333928
        Volyn Oblast,3871,6427,277.92135275
        Zakarpattia Oblast,4639,7839,362.41352312
        Zaporizhia Oblast,4351,7748,336.27903805
        Zhytomyr Oblast,4927,8032,396.86625287
        2023-12-01 2023-12-31
        Cherkasy Oblast,7609,10650,315.30080098
        Chernihiv Oblast,4380,8427,227.82935388
        Chernivtsi Oblast,2686,5402,157.97007686
        Dnipropetrovsk Oblast,10838,18878,673.86780084
        Ivano-Frankivsk Oblast,7258,12434,299.78650709
        Kharkiv Oblast,5307,8842,294.06230206
        Kherson Oblast,1343,1850,60.13911735
        Khmelnytskyi Oblast,5595,10461,299.34695208
        Kiev Oblast,7098,11175,325.66031339
        Kirovohrad Oblast,4284,7684,225.07214518
        Kyiv,11030,19005,708.07317257
        Lviv Oblast,12821,23696,703.04825961
        Mykolaiv Oblast,3325,5763,180.16760489
        Odessa Oblast,4060,7677,260.42635387
        Poltava Oblast,7354,13493,397.40767898
        Rivne Oblast,4860,9545,256.93988344
        Sumy Oblast,4860,9200,244.24273757
        Ternopil Oblast,5723,8668,226.42077987
        Unknown,87,87,3.36659179
        Vinnytsia Oblast,7002,10823,314.44167073
        Volyn Oblast,4540,8316,218.62866832
        Zakarpattia Oblast,5243,9118,264.73199499
        Zaporizhia Oblast,2909,5221,168.62928587
        Zhytomyr Oblast,5020,9781,286.50994779
        2024-01-01 2024-01-31
        Cherkasy Oblast,9722,17831,378.72147282
        Chernihiv Oblast,7675,14895,300.28744049
        Chernivtsi Oblast,4029,9862,207.85518149
        Dnipropetrovsk Oblast,16374,34228,856.34975916
        Ivano-Frankivsk Oblast,10361,23488,413.90188401
        Kharkiv Oblast,9594,17004,384.49661559
        Kherson Oblast,1279,3165,69.40162912
        Khmelnytskyi Oblast,9210,19036,391.19098522
        Kiev Oblast,9850,20635,430.62781651
        Kirovohrad Oblast,5628,12728,274.53909637
        Kyiv,21299,40232,1037.91705032
        Lviv Oblast,24433,45797,923.85298495
        Mykolaiv Oblast,5309,10163,222.67271906
        Odessa Oblast,8379,14752,346.70839771
        Poltava Oblast,9978,23262,503.15681533
        Rivne Oblast,8635,17933,346.10890193
        Sumy Oblast,7483,16369,314.23570917
        Ternopil Oblast,9466,16397,291.95444903
        Unknown,64,192,2.50789072
        Vinnytsia Oblast,9018,19249,392.53985075
        Volyn Oblast,7675,15365,284.30088613
        Zakarpattia Oblast,8123,15468,295.31162544
        Zaporizhia Oblast,4861,9835,233.36372729
        Zhytomyr Oblast,9146,18023,383.90711139
        2024-02-01 2024-02-29
        Cherkasy Oblast,6558,8998,101.09970503
        Chernihiv Oblast,6014,8746,100.29002774
        Chernivtsi Oblast,4447,6202,70.78178874
        Dnipropetrovsk Oblast,9149,15964,198.32095589
        Greater Poland Voivodeship,,2,0.02998805
        Ivano-Frankivsk Oblast,10301,14671,155.33808743
        Kharkiv Oblast,6302,9354,113.66469705
        Kherson Oblast,1344,1939,19.57219918
        Khmelnytskyi Oblast,7742,11191,127.32925081
        Kiev Oblast,6910,9665,110.12610741
        Kirovohrad Oblast,4671,7168,77.13925487
        Kuyavian-Pomeranian Voivodeship,,2,0.08996414
        Kyiv,10333,15223,231.16786421
        Lesser Poland Voivodeship,,5,0.11995219
        Lower Silesian Voivodeship,,5,0.08996414
        Lviv Oblast,17979,26228,294.8224936
        Masovian Voivodeship,8,8,0.35985657
        Mykolaiv Oblast,4063,5751,65.80377281
        Odessa Oblast,5182,7886,96.90137835
        Poltava Oblast,8382,12139,135.25609144
        Pomeranian Voivodeship,,3,0.00999602
        Rivne Oblast,7422,11291,129.0785536
        Silesian Voivodeship,,1,0.01999203
        Sumy Oblast,6622,10288,107.58711937
        Ternopil Oblast,9053,11451,119.282458
        Unknown,64,157,1.00959761
        Vinnytsia Oblast,8062,11273,125.08014723
        Volyn Oblast,7998,10430,111.64550183
        Warmian-Masurian Voivodeship,,2,0.00999602
        West Pomeranian Voivodeship,,1,0.00999602
        Zakarpattia Oblast,8509,10785,105.61790423
        Zaporizhia Oblast,3647,5152,69.74220309
        Zhytomyr Oblast,7710,10332,117.53315521
        Łódź Voivodeship,,2,0.00999602
        Świętokrzyskie Voivodeship,,1,0.03998406
        2024-03-01 2024-03-11
        Cherkasy Oblast,11263,14702,160.65184879
        Chernihiv Oblast,9407,12582,136.40458836
        Chernivtsi Oblast,9087,13114,144.44368006
        Dnipropetrovsk Oblast,15550,19967,208.29646567
        Greater Poland Voivodeship,,5,0.01999774
        Ivano-Frankivsk Oblast,17982,27015,305.02553676
        Kharkiv Oblast,8511,11841,122.73613269
        Kherson Oblast,1792,2222,22.82742085
        Khmelnytskyi Oblast,16830,20185,219.75517101
        Kiev Oblast,13310,14562,152.3727842
        Kirovohrad Oblast,8127,10778,115.42695851
        Kuyavian-Pomeranian Voivodeship,,1,0.00999887
        Kyiv,12862,15957,168.09100828
        Lesser Poland Voivodeship,,11,0.2699695
        Lower Silesian Voivodeship,,11,0.11998644
        Lublin Voivodeship,,3,0.07999096
        Lubusz Voivodeship,,1,0.02999661
        Lviv Oblast,31548,43013,503.01316717
        Masovian Voivodeship,,7,0.07999096
        Mykolaiv Oblast,7039,8812,93.22946649
        Odessa Oblast,10431,13724,146.3834609
        Podkarpackie Voivodeship,,1,0.01999774
        Poltava Oblast,12670,17853,197.71766091
        Pomeranian Voivodeship,,6,0.05999322
        Rivne Oblast,11582,18810,203.79697404
        Silesian Voivodeship,,4,0.37995707
        Sumy Oblast,9279,15033,166.24121727
        Ternopil Oblast,15358,21417,243.09253424
        Unknown,148,148,2.52971418
        Vinnytsia Oblast,17470,22202,249.26183721
        Volyn Oblast,13886,17836,197.33770384
        West Pomeranian Voivodeship,,4,0.06999209
        Zakarpattia Oblast,17726,21174,247.60202474
        Zaporizhia Oblast,3392,4996,47.1346745
        Zhytomyr Oblast,12478,17118,193.78810489
        Łódź Voivodeship,,8,0.03999548
        Świętokrzyskie Voivodeship,,1,0.01999774
        """
}
