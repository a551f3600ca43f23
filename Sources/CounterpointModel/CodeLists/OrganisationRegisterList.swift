// The registers whose numbers can identify an organisation: the 823 list codes of org-id.guide. Copied data: renew it from there,
// never by hand.
//
// Source: org-id.guide, Open Data Services Co-operative, GitHub org-id/register, commit
// f500b45f6c2a6f8b7c54eddbfb7628e73e3f01c7 (2026-07-31): code, deprecated flag and English name of each list.
// Licence: Open Database License (ODbL) 1.0, https://opendatacommons.org/licenses/odbl/1-0/. This file is a database
// derived from that one and stays under the ODbL, unlike the code around it; whoever passes it on names the source.

// swift-format-ignore-file

enum OrganisationRegisterList {
    /// One register a line: code, 1 if deprecated, English name.
    static let text = """
        AD-COA|0|Andorra Chart of Accounts
        AE-ACCI|0|Ajman Chamber of Commerce and Industry
        AE-ADCD|0|Abu Dhabi Commercial Directory
        AE-AFZ|0|Ajman Free Zone Authority
        AE-COA|0|United Arab Emirates (the) Chart of Accounts
        AE-DCCI|0|Dubai Chamber of Commerce and Industry
        AE-DFSA|0|Dubai Financial Services Authority
        AE-DIFC|0|Dubai International Financial Centre
        AE-DMCC|0|Dubai Multi Commodities Centre
        AE-FCCI|0|Fujairah Chamber of Commerce and Industry
        AE-FFZ|0|Fujairah Free Zone Company Listing
        AE-HFZA|0|Hamriyah Free Zone Authority
        AE-RAKIA|0|Ras al-Khaimah Investment Authority
        AE-RK_CR|0|Ras al-Khaimah Chamber of Commerce and Industry
        AE-SAIF|0|Sharjah Airport International Free Zone
        AE-SCCI|0|Sharjah Chamber of Commerce and Industry
        AE-UQCCI|0|Umm al-Quwain Chamber of Commerce and Industry
        AF-CBR|0|Afghanistan Central Business Registry
        AF-COA|0|Afghanistan Chart of Accounts
        AF-MOE|0|Ministry of Economy NGO Department
        AF-TIN|0|Afghanistan Tax Identification Number
        AG-COA|0|Antigua and Barbuda Chart of Accounts
        AG-CR|0|Intellectual Property and Commerce Office
        AI-COA|0|Anguilla Chart of Accounts
        AL-COA|0|Albania Chart of Accounts
        AL-CR|0|Albania National Registration Center
        AL-QKB|0|Albanian National Business Center
        AM-COA|0|Armenia Chart of Accounts
        AM-CR|0|Electronic Register Government of Armenia
        AM-SRALE|0|State Register Agency of Legal Entities of Armenia
        AO-COA|0|Angola Chart of Accounts
        AO-CR|0|Central Register of Social Denominations
        AQ-COA|0|Antarctica Chart of Accounts
        AR-CENOC|0|The National Centre of Community Organisations (Argentina)
        AR-COA|0|Argentina Chart of Accounts
        AR-CR|0|InspecciÃ³n General de Justicia
        AR-CUIT|0|Unique Tax Identification Code (Argentina)
        AS-COA|0|American Samoa Chart of Accounts
        AT-COA|0|Austria Chart of Accounts
        AT-CR|0|Federal Ministry of Justice, Company Register
        AT-FB|0|Austria Company Register
        AT-UID|0|VAT number (Austria Company Register)
        AT-ZVR|0|Austrian Central Register of Associations
        AU-ABN|0|Australian Business Register
        AU-ACNC|1|Australian Charities and Not-for-profits Commission
        AU-ASIC|0|Australian Securities and Investment Commission
        AU-COA|0|Australia Chart of Accounts
        AU-CR|0|Australian Securities and Investment Commission (ASIC)
        AW-COA|0|Aruba Chart of Accounts
        AW-CR|0|Aruba Chamber of Commerce Registry
        AX-COA|0|Åland Islands Chart of Accounts
        AZ-COA|0|Azerbaijan Chart of Accounts
        AZ-CR|0|The Ministry of Taxes of Azerbaijan Republic - State Register of Commercial Entities
        AZ-IVI|0|State Register of Commercial Entities (Ministry of Taxes of Azerbaijan Republic)
        BA-COA|0|Bosnia and Herzegovina Chart of Accounts
        BA-CR|0|Registers of Business Entities in Bosnia and Herzegovina
        BA-JIB|0|Unique Identification Number (Tax)
        BB-COA|0|Barbados Chart of Accounts
        BB-CR|0|Corporate Affairs and Intellectual Property Office
        BD-COA|0|Bangladesh Chart of Accounts
        BD-CR|0|Office of the Registrar of Joint Stock Companies and Firms
        BD-NAB|0|Bangladesh NGO Affairs Bureau
        BD-NBR|0|National Board of Revenue
        BD-ROC|0|Bangladesh Office of the Registrar of Joint Stock Companies and Firms
        BE-BCE_KBO|0|Crossroads Bank for Enterprises (Belgium)
        BE-COA|0|Belgium Chart of Accounts
        BE-CR|0|Federale Overheidsdienst Economie, K.M.O., Middenstand en Energie
        BE-GTCF|1|Au Greffe du Tribunal de Commerce Francophone de Bruxelles
        BF-COA|0|Burkina Faso Chart of Accounts
        BF-CR|0|Centre des FormalitÃ©s de Entreprise (CEFORE)
        BF-MATD|0|Ministry of Territorial Administration and Decentralisation
        BG-COA|0|Bulgaria Chart of Accounts
        BG-CR|0|Ministry of Justice Registry Agency
        BG-EIK|0|Commercial Register
        BH-COA|0|Bahrain Chart of Accounts
        BH-CR|0|Ministry of Industry & Commerce
        BI-COA|0|Burundi Chart of Accounts
        BI-CR|0|Burundi Investment Promotion Agency (API)
        BI-NIF|0|Tax Identification Number, Burundi
        BJ-COA|0|Benin Chart of Accounts
        BJ-CR|0|Chamber of Commerce and Industry
        BJ-IFU|0|Unique Tax Identifier
        BL-COA|0|Saint Barthélemy Chart of Accounts
        BM-COA|0|Bermuda Chart of Accounts
        BM-CR|0|Bermuda Registrar of Companies
        BN-COA|0|Brunei Darussalam Chart of Accounts
        BN-CR|0|Attorney General's Chambers - Registries' Division
        BO-CINS|0|Bolivia Institutional Classifier
        BO-COA|0|Bolivia (Plurinational State of) Chart of Accounts
        BO-CR|0|Trade Register Bolivia
        BO-NIT|0|Tax Identification Number
        BQ-COA|0|Bonaire, Sint Eustatius and Saba Chart of Accounts
        BR-CNPJ|0|National Registry of Legal Entities (Brazil)
        BR-COA|0|Brazil Chart of Accounts
        BR-CR|0|National Department of Trade Registration (DNRC) Commercial Register
        BS-COA|0|Bahamas (the) Chart of Accounts
        BS-CR|0|Registrar General's Department
        BT-COA|0|Bhutan Chart of Accounts
        BT-CR|0|Ministry of Economic Affairs
        BV-COA|0|Bouvet Island Chart of Accounts
        BW-CIPA|0|Companies and Intellectual Property Authority (Botswana)
        BW-COA|0|Botswana Chart of Accounts
        BW-CR|0|Ministry of Trade and Industry
        BW-TIN|0|Botswana Taxpayers Identification Number
        BY-ADR|0|Unified State Register of Legal Entities and Individual Entrepreneurs (Ministry of Justice of the Republic of Belarus)
        BY-COA|0|Belarus Chart of Accounts
        BY-CR|0|Ministry of Justice - Unified State Register of Legal Entities and Individual Entrepreneurs
        BZ-COA|0|Belize Chart of Accounts
        BZ-CR|0|IBCR Belize - International Business Companies Registry
        CA-CC|0|Corporations Canada
        CA-COA|0|Canada Chart of Accounts
        CA-CRA_ACR|0|Canadian Revenue Agency
        CA-GOV|0|List of legal department names (Government of Canada)
        CA_AB-ABT|0|Corporate Registry Office
        CA_BC-BRC_CBR|0|British Columbia Corporate Registry
        CA_MB-MTB|0|Manitoba Companies Office, Department of Entrepreneurship, Training and Trade
        CA_NB-NWB_NOB|0|Corporate Registry
        CA_NL-NFL_TNL|0|Registry of Companies, Department of Government Services
        CA_NS-NVS_NVE|0|Nova Scotia Registry of Joint Stock Companies
        CA_NT-NWT_TNO|0|Canadian Provincial Corporate Registration - Northwest Territories
        CA_NU-NNV|0|Nunavut Department of Justice - Corporate Registries
        CA_ON-ONT|0|ServiceOntario, Ministry of Government Services
        CA_PE-PEI_IPE|0|Prince Edward Island Corporate
        CA_QC-QBC|0|Quebec Business Registrar
        CA_SK-SKN|0|Saskatchewan Corporate Registry
        CA_YT-YKT|0|Yukon Corporate Affairs
        CC-COA|0|Cocos (Keeling) Islands (the) Chart of Accounts
        CD-COA|0|Congo (the Democratic Republic of the) Chart of Accounts
        CD-CR|0|Commercial Registry
        CD-MJDH|0|Ministry of Justice and Human Rights
        CF-COA|0|Central African Republic (the) Chart of Accounts
        CF-CR|0|Guichet Unique de formalitÃ© des Entreprises (GUFE), Commercial Registry (Tribunal)
        CG-COA|0|Congo (the) Chart of Accounts
        CG-CR|0|Clerkâ€™s Office of the Court - Commercial Registrar
        CH-COA|0|Switzerland Chart of Accounts
        CH-CR|0|Central Business Names Index
        CH-FDJP|0|Commercial Registry, Federal Office of Justice (Switzerland)
        CH_BS-CR|0|Commercial Register of the Canton of Basel-Stadt, Switzerland
        CI-COA|0|Côte d'Ivoire Chart of Accounts
        CI-CR|0|Trade and Personal Property Credit Register
        CI-MOI|0|Ministry of the Interior (Ivory Coast)
        CK-COA|0|Cook Islands (the) Chart of Accounts
        CL-COA|0|Chile Chart of Accounts
        CL-CR|0|Registrar of Companies and Societies
        CL-MP|0|Public Market Suppliers and Buyer Units, Chile
        CL-RUT|0|Rol Único Tributario de Chile (Taxpayer Number)
        CM-COA|0|Cameroon Chart of Accounts
        CM-CR|0|Chamber of Commerce, Industry, Mines and Crafts (CCIMA)
        CM-NIU|0|Tax Identification Number (Cameroon)
        CN-11-CR|0|Beijing Municipal AIC Enterprise Registry
        CN-12-CR|0|Tianjin Municipal AIC Enterprise Registry
        CN-13-CR|0|Hebei Provincial AIC Enterprise Registry
        CN-14-CR|0|Shanxi Provincial AIC Enterprise Registry
        CN-15-CR|0|Inner Mongolia Autonomous Region AIC Enterprise Registry
        CN-21-CR|0|Liaoning Provincial AIC Enterprise Registry
        CN-22-CR|0|Jilin Provincial AIC Enterprise Registry
        CN-23-CR|0|Heilongjiang Provincial AIC Enterprise Registry
        CN-31-CR|0|Shanghai Municipal AIC Enterprise Registry
        CN-32-CR|0|Jiangsu Provincial AIC Enterprise Registry
        CN-33-CR|0|Zhejiang Provincial AIC Enterprise Registry
        CN-34-CR|0|Anhui Provincial AIC Enterprise Registry
        CN-35-CR|0|Fujian Provincial AIC Enterprise Registry
        CN-36-CR|0|Jiangxi Provincial AIC Enterprise Registry
        CN-37-CR|0|Shandong Provincial AIC Enterprise Registry
        CN-41-CR|0|Henan Provincial AIC Enterprise Registry
        CN-42-CR|0|Hubei Provincial AIC Enterprise Registry
        CN-43-CR|0|Hunan Provincial AIC Enterprise Registry
        CN-44-CR|0|Guangdong Provincial AIC Enterprise Registry
        CN-45-CR|0|Guangxi Zhuang Autonomous Region AIC Enterprise Registry
        CN-46-CR|0|Hainan Provincial AIC Enterprise Registry
        CN-50-CR|0|Chongqing Municipal AIC Enterprise Registry
        CN-51-CR|0|Sichuan Provincial AIC Enterprise Registry
        CN-52-CR|0|Guizhou Provincial AIC Enterprise Registry
        CN-53-CR|0|Yunnan Provincial AIC Enterprise Registry
        CN-54-CR|0|Tibet Autonomous Region AIC Enterprise Registry
        CN-61-CR|0|Shaanxi Provincial AIC Enterprise Registry
        CN-62-CR|0|Gansu Provincial AIC Enterprise Registry
        CN-63-CR|0|Qinghai Provincial AIC Enterprise Registry
        CN-64-CR|0|Ningxia Hui Autonomous Region AIC Enterprise Registry
        CN-65-CR|0|Xinjiang Uyghur Autonomous Region AIC Enterprise Registry
        CN-92-CR|0|Services Bureau of Justice Affairs - Commercial Register
        CN-COA|0|China Chart of Accounts
        CN-CR|0|State Administration for Industry and Commerce (AIC), Enterprise Registry
        CN-SAIC|0|State Administration for Industry and Commerce (SAIC)
        CN-USCI|0|Unified Social Credit Identifier
        CO-CCB|0|Bogota Chamber of Commerce
        CO-COA|0|Colombia Chart of Accounts
        CO-NIT|0|Colombian Tax Identification Number
        CO-RUE|0|Unified Commercial and Social Registry (RUES)
        CR-COA|0|Costa Rica Chart of Accounts
        CR-CR|0|National Registry
        CR-RPJ|0|Registro de Personas Jurídicas (Costa Rica)
        CU-COA|0|Cuba Chart of Accounts
        CU-CR|0|National Office of Statistics & Information (ONEI)
        CV-COA|0|Cabo Verde Chart of Accounts
        CV-CR|0|Cabo Verde Commercial Register
        CW-COA|0|Curaçao Chart of Accounts
        CX-COA|0|Christmas Island Chart of Accounts
        CY-COA|0|Cyprus Chart of Accounts
        CY-CR|0|Cyprus Department of Registrar of Companies and Official Receiver
        CY-DRCOR|0|Cyprus Department of Registrar of Companies and Official Receiver (DRCOR)
        CZ-COA|0|Czechia Chart of Accounts
        CZ-CR|0|Administrative Business Register, Ministry of Finance
        CZ-DIC|0|Tax ID (DIČ) - Ministry of Finance of the Czech Republic
        CZ-ICO|0|Access to Registers of Economic Subjects
        DE-COA|0|Germany Chart of Accounts
        DE-CR|0|Common Register Portal of the German Federal States (CRP)
        DJ-COA|0|Djibouti Chart of Accounts
        DJ-CR|0|Djibouti Chamber of Commerce
        DK-COA|0|Denmark Chart of Accounts
        DK-CR|0|Central Business Register, Danish Business Authority
        DK-CVR|0|Danish Central Business Register
        DM-COA|0|Dominica Chart of Accounts
        DM-CR|0|The Companies and Intellectual Property Office, Commercial Registry
        DO-COA|0|Dominican Republic (the) Chart of Accounts
        DO-CR|0|National Office of Industrial Property
        DZ-COA|0|Algeria Chart of Accounts
        DZ-CR|0|National Commercial Registry Center
        EC-COA|0|Ecuador Chart of Accounts
        EC-CR|0|Superintendency of Companies
        EC-RUC|0|Ecuador Unique Taxpayer Registry
        EE-COA|0|Estonia Chart of Accounts
        EE-CR|0|Central Commercial Register
        EE-KMKR|0|e-Business Register (Estonia)
        EE-RIK|0|Centre of Registers and Information Systems (RIK)
        EG-COA|0|Egypt Chart of Accounts
        EG-CR|0|Commercial Registry, Egypt
        EG-MOSS|0|Ministry of Social Solidarity and Justice (Egypt)
        EH-COA|0|Western Sahara Chart of Accounts
        ER-COA|0|Eritrea Chart of Accounts
        ER-CR|0|Ministry of Trade and Industry, Commercial Registry
        ES-COA|0|Spain Chart of Accounts
        ES-CR|0|Spanish Mercantile Registry
        ES-DIR3|0|Common Directory of Organizational Units and Offices - DIR3
        ES-MDJ|0|Ministry of Justice, Spain
        ES-NIF|0|Tax Identification Number
        ES-RMC|0|Central Commercial Register of the Kingdom of Spain
        ET-COA|0|Ethiopia Chart of Accounts
        ET-CR|0|Ministry of Trade and Industry
        ET-CSA|0|Authority for Civil Society Organizations (ACSO) - Ethiopia
        ET-MFA|0|Ministry of Foreign Affairs
        ET-MOT|0|Ministry of Trade (Ethiopia)
        ET-TIN|0|Ethiopia Tax Identification Number
        FI-COA|0|Finland Chart of Accounts
        FI-CR|0|Finnish Business Information System
        FI-PRO|0|Finnish Patent and Registration Office
        FI-VERO|0|Finnish Tax Administration
        FJ-COA|0|Fiji Chart of Accounts
        FJ-CR|0|Companies Registry
        FK-COA|0|Falkland Islands (the) [Malvinas] Chart of Accounts
        FM-COA|0|Micronesia (Federated States of) Chart of Accounts
        FM-CR|0|Registrar of Corporations
        FO-COA|0|Faroe Islands (the) Chart of Accounts
        FR-COA|0|France Chart of Accounts
        FR-INSEE|1|The National Institute of Statistics and Economic Studies
        FR-RCS|0|Trade and Companies Register
        GA-COA|0|Gabon Chart of Accounts
        GA-CR|0|Investment Promotion Agency - Commercial Register
        GB-CASC|0|Community amateur sports clubs (CASCs) registered with HMRC
        GB-CCSCUST|0|Crown Commercial Services Customers
        GB-CHC|0|Charity Commission/Comisiwn Elusennau
        GB-COA|0|United Kingdom of Great Britain and Northern Ireland (the) Chart of Accounts
        GB-COE|0|Church of England Church Codes
        GB-COH|0|Companies House
        GB-EDU|0|Register of Schools (England and Wales)
        GB-GOR|0|Government Organisation Register
        GB-GOV|0|UK Government Departments Reference Numbers (IATI Standard)
        GB-GOVUK|1|GOV.UK - UK Government Departments, Agencies & Public Bodies
        GB-HESA|0|Higher Education Statistics Agency
        GB-IRN|0|Schools Plus, Department of Education (Northern Ireland)
        GB-LAE|0|Local Authorities for England Register
        GB-LANI|0|Local authorities for Northern Ireland register
        GB-LAS|0|Scottish Local Authority Register
        GB-MPR|0|Mutuals Public Register
        GB-NHS|0|NHS Digital - Organisation Data Service
        GB-NIC|0|The Charity Commission for Northern Ireland
        GB-PLA|0|Principal Local Authority Register for Wales
        GB-REV|0|HM Revenue and Customs
        GB-SC|0|Scottish Charity Register
        GB-SCOTEDU|0|Register of Schools (Scotland)
        GB-SHPE|0|Registered Social Housing Providers (England)
        GB-SRS|0|Supplier Registration Service, Crown Commercial Service, UK
        GB-UKPRN|0|UK Register of Learning Providers
        GB-WALEDU|0|Register of Schools (Wales)
        GD-COA|0|Grenada Chart of Accounts
        GD-CR|0|Supreme Court Registry
        GE-COA|0|Georgia Chart of Accounts
        GE-CR|0|National Agency of Public Registry, Ministry of Justice of Georgia
        GE-NAPR|0|Register of Entrepreneurial and Non-Entrepreneurial Legal Entities, Georgia
        GE-RS|0|Georgian Revenue Service
        GF-COA|0|French Guiana Chart of Accounts
        GG-COA|0|Guernsey Chart of Accounts
        GG-RCE|0|Guernsey Registry
        GH-COA|0|Ghana Chart of Accounts
        GH-CR|0|Ministry of Justice and Attorney General, Registrar General's Department
        GH-DSW|0|Department of Social Developments
        GH-RGD|0|Registrar General's Department
        GH-TIN|0|Ghana Tax Identification Number (TIN)
        GI-COA|0|Gibraltar Chart of Accounts
        GI-CR|0|Companies House Gibraltar
        GL-COA|0|Greenland Chart of Accounts
        GL-CR|0|The Greenlandic Business Register
        GM-COA|0|Gambia (the) Chart of Accounts
        GM-CR|0|iCommerce Registry
        GN-COA|0|Guinea Chart of Accounts
        GN-CR|0|Trade and Personal Property Credit Register
        GP-COA|0|Guadeloupe Chart of Accounts
        GQ-COA|0|Equatorial Guinea Chart of Accounts
        GQ-CR|0|Ministry of Commerce, Commercial Registry
        GR-COA|0|Greece Chart of Accounts
        GR-CR|0|General Electronic Commercial Registry
        GS-COA|0|South Georgia and the South Sandwich Islands Chart of Accounts
        GT-CISP|0|Public Sector Institution Classifications (Guetmala)
        GT-COA|0|Guatemala Chart of Accounts
        GT-CR|0|Registro Mercantil General de la Republica
        GT-NIT|0|Guatemala Tax Identification Number
        GT-RPJ|0|Registry for Legal Entities (Guatemala)
        GU-COA|0|Guam Chart of Accounts
        GW-COA|0|Guinea-Bissau Chart of Accounts
        GW-CR|0|Center for the Formalization of Enterprises - Company Register
        GY-COA|0|Guyana Chart of Accounts
        GY-CR|0|Ministry of Legal Affairs, Deeds Registry
        HK-COA|0|Hong Kong Chart of Accounts
        HK-CR|0|Hong Kong Companies Register
        HM-COA|0|Heard Island and McDonald Islands Chart of Accounts
        HN-COA|0|Honduras Chart of Accounts
        HN-CR|0|Registro Mercantil
        HN-RTN|0|National Tax Registry
        HR-COA|0|Croatia Chart of Accounts
        HR-CR|0|Croatian Chamber of Commerce
        HR-MBS|0|Croatian Court Business Register
        HR-OIB|0|Croatia Court Register
        HT-COA|0|Haiti Chart of Accounts
        HT-CR|0|Ministry of Commerce and Industry - Electronic Commerce Registry
        HU-AFA|0|Information and Electronic Company Registration Service
        HU-COA|0|Hungary Chart of Accounts
        HU-CR|0|Company Information and Electronic Company Registration Service, Ministry of Justice
        ID-COA|0|Indonesia Chart of Accounts
        ID-DJP|0|Indonesian Directorate General of Taxes
        ID-KDN|1|Ministry of Home Affairs
        ID-KHH|0|Ministry of Justice & Human Rights
        ID-KLN|0|Ministry of Foreign affairs
        ID-PRO|1|Indonesia - NGOs registered at Provinicial Level
        ID-SMR|0|The SMERU Research Institute
        IE-CHY|0|Charities Regulatory Authority of Ireland
        IE-COA|0|Ireland Chart of Accounts
        IE-CR|0|Companies Registration Office, Department of Jobs, Enterprise and Innovation
        IE-CRO|0|Irish CompaniesRegistration Office
        IL-COA|0|Israel Chart of Accounts
        IL-CR|0|Israeli Corporations Authority, Department of Justice
        IL-RA|0|Israel Charity Registry
        IL-ROC|0|Registrar of Companies (Israel)
        IM-COA|0|Isle of Man Chart of Accounts
        IM-CR|0|Isle of Man Companies Registry
        IM-GR|0|Isle of Man Index of Registered Charities
        IN-COA|0|India Chart of Accounts
        IN-CR|0|Ministry of Corporate Affairs - Company
        IN-MCA|0|Government of India, Ministry of Corporate Affairs
        IN-MHA|0|Ministry of Home Affairs (India) Foreign Contributions (Regulation) Act Register
        IN-PAN|0|India Permanent Account Number
        IO-COA|0|British Indian Ocean Territory (the) Chart of Accounts
        IQ-COA|0|Iraq Chart of Accounts
        IQ-CR|0|Ministry of Trade - Iraq Registrar of Companies
        IQ-MOT|0|Iraq Ministry of Trade – Registrar of Companies
        IQ-NGO|0|NGO Directorate (Republic of Iraq)
        IR-COA|0|Iran (Islamic Republic of) Chart of Accounts
        IR-CR|0|Companies Registration Office - Company Register
        IS-COA|0|Iceland Chart of Accounts
        IS-CR|0|Directorate of Internal Revenue - Company Directory
        IS-KEN|0|Icelandic Social Security Number
        IT-CF|0|Italian Tax Code / VAT Number
        IT-COA|0|Italy Chart of Accounts
        IT-CR|1|Italian Business Register, Italian Chambers of Commerce
        IT-CUUO|0|Unique Organizational Unit Code
        IT-RI|1|Business Register of the Italian Chambers of Commerce
        JE-COA|0|Jersey Chart of Accounts
        JE-FSC|0|Jersey Financial Services Commission (JFSC)
        JE-JCR|0|Jersey Charity Register
        JE-OAC|1|Jersey Overseas Aid Commission
        JM-COA|0|Jamaica Chart of Accounts
        JM-CR|0|Companies Office of Jamaica
        JO-CCD|0|Companies Control Department (Jordan)
        JO-COA|0|Jordan Chart of Accounts
        JO-CR|0|Companies Control Department
        JO-MSD|0|Register of Associations, Jordan
        JP-COA|0|Japan Chart of Accounts
        JP-CR|0|Ministry of Economy, Trade and Industry
        JP-JCN|0|National Tax Agency Corporate Number Publication Site
        KE-COA|0|Kenya Chart of Accounts
        KE-KRA|0|Kenya Revenue Authority PIN
        KE-NCB|0|NGO's Coordination Board
        KE-RCO|0|Registar of Companies
        KE-RSO|1|Registrar of Societies
        KG-COA|0|Kyrgyzstan Chart of Accounts
        KG-CR|0|Ministry of Justice - Register of Legal Entities
        KG-ID|0|Electronic database of legal entities and branches (Krygyzstan)
        KG-INN|0|Kyrgyz Republic Register of Legal Entities
        KG-OKPO|0|Electronic database of legal entities and branches (Krygyzstan) OKPO codes
        KG-TIN|0|Electronic database of legal entities and branches (Krygyzstan) TIN
        KH-COA|0|Cambodia Chart of Accounts
        KH-CR|0|Ministry of Commerce
        KH-INGO|0|Ministry of Foreign Affairs
        KH-NNGO|0|Ministry of Interior National NGO Registrar
        KH-TIN|0|Cambodia Tax Identification Number
        KI-COA|0|Kiribati Chart of Accounts
        KI-CR|0|Ministry of Commerce, Industry and Cooperatives
        KM-COA|0|Comoros (the) Chart of Accounts
        KM-CR|0|Commercial Court Registry
        KN-COA|0|Saint Kitts and Nevis Chart of Accounts
        KN-CR|0|Financial Services Regulatory Commission, Registrar of Companies
        KP-COA|0|Korea (the Democratic People's Republic of) Chart of Accounts
        KR-BRN|0|National Tax Service Business Registration Number
        KR-COA|0|Korea (the Republic of) Chart of Accounts
        KR-CR|0|Land and building registry
        KW-COA|0|Kuwait Chart of Accounts
        KW-CR|0|Kuwait Chamber of Commerce & Industry
        KY-COA|0|Cayman Islands (the) Chart of Accounts
        KZ-BIN|0|Business Identification Number (BIN)
        KZ-COA|0|Kazakhstan Chart of Accounts
        KZ-CR|0|Ministry of Justice - Database of legal entities
        LA-COA|0|Lao People's Democratic Republic (the) Chart of Accounts
        LA-CR|0|Ministry of Industry and Commerce, Enterprise Registry Office
        LB-COA|0|Lebanon Chart of Accounts
        LB-CR|0|Lebanese Ministry of Justice, Commercial Register
        LB-MOI|0|Ministry of Interior (Lebanon)
        LC-COA|0|Saint Lucia Chart of Accounts
        LC-CR|0|Registry of Companies & Intellectual Property (ROCIP)
        LI-COA|0|Liechtenstein Chart of Accounts
        LI-CR|0|Commercial Register Liechtenstein
        LK-COA|0|Sri Lanka Chart of Accounts
        LK-CR|0|Department of Registrar the of Companies
        LK-DRC|0|Department of the Registrar of Companies (Sri Lanka)
        LK-NGO|0|Sri Lanka - National Secretariat for Non-Governmental Organisations
        LR-COA|0|Liberia Chart of Accounts
        LR-CR|0|Liberia Business Registry
        LR-MFDPNGO|0|Ministry of Finance and Development Planning NGO
        LS-COA|0|Lesotho Chart of Accounts
        LS-CR|0|Ministry of Trade, Registrar of Companies
        LS-HEI|0|Lesotho Higher Education Institution Registration Number (HEI)
        LS-LCN|1|Lesotho Council of Non Governmental Organisations
        LS-SRN|0|Society Registration Number, Lesotho
        LT-COA|0|Lithuania Chart of Accounts
        LT-CR|0|Register of Legal Entities, State Enterprise Centre of Registers
        LT-PVM|0|Lithuanian State Tax Inspectorate (PVM)
        LT-RC|0|Information Platform of Legal Entities (Lithuania)
        LU-COA|0|Luxembourg Chart of Accounts
        LU-CR|0|Registry of Trade and Companies
        LU-RCS|0|Luxembourg Trade and Companies Register
        LV-COA|0|Latvia Chart of Accounts
        LV-CR|0|Register of Enterprises
        LV-RE|0|Register of Enterprises of the Republic of Latvia
        LY-COA|0|Libya Chart of Accounts
        MA-COA|0|Morocco Chart of Accounts
        MA-CR|0|Central Trade Registry (OMPIC)
        MC-COA|0|Monaco Chart of Accounts
        MC-RCI|0|Trade and Industry Registry Number
        MD-COA|0|Moldova (the Republic of) Chart of Accounts
        MD-CR|0|Ministry of Information Technology and Communications
        MD-IDNO|0|Legal entity registration number (IDNO) Moldova
        ME-COA|0|Montenegro Chart of Accounts
        ME-CR|0|Central Register of Business Entities
        ME-PIB|0|Montenegro Tax Identification Number
        MF-COA|0|Saint Martin (French part) Chart of Accounts
        MG-COA|0|Madagascar Chart of Accounts
        MG-NIF|0|Directorate General of Taxes
        MH-COA|0|Marshall Islands (the) Chart of Accounts
        MH-CR|0|Marshall Islands Maritime & Corporate Administrators - International Registries, Inc. Entity Search
        MK-COA|0|North Macedonia Chart of Accounts
        MK-CR|0|The Central Register of Macedonia
        ML-CCIM|0|The Chamber of Commerce and Industry of Mali
        ML-COA|0|Mali Chart of Accounts
        ML-CR|0|The Investment Promotion Agency of Mali, Trade and Property Credit Register (RCCM)
        ML-MAT|0|Ministere de l'Administration Territoriale
        ML-NIF|0|Tax Identification Number
        MM-COA|0|Myanmar Chart of Accounts
        MM-CR|0|Directorate of Investment and Company Administration - Company Department
        MM-MHA|0|Ministry of Home Affairs - Central Committee for the Registration and Supervision of Organisations
        MN-COA|0|Mongolia Chart of Accounts
        MN-CR|0|Mongolian State Registry Agency
        MO-COA|0|Macao Chart of Accounts
        MP-COA|0|Northern Mariana Islands (the) Chart of Accounts
        MQ-COA|0|Martinique Chart of Accounts
        MR-COA|0|Mauritania Chart of Accounts
        MR-CR|0|Commercial Registry
        MS-COA|0|Montserrat Chart of Accounts
        MT-COA|0|Malta Chart of Accounts
        MT-CR|0|Registry of Companies, Malta Financial Services Authority
        MU-COA|0|Mauritius Chart of Accounts
        MU-CR|0|Companies and Businesses Registration Integrated System, Mauritius
        MV-COA|0|Maldives Chart of Accounts
        MV-CR|0|Ministry of Economic Development
        MW-CNM|1|The Council for Non Governmental Organisations in Malawi
        MW-COA|0|Malawi Chart of Accounts
        MW-CR|0|Ministry of Justice
        MW-MRA|1|Malawi Revenue Authority
        MW-NBM|0|NGO Board of Malawi
        MW-RG|0|Registrar General, Department of Justice
        MX-CMX_CPA|0|Budget Classification of Public Entities (Mexico City)
        MX-COA|0|Mexico Chart of Accounts
        MX-CPA|0|Budget Classification of Public Entities (Mexico)
        MX-CR|0|Business Information System of Mexico. Ministry of the Economy
        MX-RFC|0|Federal Taxpayers Registry
        MY-COA|0|Malaysia Chart of Accounts
        MY-CR|0|Companies Commission of Malaysia
        MY-SSM|0|Companies Commission of Malaysia
        MZ-COA|0|Mozambique Chart of Accounts
        MZ-CR|0|Mozambique Commercial Registry
        MZ-MOJ|0|Mozambique Ministry of Justice
        MZ-NUIT|0|Taxpayer Single Identification Number (Mozambique)
        NA-BIPA|0|Business and Intellectual Property Authority, Republic of Namibia
        NA-COA|0|Namibia Chart of Accounts
        NA-CR|0|Ministry of Trade and Industry
        NA-NAMRA|0|Namibia Revenue Agency
        NC-COA|0|New Caledonia Chart of Accounts
        NE-COA|0|Niger (the) Chart of Accounts
        NE-CR|0|National Institute of Statistics - Directory of Companies
        NE-DGI|0|Tax Directorate
        NF-COA|0|Norfolk Island Chart of Accounts
        NG-BPP|0|Bureau of Public Procurement (BPP) Contractor Registration System (Nigeria)
        NG-CAC|0|Nigerian Corporate Affairs Commission
        NG-COA|0|Nigeria Chart of Accounts
        NG-CR|0|Corporate Affairs Commission
        NG-TIN|0|Taxpayer Identification Number
        NI-COA|0|Nicaragua Chart of Accounts
        NI-CR|0|Ministry of Development, Industry and Commerce
        NL-COA|0|Netherlands (Kingdom of the) Chart of Accounts
        NL-KVK|0|Chamber of Commerce (Netherlands)
        NL-OWMS|0|Overheid.nl Web Metadata Standard
        NO-BRC|0|Brønnøysundregistrene
        NO-COA|0|Norway Chart of Accounts
        NO-CR|0|Entity Registry, BrÃ¸nnÃ¸ysund Register Centre
        NP-COA|0|Nepal Chart of Accounts
        NP-CR|0|Ministry of Industry - Office of the Company Registrar
        NP-CRO|0|Nepal Company Registrar Office
        NP-IRD|0|Inland Revenue Department
        NP-SWC|0|Social Welfare Council Nepal
        NR-COA|0|Nauru Chart of Accounts
        NU-COA|0|Niue Chart of Accounts
        NZ-CO|0|New Zealand Companies Office
        NZ-COA|0|New Zealand Chart of Accounts
        NZ-CR|0|New Zealand Charities Register
        NZ-NZBN|0|New Zealand Business Number
        OM-COA|0|Oman Chart of Accounts
        OM-CR|0|Ministry of Commerce and Industry
        PA-COA|0|Panama Chart of Accounts
        PA-CR|0|Public Registry of Panama
        PA-PRP|0|Public Registry of Panama
        PE-COA|0|Peru Chart of Accounts
        PE-RUC|0|RUC Number (Peru)
        PE-SUNARP|0|Peruvian National Superintendency of Public Registries - Registered Legal Entities
        PF-COA|0|French Polynesia Chart of Accounts
        PG-COA|0|Papua New Guinea Chart of Accounts
        PG-IPA|0|Investment Promotion Authority - Papua New Guinea
        PH-COA|0|Philippines (the) Chart of Accounts
        PH-CR|0|Philippines Business Registry
        PH-SEC|0|Securities and Exchange Commission (Philippines)
        PK-COA|0|Pakistan Chart of Accounts
        PK-CR|0|Securities and Exchange Commission of Pakistan
        PK-NTN|0|Pakistan National Tax Number
        PK-PCP|1|Pakistan Centre for Philanthropy
        PK-SEC|0|Securities and Exchange Commission of Pakistan
        PK-VSWA|0|Pakistan Voluntary Social Welfare Agency
        PK_IS-IRT|0|Islamabad Registrar of Trusts, Pakistan
        PL-COA|0|Poland Chart of Accounts
        PL-KRS|0|The National Court Register (Poland)
        PL-NIP|0|Tax Identification Number (Poland)
        PL-REGON|0|REGON - Statistical number of an economy entity
        PM-COA|0|Saint Pierre and Miquelon Chart of Accounts
        PN-COA|0|Pitcairn Chart of Accounts
        PR-COA|0|Puerto Rico Chart of Accounts
        PR-CR|0|PR Department of State - Register of Corporations and Institutions
        PS-COA|0|Palestine, State of Chart of Accounts
        PS-CR|0|Ministry of National Economy, Companies Registration Department, Companies Registry
        PS-MOI|0|Ministry of Interior (Palestine)
        PS-TIN|0|Tax Identifier Number, Palestine
        PT-COA|0|Portugal Chart of Accounts
        PT-CR|0|Portal da Empresa
        PT-NIPPC|0|Portal of Public Services
        PW-COA|0|Palau Chart of Accounts
        PW-CR|0|Office of the Attorney General - Corporate Registrar
        PY-COA|0|Paraguay Chart of Accounts
        PY-CR|0|Ministry of Justice
        PY-PGN|0|Classification of Entities in the National Budget for Paraguay
        PY-RUC|0|Unique Taxpayer Registry, Paraguay
        QA-COA|0|Qatar Chart of Accounts
        QA-CR|0|Qatar Chamber of Commerce and Industry - Business Directory
        QA-MOI|0|Qatar Ministry of Interior - Establishment Number
        RE-COA|0|Réunion Chart of Accounts
        RO-COA|0|Romania Chart of Accounts
        RO-CR|0|National Trade Register Office, Ministry of Justice
        RO-CUI|0|National Trade Register (Romania)
        RS-APR|0|Serbian Business Registrations Agency
        RS-COA|0|Serbia Chart of Accounts
        RS-CR|0|Serbian Business Registrations Agency
        RS-PIB|0|Tax identification number register
        RU-COA|0|Russian Federation (the) Chart of Accounts
        RU-CR|0|Unified State Register of Legal Entities
        RU-INN|0|Uniform State Register of Legal Entities of Russian Federation
        RU-OGRN|0|Unified State Register of Legal Entities (USRLE), Russian Federation
        RW-COA|0|Rwanda Chart of Accounts
        RW-CR|0|Office of the Registrar General: Information services
        RW-RGB|0|Rwanda Governance Board
        RW-RRA|0|Rwanda Revenue Authority
        SA-COA|0|Saudi Arabia Chart of Accounts
        SA-CR|0|Ministry of Commerce and Industry - Commercial Register
        SB-BR|0|Solomon Islands Business Registry
        SB-COA|0|Solomon Islands Chart of Accounts
        SC-COA|0|Seychelles Chart of Accounts
        SC-CR|0|Seychelles Business Register
        SD-COA|0|Sudan (the) Chart of Accounts
        SD-CR|0|Ministry of Justice, Commercial Registrations Department
        SE-BLV|1|Bolagsverket
        SE-COA|0|Sweden Chart of Accounts
        SE-CR|0|Swedish Companies Registration Office
        SE-KK|1|Legal, Financial and Administrative Services Agency (Sweden)
        SE-ON|0|Business Registration Number (Organisationsnummer), Sweden
        SG-ACRA|0|Accounting and Corporate Regulatory Authority (ACRA)
        SG-COA|0|Singapore Chart of Accounts
        SG-COC|0|Commissioner of Charities
        SG-CR|0|Directory of Registered Entities
        SH-COA|0|Saint Helena, Ascension and Tristan da Cunha Chart of Accounts
        SI-COA|0|Slovenia Chart of Accounts
        SI-CR|0|ePRS Slovenian Business Register
        SI-PRS|0|Slovenian Business Register
        SI-TIN|0|Tax Identification Number (Slovenia)
        SJ-COA|0|Svalbard and Jan Mayen Chart of Accounts
        SK-COA|0|Slovakia Chart of Accounts
        SK-CR|0|Business Register, Ministry of Justice
        SK-ICO|0|Organization Identification Number - Register and identifier of legal entities, entrepreneurs and public authorities
        SK-ORSR|0|Ministry of Justice Business Register
        SK-ZRSR|1|Slovakia Ministry Of Interior Trade Register
        SL-COA|0|Sierra Leone Chart of Accounts
        SL-CR|0|Office of the Administrator and Registrar General
        SL-NRA|0|National Revenue Agency
        SL-OARG|0|Office of Administrator and Registrar General
        SM-COA|0|San Marino Chart of Accounts
        SM-CR|0|Registry of Companies
        SN-COA|0|Senegal Chart of Accounts
        SN-CR|0|Department of Justice, Commercial Registry (RCCM)
        SN-NINEA|0|National Identification Number of Companies and Associations (NINEA), Senegal
        SO-COA|0|Somalia Chart of Accounts
        SO-MPND|0|Ministry of Planning and National Development - General Register for Non-Governmental Organizations (Somaliland)
        SR-COA|0|Suriname Chart of Accounts
        SR-CR|0|Chamber of Commerce and Industry - Business Directory
        SS-COA|0|South Sudan Chart of Accounts
        SS-CR|0|Ministry of Justice - Business Registry
        SS-RRC|0|South Sudan Relief and Rehabilitation Commission
        ST-COA|0|Sao Tome and Principe Chart of Accounts
        ST-CR|0|Ministry of Justice, GuichÃ© Ãšnico Empresas
        SV-COA|0|El Salvador Chart of Accounts
        SV-CR|0|El Salvador Trade Register
        SV-NIT|0|Tax Identification Number (El Salvador)
        SX-COA|0|Sint Maarten (Dutch part) Chart of Accounts
        SY-COA|0|Syrian Arab Republic (the) Chart of Accounts
        SY-CR|0|Directorate of Finance, Commercial Register
        SZ-CIT|0|Ministry of Commerce, Industry and Trade, Eswatini
        SZ-COA|0|Eswatini Chart of Accounts
        SZ-CR|0|Swaziland Investment Promotion Authority, Registrar of Companies
        TC-COA|0|Turks and Caicos Islands (the) Chart of Accounts
        TD-COA|0|Chad Chart of Accounts
        TD-CR|0|Service d'Enregistrement, des Domaines et du Timbre, Company Register
        TF-COA|0|French Southern Territories (the) Chart of Accounts
        TG-COA|0|Togo Chart of Accounts
        TG-CR|0|Trade and Personal Property Credit Register (RCCM)
        TG-NIF|0|Togo National Tax Identification Number (NIF)
        TG-ONE|0|NGO Registration Number, Togo
        TH-COA|0|Thailand Chart of Accounts
        TH-CR|0|Department of Business Development - Corporate Data Search
        TH-MOI|0|Ministry of Interior of the Kingdom of Thailand
        TH-TIN|0|Thai Revenue Department - Tax Identification Number
        TJ-COA|0|Tajikistan Chart of Accounts
        TJ-CR|0|Tajikistan State Register of Legal Entities and Individual Entrepreneurs
        TJ-TIN|0|Tajikstan Tax Identification Number
        TK-COA|0|Tokelau Chart of Accounts
        TL-COA|0|Timor-Leste Chart of Accounts
        TL-CR|0|Ministry of Justice, Commercial Registry
        TM-COA|0|Turkmenistan Chart of Accounts
        TN-COA|0|Tunisia Chart of Accounts
        TN-CR|0|Tunisian Commercial Register
        TN-RNE|0|The National Register of Companies, Tunisia
        TO-COA|0|Tonga Chart of Accounts
        TO-CR|0|Kingdom of Tonga - Companies Office
        TR-COA|0|Türkiye Chart of Accounts
        TR-CR|0|Central Registry Number System (MERSIS), Ministry of Customs and Trade
        TR-MERSIS|0|MERSIS - Central Trade Registry System
        TR-MOI|0|Directorate General for Relations with Civil Society (Ministry of Interior, Turkey)
        TR-VKN|0|Tax Identification Number (VKN), Türkiye
        TT-COA|0|Trinidad and Tobago Chart of Accounts
        TT-CR|0|Companies Registry, Ministry of Legal Affairs
        TV-COA|0|Tuvalu Chart of Accounts
        TW-COA|0|Taiwan (Province of China) Chart of Accounts
        TW-CR|0|Ministry of Economic Affairs, R.O.C - Commerce Industrial Services Portal
        TZ-BRLA|0|Tanzania Business Registrations and Licensing Agency
        TZ-COA|0|Tanzania, the United Republic of Chart of Accounts
        TZ-CR|0|Business Registrations and Licensing Agency (BRELA)
        TZ-NNCB|0|Tanzania National NGO Coordination Board
        TZ-TRA|0|Tanzania Revenue Agency
        UA-COA|0|Ukraine Chart of Accounts
        UA-CR|0|State Enterprise Information Resource Centre
        UA-EDR|0|United State Register
        UG-204CBO|0|CBO Registration number, Uganda (Jinja District)
        UG-COA|0|Uganda Chart of Accounts
        UG-CR|0|Uganda Registration Service Bureau (URSB)
        UG-NGB|1|NGO Board, Ministry of Internal Affairs (Uganda)
        UG-NGO|0|National Bureau for NGOs (Uganda)
        UG-RSB|0|Uganda Registration Services Bureau (URSB)
        UM-COA|0|United States Minor Outlying Islands (the) Chart of Accounts
        US-AK_CR|0|Alaska Department of Commerce
        US-AL_CR|0|Secretary of State's Government Records
        US-AR_CR|0|Business & Commercial Services
        US-AZ_CR|0|Arizona Corporation Commission
        US-CA_CR|0|Business Entities Section of the Secretary of Stateâ€™s Department
        US-COA|0|United States of America (the) Chart of Accounts
        US-CO_CR|0|Business Division of the Secretary of Stateâ€™s office
        US-CT_CR|0|Secretary of the State's Commercial Recording Division
        US-DC_CR|0|Department of Consumer and Regulatory Affairs
        US-DE_CR|0|Division of Corporations, Department of State
        US-DOS|1|Corporation registration is the responsibility of each state (see link)
        US-EIN|0|Employer Identification Number - Internal Revenue Service
        US-FL_CR|0|Florida Department of Corporations
        US-GA_CR|0|Georgia Secretary of State Corporations Division
        US-HI_CR|0|Hawaii Business Express (HBE), Hawai`i Information Consortium, LLC
        US-IA_CR|0|Business Services Division, Secretary of State
        US-ID_CR|0|Business Services, Secretary of State
        US-IL_CR|0|Business Services, Office of the Secretary of State
        US-IN_CR|0|Business Services Division, Secretary of State
        US-KS_CR|0|Business Center
        US-KY_CR|0|Business Services, Office of the Secretary of State
        US-LA_CR|0|Corporations Section, Office of the Secretary of State
        US-MA_CR|0|Corporations Division, Secretary of the Commonwealth's Office
        US-MD_CR|0|Business Services, Maryland Department of Assessments and Taxation
        US-ME_CR|0|Division of Corporations, UCC and Commissions, Bureau of Corporations, Elections & Commissions, Department of the Secretary of State
        US-MI_CR|0|Corporations Division, Department of Licensing and Regulatory Affairs
        US-MN_CR|0|Office of the Minnesota Secretary of State Business & Lien system
        US-MO_CR|0|Corporations Unit, Business Services, Office of the Secretary of State
        US-MS_CR|0|Business Services, Office of the Secretary of State
        US-MT_CR|0|Montana Secretary of State
        US-NC_CR|0|Corporations Division, Department of the Secretary of State
        US-ND_CR|0|Business Services, Secretary of State's Office
        US-NE_CR|0|Business Services, Secretary of State
        US-NH_CR|0|Corporation Division, Secretary of State's Office
        US-NJ_CR|0|Business Records Service, Division of Revenue & Enterprise Services
        US-NM_CR|0|Office of the Secretary of State, Business Services Division
        US-NV_CR|0|Business Center, Secretary of State
        US-NY_CR|0|Corporation and Business Entity Database, Division of Corporations, State Records and UCC, Department of State
        US-OH_CR|0|Corporation Database, Ohio Secretary of State
        US-OK_CR|0|Business Filing Department, Oklahoma Secretary of State
        US-OR_CR|0|Corporation Division, Oregon Secretary of State
        US-PA_CR|0|Pennsylvania Department of State
        US-RI_CR|0|Division Of Business Services, Rhode Island Office of the Secretary of State
        US-SAM|0|System for Award Management (SAM) Unique Entity ID, USA
        US-SC_CR|0|Business Filings database, South Carolina Secretary of State
        US-SD_CR|0|Business Services Division, Office of the Secretary of State
        US-TN_CR|0|Business Entity Database
        US-TX_CR|0|Corporations Section, Texas Secretary of State
        US-USAGOV|0|Index of U.S. Government Departments and Agencies
        US-UT_CR|0|Utah Division of Corporations & Commercial Code, Department of Commerce
        US-VA_CR|0|State Corporation Commission
        US-VT_CR|0|Corporations Division, Vermont Secretary of State
        US-WA_CR|0|Corporations Division, Office of the Secretary of State
        US-WI_CR|0|Corporation Section, Division of Corporate & Consumer Services, Department of Financial Institutions
        US-WV_CR|0|West Virginia Secretary of State
        US-WY_CR|0|Business Division, Wyoming Secretary of State
        UY-COA|0|Uruguay Chart of Accounts
        UY-CR|0|Uruguay General Directorate of Registers
        UZ-COA|0|Uzbekistan Chart of Accounts
        UZ-CR|0|State Register of Legal Entities
        UZ-KTUT|0|United State Register of Corporate Entites
        VA-COA|0|Holy See (the) Chart of Accounts
        VC-COA|0|Saint Vincent and the Grenadines Chart of Accounts
        VC-CR|0|Commerce and Intellectual Property Office, Commercial Registry
        VE-COA|0|Venezuela (Bolivarian Republic of) Chart of Accounts
        VE-CR|0|Single Register of Tax Information
        VG-COA|0|Virgin Islands (British) Chart of Accounts
        VI-COA|0|Virgin Islands (U.S.) Chart of Accounts
        VN-COA|0|Viet Nam Chart of Accounts
        VN-CR|0|Ministry of Planning and Investment - Department of Business Registration - Company Register
        VN-MOST|0|Ministry of Science and Technology
        VN-TIN|0|Viet Nam Tax Identification Number (TIN)
        VU-COA|0|Vanuatu Chart of Accounts
        VU-CR|0|Vanuatu Financial Services Commission
        WF-COA|0|Wallis and Futuna Chart of Accounts
        WS-COA|0|Samoa Chart of Accounts
        WS-CR|0|Samoa Companies Registry
        XE-EXAMPLE|0|Example Data Prefix
        XI-BRIDGE|1|Basic Registry of Identified Global Entities
        XI-DUNS|0|D-U-N-S Number
        XI-EORI|0|Economic Operators Identification and Registration system
        XI-GRID|1|Global Research Identifiers Database
        XI-IATI|0|International Aid Transparency Initiative Organisation Identifier
        XI-LEI|0|Global Legal Entity Identifier Index
        XI-PB|0|Public Bodies - Open Knowledge Foundation
        XI-PID|0|PermID: Thompson Reuters Permanent Identifier
        XI-ROR|0|Research Organization Registry
        XI-WIKIDATA|0|Wikidata
        XK-COA|0|Kosovo Chart of Accounts
        XK-CR|0|Kosovo Business Registration Agency
        XM-DAC|0|OECD Development Assistance Committee
        XM-OCHA|0|United Nations Office for the Coordination of Humanitarian Affairs - Humanitarian Programme Cycle Identifiers
        XR-EUCB|0|European Union Corporate Bodies authority list
        XR-NUTS|0|NUTS - European Union Nomenclature of Territorial Units for Statistics
        YE-COA|0|Yemen Chart of Accounts
        YE-CR|0|Commercial Registry, Yemen
        YE-MOPIC|0|Yemen Ministry of Planning and International Cooperation
        YE-MSAL|0|Ministry of Social Affairs and Labour
        YT-COA|0|Mayotte Chart of Accounts
        ZA-CIP|0|Companies and Intellectual Property Commission (CIPC)
        ZA-CIT|0|South African Corporate Income Tax (CIT) number
        ZA-COA|0|South Africa Chart of Accounts
        ZA-CR|0|South Africa Companies and Intellectual Property Commission
        ZA-NPO|0|Nonprofit Organisation Directorate - South African Department of Social Development
        ZA-PBO|1|SA Revenue Service Tax Exemption Unit
        ZM-COA|0|Zambia Chart of Accounts
        ZM-CR|0|Patent And Companies Registration Agency (PACRA)
        ZM-NRB|0|Non Governmental Organisation Registration Board
        ZM-PCR|0|Patents and Companies Registration Agency
        ZM-RNGO|0|Department of Registrar for NGOs
        ZM-RS|0|Zambia Registrar of Societies
        ZW-COA|0|Zimbabwe Chart of Accounts
        ZW-CR|0|Department of Deeds Companies & Intellecetual Property - Registrar of Companies
        ZW-PVO|0|Private Voluntary Organisations Council (Zimbabwe)
        ZW-ROD|0|Registrar of Deeds
        ZZ-EBID|0|European Business Identifier (EBID)
        """
}
