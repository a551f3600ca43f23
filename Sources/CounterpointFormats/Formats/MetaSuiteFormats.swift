// Meta Business Suite: the insights of a page, one metric a file, and the figures of single posts.

import CounterpointModel

extension FileFormat {
    static let metaPage = FileFormat(
        id: "metaPage", title: "Meta Business Suite, page insights", platform: "Meta",
        recognisedBy: "a date and one figure (Primary), the metric named in the title above or in "
            + "the header; several such blocks in one file",
        daysFrom: "the column Date",
        layout: FormatLayout(
            channel: .named, needs: [[.dimension(.day)], [.figure, .titled]],
            forbids: [.contentId, .content, .permalink, .campaign, .campaignId]),
        names: NameList(
            """
            .day en Date
            .day de Datum
            .day es Fecha
            .day it,pt Data
            titled en Primary
            titled de Primär
            titled fr Principal
            titled es Principal
            titled it Principale
            reach@facebook en Facebook reach
            reach@facebook en Facebook Page reach
            reach@instagram en Instagram reach
            reach en Reach
            reach@facebook de Facebook-Reichweite
            reach@facebook de Reichweite der Facebook-Seite
            reach@instagram de Instagram-Reichweite
            reach@facebook fr Couverture de la Page Facebook
            reach@facebook fr Couverture Facebook
            reach@instagram fr Couverture Instagram
            reach@facebook es Alcance de la página de Facebook
            reach@facebook es,pt Alcance de Facebook
            reach@instagram es Alcance de Instagram
            reach@facebook it Copertura della Pagina Facebook
            reach@facebook it Copertura di Facebook
            reach@instagram it Copertura di Instagram
            reach@facebook pt Alcance da Página do Facebook
            reach@facebook pt Alcance do Facebook
            reach@instagram pt Alcance do Instagram
            views en Views
            views@facebook en Facebook views
            views@instagram en Instagram views
            impressions@facebook en Facebook impressions
            impressions@instagram en Instagram impressions
            pageVisits@facebook en Facebook visits
            pageVisits@facebook en Facebook Page visits
            pageVisits en Visits
            pageVisits@facebook de Facebook-Besuche
            pageVisits@facebook de Besuche der Facebook-Seite
            pageVisits@facebook fr Visites de la Page Facebook
            pageVisits@facebook fr Visites Facebook
            pageVisits@facebook es Visitas a la página de Facebook
            pageVisits@facebook it Visite della Pagina Facebook
            pageVisits@facebook pt Visitas à Página do Facebook
            profileVisits@instagram en Instagram profile visits
            profileVisits@instagram de Instagram-Profilbesuche
            profileVisits@instagram fr Visites du profil Instagram
            profileVisits@instagram es Visitas al perfil de Instagram
            profileVisits@instagram it Visite del profilo Instagram
            profileVisits@instagram pt Visitas ao perfil do Instagram
            engagements en Content interactions
            engagements@facebook en Facebook content interactions
            engagements@instagram en Instagram content interactions
            linkClicks en Link clicks
            linkClicks@facebook en Facebook link clicks
            linkClicks@instagram en Instagram link clicks
            follows en Follows
            follows@facebook en Facebook follows
            follows@instagram en Instagram follows
            follows@facebook en Facebook Page new likes
            follows@facebook en New Facebook followers
            follows@instagram en New Instagram followers
            follows@facebook en Facebook Page new follows
            follows@facebook fr Nouvelles mentions J'aime de la Page Facebook
            follows@facebook fr Mentions J'aime
            follows@facebook en Mentions Likes
            unfollows en Unfollows
            unfollows@facebook en Facebook unfollows
            unfollows@instagram en Instagram unfollows
            messages en Messaging conversations started
            -noMetric en Viewers
            -noMetric en Paid reach
            -noMetric en Paid impressions
            """))

