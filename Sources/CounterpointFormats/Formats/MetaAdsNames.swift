// The names of Meta Ads Manager's columns in German, French, Spanish, Italian and Portuguese.

extension FileFormat {
    static let metaAdsGerman = """
        .from de Berichtsstart
        .from de Auswertungsstart
        .to de Berichtsende
        .to de Auswertungsende
        .day de Tag
        .week de Woche
        .month de Monat
        .account de Kontoname
        .campaign de Kampagnenname
        .campaignId de Kampagnen-ID
        .adSet de Anzeigengruppenname
        .adSet de Name der Anzeigengruppe
        .adSetId de Anzeigengruppen-ID
        .ad de Anzeigenname
        .ad de Name der Werbeanzeige
        .adId de Anzeigen-ID
        .channel de Plattform
        .cut de Platzierung
        .age de Alter
        .gender de Geschlecht
        .region de Region
        .country de Land
        .currency de Währung
        .indicator de Ergebnisindikator
        .indicator de Ergebnistyp
        results de Ergebnisse
        impressions de Impressionen
        reach de Reichweite
        spend de Ausgegebener Betrag
        linkClicks de Link-Klicks
        linkClicks de Linkklicks
        uniqueLinkClickers de Eindeutige Link-Klicks
        uniqueLinkClickers de Individuelle Link-Klicks
        clicks de Klicks (alle)
        landingPageViews de Landingpage-Aufrufe
        landingPageViews de Landing Page-Aufrufe
        engagements de Beitragsinteraktionen
        reactions de Beitragsreaktionen
        comments de Beitragskommentare
        shares de Geteilte Beiträge
        saves de Gespeicherte Beiträge
        thruPlays de ThruPlays
        videoViews3s de 3-sekündige Video-Wiedergaben
        videoViews3s de 3-Sekunden-Videowiedergaben
        frequency de Frequenz
        -computed de Kosten pro Ergebnis
        -computed de CTR (alle)
        -computed de CPC (alle)
        costPerThousandImpressions de CPM (Kosten pro 1.000 Impressionen)
        clickThroughRate:percent de CTR (Link-Klickrate)
        -computed de CPC (Kosten pro Link-Klick)
        -computed de Kosten pro 1.000 erreichten Personen
        -setting de Kampagnenauslieferung
        -setting de Auslieferung der Kampagne
        -setting de Anzeigengruppenauslieferung
        -setting de Anzeigenauslieferung
        -setting de Auslieferung
        -setting de Attributionseinstellung
        -setting de Ende
        -setting de Beginn
        -setting de Budget
        -setting de Anzeigengruppenbudget
        -setting de Kampagnenbudget
        """

    static let metaAdsFrench = """
        .from fr Début des rapports
        .to fr Fin des rapports
        .day fr Jour
        .week fr Semaine
        .month fr Mois
        .account fr Nom du compte
        .campaign fr Nom de la campagne
        .campaignId fr ID de campagne
        .campaignId fr Identifiant de la campagne
        .adSet fr Nom de l'ensemble de publicités
        .adSetId fr ID de l'ensemble de publicités
        .ad fr Nom de la publicité
        .adId fr ID de la publicité
        .channel fr Plateforme
        .cut fr Placement
        .age fr Âge
        .age fr Tranche d'âge
        .gender fr Genre
        .gender fr Sexe
        .region fr Région
        .country fr Pays
        .currency fr Devise
        .indicator fr Indicateur de résultats
        .indicator fr Type de résultat
        results fr Résultats
        impressions fr Impressions
        reach fr Portée
        reach fr Couverture
        spend fr Montant dépensé
        linkClicks fr Clics sur le lien
        linkClicks fr Clics sur un lien
        uniqueLinkClickers fr Clics uniques sur un lien
        uniqueLinkClickers fr Clics uniques sur le lien
        clicks fr Clics (tous)
        landingPageViews fr Vues de page de destination
        engagements fr Interactions avec la publication
        reactions fr Réactions à une publication
        reactions fr Réactions à la publication
        comments fr Commentaires sur la publication
        shares fr Partages de publications
        saves fr Enregistrements de publications
        messages fr Conversations par messages démarrées
        leads fr Prospects
        profileVisits fr Visites du profil Instagram
        videoViews3s fr Lectures de vidéo de 3 secondes
        thruPlays fr ThruPlays
        frequency fr Fréquence
        frequency fr Répétition
        costPerThousandImpressions fr CPM (Coût pour 1 000 impressions)
        -computed fr Coût par résultat
        -computed fr Coût par résultats
        -computed fr CTR (tous)
        -computed fr CPC (tous)
        clickThroughRate:percent fr CTR (taux de clics sur le lien)
        -computed fr CPC (coût par clic sur un lien)
        -setting fr Diffusion de la campagne
        -setting fr Diffusion de l'ensemble de publicités
        -setting fr Diffusion de la publicité
        -setting fr Diffusion
        -setting fr Paramètre d'attribution
        -setting fr Fin
        -setting fr Début
        -setting fr Budget de l'ensemble de publicités
        -setting fr Budget de la campagne
        """

