// YouTube Studio: videos, days, and videos by day, which come in one zip.

import CounterpointModel

extension FileFormat {
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
        .country de Geografie
        .country fr Zone géographique
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
        recognisedBy:
            "Content, Video title, Video publish time, Watch time (hours), with Total as the "
            + "first row; the zip of Table data, Totals and Chart data, or its table alone",
        daysFrom: "the days of Totals or Chart data in the same zip, else you",
        layout: FormatLayout(
            channel: .fixed(.youtube),
            needs: [
                [.dimension(.contentId), .dimension(.content), .dimension(.published)], [.figure],
            ],
            forbids: [.day, .month], marks: ["table data", "tabellendaten"]),
        names: NameList(youtubeNames))

    static let youtubeCut = FileFormat(
        id: "youtubeCut", title: "YouTube Studio, by country, age or gender", platform: "YouTube",
        recognisedBy:
            "Geography, Viewer age or Viewer gender beside figures such as Views; alone or in a zip",
        daysFrom: "the days of Totals or Chart data in the same zip, else you",
        layout: FormatLayout(
            channel: .fixed(.youtube),
            needs: [[.dimension(.country), .dimension(.age), .dimension(.gender)], [.figure]],
            forbids: [.contentId, .content, .published, .day, .month],
            marks: ["table data", "tabellendaten"]),
        names: NameList(youtubeNames))

    static let youtubeDays = FileFormat(
        id: "youtubeDays", title: "YouTube Studio, days", platform: "YouTube",
        recognisedBy: "Totals: Date and figures such as Views, Watch time (hours)",
        daysFrom: "the column Date",
        layout: FormatLayout(
            channel: .fixed(.youtube), needs: [[.dimension(.day), .dimension(.month)], [.figure]],
            forbids: [.contentId, .content, .published], marks: ["totals", "gesamtwerte"],
            repeats: ["youtubeContent", "youtubeCut"]),
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
}