    static let metaPosts = FileFormat(
        id: "metaPosts", title: "Meta Business Suite, posts", platform: "Meta",
        recognisedBy:
            "Post ID beside Page ID (Facebook) or Account username (Instagram), Permalink, "
            + "Publish time, Post type",
        daysFrom:
            "you: the figures are those of the post's life so far (Date says Lifetime); where Date "
            + "names days, from there",
        layout: FormatLayout(
            channel: .named,
            needs: [[.dimension(.contentId), .dimension(.permalink)], [.figure]],
            forbids: [.campaign, .campaignId, .adId, .ad],
            slashes: .monthFirst, isSnapshot: true),
        names: NameList(
            """
            .contentId en Post ID
            .contentId de Beitrags-ID
            .contentId fr Identifiant de la publication
            .contentId es Identificador de la publicación
            .contentId it Identificatore del post
            .contentId pt Identificação do post
            .page en Page ID
            .page en Page name
            .profile en Account ID
            .profile en Account username
            .profile en Account name
            .page de Seiten-ID
            .page de Seitenname
            .page fr Nom de la Page
            .page es Nombre de la página
            .page pt Nome da Página
            .content en Title
            .permalink en Permalink
            .permalink de Permalink
            .permalink fr Permalien
            .permalink es Enlace permanente
            .permalink it Link permanente
            .permalink pt Link permanente
            .published en Publish time
            .published de Veröffentlichungszeit
            .published fr Heure de publication
            .published es Hora de publicación
            .published it Orario di pubblicazione
            .published pt Horário de publicação
            .dateOrLifetime en Date
            .dateOrLifetime de Datum
            .dateOrLifetime es Fecha
            .dateOrLifetime it,pt Data
            impressions en Impressions
            reach en Reach
            reach en IMPRESSION:UNIQUE_USERS
            reach de Reichweite
            reach fr Couverture
            reach es,pt Alcance
            reach it Copertura
            views en Views
            views de Aufrufe
            views fr Vues
            views es Visualizaciones
            views it Visualizzazioni
            views pt Visualizações
            sum:reactions+comments+shares en Reactions, Comments and Shares
            sum:reactions+comments+shares de Reaktionen, Kommentare und geteilte Inhalte
            sum:reactions+comments+shares fr Réactions, commentaires et partages
            sum:reactions+comments+shares es Reacciones, comentarios y veces que se compartió
            sum:reactions+comments+shares pt Reações, comentários e compartilhamentos
            reactions en Reactions
            reactions en Likes
            reactions de Reaktionen
            reactions fr Réactions
            reactions es Reacciones
            reactions it Reazioni
            reactions pt Reações
            comments en Comments
            comments de Kommentare
            comments fr Commentaires
            comments es Comentarios
            comments it Commenti
            comments pt Comentários
            shares en Shares
            shares de Geteilte Inhalte
            shares fr Partages
            shares es Veces que se compartió
            shares it Condivisioni
            shares pt Compartilhamentos
            saves en Saves
            follows en Follows
            clicks en Total clicks
            linkClicks en Link Clicks
            videoViews3s en 3-second video views
            videoViews3s es Reproducciones de video de 3 segundos
            watchTimeMinutes:seconds en Seconds viewed
            averageViewSeconds en Average Seconds viewed
            -noMetric en Other Clicks
            -noMetric en Negative feedback from users
            -noMetric en Estimated earnings
            -noMetric en Ad CPM
            -noMetric en Ad impressions
            -noMetric en 1-minute video views
            -setting en Description
            -setting en Duration (sec)
            -setting en Caption type
            -setting en Is crosspost
            -setting en Is share
            -setting en Post type
            -setting en Languages
            -setting en Custom labels
            -setting en Funded content status
            -setting en Data comment
            -setting de Beschreibung
            -setting fr Description
            -setting es Descripción
            -setting pt Descrição
            """))

    /// Titled tables of shares of an audience: recognised to say why nothing can be taken.
    static let metaAudience = FileFormat(
        id: "metaAudience", title: "Meta Business Suite, audience", platform: "Meta",
        recognisedBy:
            "tables titled Age & gender, Top cities, Top countries with shares in percent",
        daysFrom: "nothing: there are no figures of a campaign in it",
        layout: FormatLayout(channel: .named, needs: [[.titled]]),
        names: NameList(
            """
            titled en Age & gender
            titled en Top cities
            titled en Top towns/cities
            titled en Top countries
            titled en Top pages
            titled en Facebook followers
            titled en Instagram followers
            titled fr Âge et genre
            titled fr Principales villes
            titled fr Principaux pays
            titled de Alter und Geschlecht
            titled es Edad y género
            titled it Età e genere
            titled pt Idade e gênero
            """))
}