    static let metaAdsSpanish = """
        .from es Inicio del informe
        .to es Fin del informe
        .day es Día
        .week es Semana
        .month es Mes
        .account es Nombre de la cuenta
        .campaign es Nombre de la campaña
        .campaignId es Identificador de la campaña
        .adSet es Nombre del conjunto de anuncios
        .adSetId es Identificador del conjunto de anuncios
        .ad es Nombre del anuncio
        .adId es Identificador del anuncio
        .channel es Plataforma
        .cut es Ubicación
        .age es Edad
        .gender es Sexo
        .gender es Género
        .region es Región
        .country es País
        .currency es Divisa
        .currency es Moneda
        .indicator es Indicador de resultado
        .indicator es Tipo de resultado
        results es Resultados
        impressions es Impresiones
        reach es Alcance
        spend es Importe gastado
        linkClicks es Clics en el enlace
        uniqueLinkClickers es Clics únicos en el enlace
        clicks es Clics (todos)
        landingPageViews es Visitas a la página de destino
        engagements es Interacción con la publicación
        engagements es Interacciones con la publicación
        reactions es Reacciones a publicaciones
        comments es Comentarios de publicaciones
        shares es Veces que se compartieron las publicaciones
        saves es Veces que se guardaron las publicaciones
        messages es Conversaciones con mensajes iniciadas
        leads es Clientes potenciales
        profileVisits es Visitas al perfil de Instagram
        videoViews3s es Reproducciones de video de 3 segundos
        videoViews3s es Reproducciones de vídeo de 3 segundos
        thruPlays es ThruPlays
        videoPlays25 es Reproducciones de video hasta el 25%
        videoPlays50 es Reproducciones de video hasta el 50%
        videoPlays75 es Reproducciones de video hasta el 75%
        videoPlays100 es Reproducciones de video hasta el 100%
        -noMetric es Reproducciones de video hasta el 95%
        -noMetric es Clics salientes
        -noMetric es Me gusta en Facebook
        frequency es Frecuencia
        costPerThousandImpressions es CPM (costo por mil impresiones)
        costPerThousandImpressions es CPM (coste por mil impresiones)
        clickThroughRate:percent es CTR (porcentaje de clics en el enlace)
        -computed es Costo por resultado
        -computed es Coste por resultado
        -computed es Costo por resultados
        -computed es Coste por resultados
        -computed es CTR (todos)
        -computed es CPC (todos)
        -computed es CPC (costo por clic en el enlace)
        -computed es CPC (coste por clic en el enlace)
        -setting es Entrega de la campaña
        -setting es Entrega del conjunto de anuncios
        -setting es Entrega del anuncio
        -setting es Entrega
        -setting es Configuración de atribución
        -setting es Finalización
        -setting es Presupuesto de la campaña
        -setting es Tipo de presupuesto de la campaña
        """

