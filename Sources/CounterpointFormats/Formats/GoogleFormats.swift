// Google: Ads, YouTube Studio, Analytics.

import CounterpointModel

extension FileFormat {
    static let googleAds = FileFormat(
        id: "googleAds", title: "Google Ads", platform: "Google",
        recognisedBy: "a report title and a range of days above the header, columns such as Campaign, "
            + "Impr., Cost, Interactions; total rows at the end. Also time series of the overview cards",
        daysFrom: "the columns Day, Week or Month, else the range in the second line",
        layout: FormatLayout(
            channel: .campaignType, needs: [[.figure]],
            forbids: [.contentId, .from, .to],
            marks: [
                "campaign report", "kampagnenbericht", "informe de campana", "relatorio de campanha",
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

    private static let youtubeNames = """
        .contentId en Content
        .contentId en Video
        .contentId de Videos
        .contentId de Inhalte
        .contentId fr Contenu
        .contentId es Contenido
        .contentId it Contenuti
        .contentId pt Conteúdo
        .content en Video title
        .content de Videotitel
        .content fr Titre de la vidéo
        .content es Título del vídeo
        .content es Título del video
        .content it Titolo video
        .content it Titolo del video
        .content pt Título do vídeo
        .published en Video publish time
        .published de Veröffentlichungszeitpunkt des Videos
        .published fr Heure de publication de la vidéo
        .published es Hora de publicación del vídeo
        .published es Hora de publicación del video
        .published it Ora di pubblicazione del video
        .published pt Horário de publicação do vídeo
        .day en Date
        .day de Datum
        .day es Fecha
        .day it,pt Data
        .month en Month
        .country en Geography
        .country en Country
        .age en Viewer age
        .gender en Viewer gender
        -setting en Duration
        -setting de Dauer
        -setting fr Durée
        -setting es Duración
        -setting it Durata
        -setting pt Duração
        views en Views
        views de Aufrufe
        views fr Vues
        views es Visualizaciones
        views it Visualizzazioni
        views pt Visualizações
        watchTimeMinutes:hours en Watch time (hours)
        watchTimeMinutes:hours de Wiedergabezeit (Stunden)
        watchTimeMinutes:hours fr Durée de visionnage (heures)
        watchTimeMinutes:hours es Tiempo de visualización (horas)
        watchTimeMinutes:hours it Tempo di visualizzazione (ore)
        watchTimeMinutes:hours pt Tempo de exibição (horas)
        watchTimeMinutes:hours pt Tempo de visualização (horas)
        subscribersGained en Subscribers
        subscribersGained de Abonnenten
        subscribersGained fr Abonnés
        subscribersGained es Suscriptores
        subscribersGained it Iscritti
        subscribersGained pt Inscritos
        subscribersGained pt Subscritores
        thumbnailImpressions en Impressions
        thumbnailImpressions en Thumbnail impressions
        thumbnailImpressions de Impressionen
        thumbnailImpressions es Impresiones
        thumbnailImpressions it Impressioni
        thumbnailImpressions pt Impressões
        thumbnailImpressions pt Impressões de miniaturas
        uniqueViewers en Unique viewers
        uniqueViewers de Einzelne Zuschauer
        uniqueViewers fr Spectateurs uniques
        uniqueViewers es Espectadores únicos
        uniqueViewers it Spettatori unici
        uniqueViewers pt Espectadores únicos
        reactions en Likes
        reactions de „Mag ich“-Bewertungen
        reactions fr J'aime
        reactions es Me gusta
        reactions it Mi piace
        comments en Comments added
        comments en Comments
        comments de Kommentare
        comments fr Commentaires
        comments es Comentarios
        comments pt Comentários
        shares en Shares
        shares fr Partages
        shares es Compartidos
        averageViewSeconds:duration en Average view duration
        averageViewSeconds:duration de Durchschnittliche Wiedergabedauer
        averageViewSeconds:duration fr Durée moyenne de visionnage
        averageViewSeconds:duration es Duración media de la visualización
        averageViewSeconds:duration it Durata media visualizzazione
        averageViewSeconds:duration pt Duração média da visualização
        -share en Impressions click-through rate (%)
        -share en Thumbnail click-through rate (%)
        -share en Average percentage viewed (%)
        -share en Stayed to watch (%)
        -share en Views (%)
        -share en Watch time (hours) (%)
        -share de Klickrate der Impressionen (%)
        -share de Durchschnittliche Wiedergabedauer in Prozent (%)
        -share fr Taux de clics par impression (%)
        -share fr Pourcentage moyen regardé (%)
        -share es Porcentaje de clics de las impresiones (%)
        -share es CTR de las impresiones (%)
        -share es Porcentaje medio visto (%)
        -share it Percentuale media visualizzata (%)
        -share pt Taxa de cliques de impressões (%)
        -share pt Taxa de cliques na miniatura (%)
        -share pt Porcentagem visualizada média (%)
        -noMetric en Subscribers gained
        -noMetric en Subscribers lost
        -noMetric en Engaged views
        -noMetric en New viewers
        -noMetric en Returning viewers
        -noMetric en Dislikes
        -noMetric en Estimated revenue
        -noMetric es Suscriptores ganados
        -noMetric es Suscriptores perdidos
        -noMetric pt Visualizações intencionais
        -noMetric pt Alcance único
        """

    static let youtubeContent = FileFormat(
        id: "youtubeContent", title: "YouTube Studio, videos", platform: "YouTube",
        recognisedBy: "Content, Video title, Video publish time, Watch time (hours), with Total as the "
            + "first row; the zip of Table data, Totals and Chart data, or its table alone",
        daysFrom: "the days of Totals or Chart data in the same zip, else you",
        layout: FormatLayout(
            channel: .fixed(.youtube),
            needs: [[.dimension(.contentId), .dimension(.content), .dimension(.published)], [.figure]],
            forbids: [.day, .month], marks: ["table data", "tabellendaten"]),
        names: NameList(youtubeNames))

    static let youtubeDays = FileFormat(
        id: "youtubeDays", title: "YouTube Studio, days", platform: "YouTube",
        recognisedBy: "Totals: Date and figures such as Views, Watch time (hours)",
        daysFrom: "the column Date",
        layout: FormatLayout(
            channel: .fixed(.youtube), needs: [[.dimension(.day), .dimension(.month)], [.figure]],
            forbids: [.contentId, .content, .published], marks: ["totals", "gesamtwerte"],
            repeats: ["youtubeContent"]),
        names: NameList(youtubeNames))

    static let youtubeChart = FileFormat(
        id: "youtubeChart", title: "YouTube Studio, videos by day", platform: "YouTube",
        recognisedBy: "Chart data: Date, Content, Video title and one figure",
        daysFrom: "the column Date",
        layout: FormatLayout(
            channel: .fixed(.youtube),
            needs: [
                [.dimension(.day), .dimension(.month)],
                [.dimension(.contentId), .dimension(.content)], [.figure],
            ], marks: ["chart data", "diagrammdaten"],
            repeats: ["youtubeContent", "youtubeDays"]),
        names: NameList(youtubeNames))

    static let analytics = FileFormat(
        id: "analytics4", title: "Google Analytics 4", platform: "Google",
        recognisedBy: "lines with # above the header (# Start date: 20230708), Sessions, Total users",
        daysFrom: "the columns Date or Nth day, else the lines # Start date and # End date",
        layout: FormatLayout(
            channel: .fixed(.website), needs: [[.figure]],
            forbids: [.contentId, .permalink, .adId], marks: ["# start date", "# property", "# all users"]),
        names: NameList(
            """
            .day en Date
            .day de Datum
            .day fr Date
            .day es Fecha
            .day it,pt Data
            .nthDay en Nth day
            .week en Week
            .month en Month
            .country en Country
            .country de Land
            .country fr Pays
            .country es País
            .country it Paese
            .region en Region
            .language en Language
            .age en Age
            .gender en Gender
            .content en Page path and screen class
            .content en Page title and screen class
            .content en Page path
            .content en Page title
            .content en Landing page
            .content en Landing page + query string
            .content en Session default channel group
            .content en Session primary channel group (Default channel group)
            .content en First user default channel group
            .content en First user primary channel group (Default channel group)
            .content en Session source / medium
            .content en Session source
            .content en Session medium
            .content en Session campaign
            .content en First user source / medium
            .content de Standard-Channelgruppierung der Sitzung
            .content de Seitentitel und Bildschirmklasse
            .content de Seitenpfad und Bildschirmklasse
            sessions en Sessions
            sessions de Sitzungen
            sessions es Sesiones
            sessions it Sessioni
            sessions pt Sessões
            users en Total users
            users de Nutzer insgesamt
            users fr Nombre total d'utilisateurs
            users es Total de usuarios
            users it Utenti totali
            users pt Total de usuários
            ~users en Users
            ~users en Active users
            ~users de Aktive Nutzer
            ~users fr Utilisateurs actifs
            ~users es Usuarios activos
            ~users it Utenti attivi
            ~users pt Usuários ativos
            ~users pt Utilizadores ativos
            views en Views
            views de Aufrufe
            views fr Vues
            views es Vistas
            views it Visualizzazioni
            views pt Visualizações
            conversions en Key events
            conversions en Conversions
            conversions de Schlüsselereignisse
            -noMetric en New users
            -noMetric en Returning users
            -noMetric en Engaged sessions
            -noMetric en Event count
            -noMetric en Total revenue
            -computed en Engagement rate
            -computed en Bounce rate
            -computed en Average engagement time
            -computed en Average engagement time per session
            -computed en Average engagement time per active user
            -computed en Events per session
            -computed en Views per active user
            -computed en Views per user
            -computed en Views per session
            -computed en Sessions per active user
            -computed en Session key event rate
            -noMetric de Neue Nutzer
            -noMetric de Ereignisanzahl
            -noMetric de Sitzungen mit Interaktionen
            """))
}
