// Google Ads: campaigns below two lines of preamble, with several rows of totals.

import CounterpointModel

extension FileFormat {
    static let googleAds = FileFormat(
        id: "googleAds", title: "Google Ads", platform: "Google",
        recognisedBy:
            "a report title and a range of days above the header, columns such as Campaign, "
            + "Impr., Cost, Interactions; total rows at the end. Also time series of the overview cards",
        daysFrom: "the columns Day, Week or Month, else the range in the second line",
        layout: FormatLayout(
            channel: .campaignType, needs: [[.figure]],
            forbids: [.contentId, .from, .to],
            marks: [
                "campaign report", "kampagnenbericht", "informe de campana",
                "relatorio de campanha",
                "rapport sur les campagnes", "rapporto campagne", "ad group report", "time_series",
            ]),
        names: NameList(
            """
            .campaign en Campaign
            .campaign de Kampagne
            .campaign fr Campagne
            .campaign es Campaña
            .campaign it Campagna
            .campaign pt Campanha
            .campaignId en Campaign ID
            .adSet en Ad group
            .adSet de Anzeigengruppe
            .adSet fr Groupe d'annonces
            .adSet es Grupo de anuncios
            .adSet it Gruppo di annunci
            .adSet pt Grupo de anúncios
            .adSetId en Ad group ID
            .ad en Ad name
            .ad en Video
            .ad en Search keyword
            .ad en Keyword
            .ad de Suchkeyword
            .ad pt Palavra-chave
            .adId en Ad ID
            .day en Day
            .day en Date
            .day de Tag
            .day de Datum
            .day fr Jour
            .day fr Date
            .day es Día
            .day es Fecha
            .day it Giorno
            .day it Data
            .day pt Dia
            .week en Week
            .week de Woche
            .week fr Semaine
            .week es Semana
            .week it Settimana
            .month en Month
            .month de Monat
            .month fr Mois
            .month es Mes
            .month it Mese
            .month pt Mês
            .campaignType en Campaign type
            .campaignType de Kampagnentyp
            .campaignType fr Type de campagne
            .campaignType es Tipo de campaña
            .campaignType it Tipo di campagna
            .campaignType pt Tipo de campanha
            .cut en Device
            .cut de Gerät
            .cut en Network (with search partners)
            .age en Age
            .gender en Gender
            .country en Country/Territory (User location)
            .region en Region (User location)
            .currency en Currency code
            .currency de Währungscode
            .currency fr Code de devise
            .currency es Código de moneda
            .currency it Codice valuta
            .currency pt Código da moeda
            impressions en Impr.
            impressions en Impressions
            impressions de Impressionen
            impressions de Impr.
            impressions es Impresiones
            impressions it Impressioni
            impressions pt Impressões
            clicks en Clicks
            clicks de Klicks
            clicks fr Clics
            clicks it Clic
            clicks pt Cliques
            spend en Cost
            spend de Kosten
            spend fr Coût
            spend es Coste
            spend es Costo
            spend it Costo
            spend pt Custo
            conversions en Conversions
            conversions en Conv.
            conversions es Conversiones
            conversions it Conversioni
            conversions pt Conversões
            ~views en TrueView views
            views en Views
            views en Video views
            views de Aufrufe
            views fr Vues
            views es Visualizaciones
            views it Visualizzazioni
            views pt Visualizações
            engagements en Engagements
            ~engagements en Interactions
            ~engagements de Interaktionen
            ~engagements es Interacciones
            ~engagements it Interazioni
            ~engagements pt Interações
            reach en Unique users
            reach en Unique users (reach)
            reach de Einzelne Nutzer
            frequency en Avg. impr. freq. per user
            costPerThousandImpressions en Avg. CPM
            -computed en Interaction rate
            -computed en CTR
            -computed en Avg. cost
            -computed en Avg. CPC
            -computed en TrueView avg. CPV
            -computed en Avg. CPV
            -computed en Cost / conv.
            -computed en Conv. rate
            -computed en View rate
            -computed en TrueView view rate
            -computed de Interaktionsrate
            -computed de Durchschn. Kosten
            -computed de Durchschn. CPC
            -computed de Kosten/Conv.
            -computed de Conv.-Rate
            -computed fr Taux d'interaction
            -computed fr CPC moy.
            -computed fr Coût moyen
            -computed es CPC medio
            -computed es Coste/conv.
            -computed it CPC medio
            -computed pt CPC méd.
            -computed pt Custo / conv.
            -share en Video played to 25%
            -share en Video played to 50%
            -share en Video played to 75%
            -share en Video played to 100%
            -share en Search impr. share
            -share en Search lost IS (rank)
            -share en Impr. (Abs. Top) %
            -share en Impr. (Top) %
            -noMetric en View-through conv.
            -noMetric en All conv.
            -noMetric en Conv. value
            -setting en Campaign status
            -setting en Campaign state
            -setting en Ad group status
            -setting en Ad status
            -setting en Keyword status
            -setting en Budget
            -setting en Budget name
            -setting en Budget type
            -setting en Status
            -setting en Status reasons
            -setting en Optimization score
            -setting en Optimisation score
            -setting en Bid strategy
            -setting en Bid strategy type
            -setting de Kampagnenstatus
            -setting de Status der Kampagne
            -setting de Budgetname
            -setting de Budgettyp
            -setting de Statusgründe
            -setting de Optimierungsfaktor
            -setting fr État de la campagne
            -setting fr Nom du budget
            -setting fr Type de budget
            -setting fr État
            -setting fr Motifs de l'état
            -setting fr Taux d'optimisation
            -setting es Estado de la campaña
            -setting es Presupuesto
            -setting es Estado
            -setting es Motivos del estado
            -setting it Stato campagna
            -setting it Stato
            -setting pt Status da campanha
            -setting pt Orçamento
            -setting pt Nome do orçamento
            -setting pt Tipo de orçamento
            -setting pt Motivos do status
            """))
}