    static let metaAdsItalian = """
        .from it Inizio dei report
        .from it Inizio report
        .to it Fine dei report
        .to it Fine report
        .day it Giorno
        .week it Settimana
        .month it Mese
        .account it Nome dell'account
        .campaign it Nome della campagna
        .campaign it Nome campagna
        .campaignId it ID campagna
        .campaignId it ID della campagna
        .adSet it Nome del gruppo di inserzioni
        .adSetId it ID del gruppo di inserzioni
        .ad it Nome dell'inserzione
        .adId it ID dell'inserzione
        .channel it Piattaforma
        .cut it Posizionamento
        .age it Età
        .gender it Genere
        .gender it Sesso
        .region it Regione
        .country it Paese
        .currency it Valuta
        .indicator it Indicatore dei risultati
        .indicator it Tipo di risultato
        results it Risultati
        impressions it Impression
        impressions it Impressioni
        reach it Copertura
        spend it Importo speso
        linkClicks it Clic sul link
        uniqueLinkClickers it Clic unici sul link
        clicks it Clic (tutti)
        landingPageViews it Visualizzazioni della pagina di destinazione
        engagements it Interazioni con il post
        engagements it Interazione con il post
        reactions it Reazioni al post
        comments it Commenti al post
        shares it Condivisioni del post
        saves it Salvataggi del post
        thruPlays it ThruPlay
        videoViews3s it Riproduzioni di 3 secondi del video
        frequency it Frequenza
        costPerThousandImpressions it CPM (costo per 1.000 impression)
        clickThroughRate:percent it CTR (percentuale di clic sul link)
        -computed it Costo per risultato
        -computed it CTR (tutti)
        -computed it CPC (tutti)
        -computed it CPC (costo per clic sul link)
        -setting it Pubblicazione della campagna
        -setting it Pubblicazione
        -setting it Impostazione di attribuzione
        -setting it Fine
        -setting it Inizio
        -setting it Budget del gruppo di inserzioni
        -setting it Tipo di budget del gruppo di inserzioni
        """

    static let metaAdsPortuguese = """
        .from pt Início dos relatórios
        .to pt Encerramento dos relatórios
        .to pt Término dos relatórios
        .day pt Dia
        .week pt Semana
        .month pt Mês
        .account pt Nome da conta
        .campaign pt Nome da campanha
        .campaignId pt Identificação da campanha
        .adSet pt Nome do conjunto de anúncios
        .adSetId pt Identificação do conjunto de anúncios
        .ad pt Nome do anúncio
        .adId pt Identificação do anúncio
        .channel pt Plataforma
        .cut pt Posicionamento
        .age pt Idade
        .gender pt Gênero
        .gender pt Sexo
        .region pt Região
        .country pt País
        .currency pt Moeda
        .indicator pt Indicador de resultados
        .indicator pt Tipo de resultado
        results pt Resultados
        impressions pt Impressões
        reach pt Alcance
        spend pt Valor usado
        spend pt Valor gasto
        spend pt Montante gasto
        linkClicks pt Cliques no link
        linkClicks pt Cliques na ligação
        uniqueLinkClickers pt Cliques únicos no link
        clicks pt Cliques (todos)
        landingPageViews pt Visualizações da página de destino
        engagements pt Engajamentos com o post
        engagements pt Engajamento com a publicação
        engagements pt Engajamentos com a publicação
        reactions pt Reações ao post
        reactions pt Reações à publicação
        comments pt Comentários no post
        comments pt Comentários na publicação
        shares pt Compartilhamentos do post
        shares pt Compartilhamentos da publicação
        saves pt Salvamentos do post
        saves pt Salvamentos da publicação
        messages pt Conversas por mensagem iniciadas
        profileVisits pt Visitas ao perfil do Instagram
        ~views pt Reproduções de vídeo
        videoViews2s pt Reproduções contínuas por no mínimo 2 segundos
        videoViews3s pt Reproduções do vídeo por no mínimo 3 segundos
        thruPlays pt ThruPlays
        videoPlays25 pt Reproduções de 25% do vídeo
        videoPlays50 pt Reproduções de 50% do vídeo
        videoPlays75 pt Reproduções de 75% do vídeo
        videoPlays100 pt Reproduções de 100% do vídeo
        -noMetric pt Reproduções de 95% do vídeo
        -noMetric pt Engajamento com a Página
        frequency pt Frequência
        costPerThousandImpressions pt CPM (custo por 1.000 impressões)
        clickThroughRate:percent pt CTR (taxa de cliques no link)
        -computed pt Custo por resultado
        -computed pt Custo por resultados
        -computed pt CTR (todos)
        -computed pt CPC (todos)
        -computed pt CPC (custo por clique no link)
        -setting pt Veiculação da campanha
        -setting pt Veiculação do conjunto de anúncios
        -setting pt Veiculação do anúncio
        -setting pt Status de veiculação
        -setting pt Nível de veiculação
        -setting pt Configuração de atribuição
        -setting pt Término
        -setting pt Orçamento do conjunto de anúncios
        """
}
