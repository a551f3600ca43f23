// Google Analytics 4: visits to a website.

import CounterpointModel

extension FileFormat {
    static let analytics = FileFormat(
        id: "analytics4", title: "Google Analytics 4", platform: "Google",
        recognisedBy:
            "lines with # above the header (# Start date: 20230708), Sessions, Total users",
        daysFrom: "the columns Date or Nth day, else the lines # Start date and # End date",
        layout: FormatLayout(
            channel: .fixed(.website), needs: [[.figure]],
            forbids: [.contentId, .permalink, .adId], hasBlankTotals: true,
            marks: ["# start date", "# property", "# all users"]),
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
            ~users fr Utilisateurs
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
