//! Words of the generated catalogue, most frequent first in each list: they are drawn by Zipf's law.
//! Absent: grammar (see `grammar`).

/// Masculine nouns, the plural being regular.
pub(super) const MASCULINE: &str = "jeu projet service outil indicateur tableau usage agent système processus \
    référentiel logiciel modèle algorithme fichier format rôle besoin résultat territoire catalogue entrepôt \
    portail réseau risque contrat marché budget calendrier diagnostic plan objectif usager parcours produit \
    prototype entretien questionnaire registre document dossier formulaire identifiant code script traitement \
    calcul graphique diagramme schéma flux échange partenaire prestataire comité pilote délégué responsable \
    cadre règlement principe droit devoir incident contrôle audit rapport bilan suivi écart coût financement \
    achat gain délai seuil score biais échantillon sondage recensement inventaire glossaire dictionnaire \
    thésaurus vocabulaire standard protocole connecteur serveur espace environnement poste terminal capteur \
    réservoir pipeline lot message événement signalement avis courrier guichet accueil récit \
    scénario atelier jalon livrable ticket incrément arbitrage investissement logigramme kit guide \
    manuel tutoriel exercice cas exemple retour témoignage débat collectif métier \
    équipement bâtiment logement transport itinéraire quartier bassin littoral cadastre relevé levé fond \
    tracé maillage zonage périmètre secteur établissement laboratoire observatoire centre bureau pôle \
    groupe cercle club binôme mandat poids volume débit taux ratio quantile intervalle nuage histogramme \
    regroupement classement filtre appariement chiffrement secret accès compte profil \
    journal archivage versement dépôt brevet accord avenant arrêté décret texte amendement";

/// Feminine nouns, the plural being regular.
pub(super) const FEMININE: &str = "donnée décision stratégie méthode politique base analyse équipe démarche \
    compétence information gouvernance qualité carte source étude enquête statistique \
    visualisation interface requête table variable mesure valeur colonne ligne structure architecture \
    plateforme application solution infrastructure administration collectivité direction mission fonction \
    organisation procédure règle norme obligation responsabilité finalité conformité sécurité menace \
    vulnérabilité sauvegarde licence publication réutilisation ouverture diffusion circulation demande \
    réponse question hypothèse variation tendance prévision estimation corrélation régression probabilité \
    moyenne médiane distribution anomalie erreur correction vérification validation \
    documentation métadonnée nomenclature classification ontologie clé jointure extraction transformation \
    collecte intégration migration maintenance exploitation supervision automatisation simulation \
    expérimentation évaluation comparaison consultation concertation participation communication \
    acculturation formation animation communauté ressource dépense recette économie trajectoire priorité \
    ambition vision alliance coopération convention charte doctrine circulaire instruction consigne fiche \
    grille maquette page rubrique notice légende couleur échelle frise infographie présentation restitution \
    synthèse note recommandation action étape phase itération livraison revue rétrospective réunion séance \
    conférence visite rencontre expérience pratique habitude culture posture attente émotion contrainte \
    difficulté opportunité innovation rupture transition empreinte consommation énergie eau \
    forêt parcelle commune région métropole frontière route gare école crèche bibliothèque mairie \
    prestation allocation aide subvention taxe facture commande offre candidature carrière retraite paie";

/// Adjectives, inflected by rule.
pub(super) const ADJECTIVES: &str = "public ouvert numérique ministériel interministériel local national européen \
    régional départemental territorial administratif statistique géographique sensible personnel partagé fiable \
    utile simple complet récent actuel futur interne externe commun collectif individuel juridique éthique \
    technique stratégique opérationnel budgétaire comptable financier social sanitaire scolaire agricole \
    environnemental climatique énergétique urbain rural littoral maritime routier ferroviaire judiciaire \
    fiscal douanier culturel patrimonial sportif associatif citoyen participatif collaboratif agile frugal \
    durable sobre responsable transparent explicable loyal équitable accessible inclusif lisible clair \
    structuré documenté normalisé anonymisé chiffré sécurisé souverain libre gratuit payant certifié qualifié \
    automatique prédictif génératif supervisé probabiliste linéaire spatial temporel trimestriel annuel \
    quotidien régulier ponctuel historique prioritaire critique essentiel majeur mineur central \
    décentralisé mutualisé interopérable évolutif robuste rapide précis exact partiel global détaillé \
    synthétique visuel interactif dynamique graphique textuel sonore cartographique hydraulique forestier \
    hospitalier médical social éducatif universitaire professionnel syndical électoral municipal intercommunal";

/// Verbs of the first group whose stem never changes.
pub(super) const VERBS: &str = "analyser utiliser partager présenter préparer piloter évaluer identifier organiser \
    documenter publier comparer croiser visualiser interroger mesurer expliquer encadrer animer accompagner \
    former coordonner structurer qualifier fiabiliser normaliser cataloguer inventorier valoriser \
    exploiter automatiser programmer tester valider contrôler auditer sécuriser anonymiser chiffrer héberger \
    archiver sauvegarder installer configurer adapter améliorer simplifier transformer moderniser repenser \
    imaginer dessiner prototyper expérimenter budgéter financer commander négocier \
    arbitrer décider discuter justifier argumenter raconter illustrer cartographier localiser situer estimer \
    calculer modéliser simuler classer trier filtrer fusionner associer relier regrouper segmenter échantillonner \
    observer surveiller détecter signaler corriger redresser compter dénombrer interpréter critiquer questionner \
    vulgariser diffuser mobiliser impliquer consulter écouter \
    recruter fidéliser motiver évoquer aborder traiter examiner explorer approfondir consolider formaliser rédiger \
    adopter appliquer respecter vérifier attester certifier labelliser référencer indexer baliser découper réutiliser \
    emprunter mutualiser échanger articuler aligner hiérarchiser planifier cadrer délimiter \
    budgétiser rationaliser optimiser réguler gouverner orienter conseiller assister";

/// Towns where trainings are given, and whose data are studied.
pub(super) const TOWNS: &str = "Paris Lyon Marseille Toulouse Nantes Bordeaux Lille Rennes Strasbourg Montpellier \
    Grenoble Dijon Rouen Nancy Metz Tours Angers Reims Caen Brest Limoges Clermont-Ferrand Poitiers Orléans Amiens \
    Besançon Nîmes Toulon Nice Pau Bayonne Perpignan Avignon Valence Annecy Chambéry Mulhouse Colmar Troyes Bourges \
    Blois Vannes Quimper Lorient Saint-Malo Dunkerque Calais Arras Lens Beauvais Compiègne Évreux Cherbourg Laval \
    Niort Angoulême Périgueux Agen Cahors Albi Rodez Mende Privas Gap Digne Ajaccio Bastia Mâcon Nevers Auxerre \
    Épinal Belfort Vesoul Moulins Aurillac Tulle Guéret Châteauroux Chartres Melun Créteil Bobigny Nanterre \
    Versailles Évry Cergy Fort-de-France Pointe-à-Pitre Cayenne Saint-Denis Mamoudzou Nouméa Papeete";

/// Saints and rivers whose names make the rarer places.
pub(super) const SAINTS: &str = "Martin Pierre Jean Germain Laurent Georges Michel Julien Aubin Hilaire Étienne \
    Marcel Maurice Christophe Sulpice Cyr Léger Vincent Benoît Clément Didier Éloi Florent Gilles Hubert Romain \
    Sauveur Symphorien Théodore Urbain Victor Yrieix Amand Avit Barthélemy Bonnet Cirq Denis Fargeau Gengoux";

/// Rivers of the rarer places.
pub(super) const RIVERS: &str = "Loire Seine Marne Saône Vienne Creuse Indre Cher Allier Yonne Aube Meuse Moselle \
    Sarthe Mayenne Orne Vire Sèvre Charente Dordogne Vézère Lot Tarn Aveyron Garonne Adour Ariège Aude Orb Isère \
    Drôme Durance Verdon Var Ain Doubs Ognon Risle Epte Oise";

/// Beginnings, middles and endings of names of tools that do not exist.
pub(super) const TOOL_STARTS: &str = "Data Carto Numé Stati Géo Libra Opti Visu Algo Proto Indi Syno Meta Info Calcu \
    Regis Quali Pilo Terri Modu Archi Forma Sema Vari";
/// Middles of such names.
pub(super) const TOOL_MIDDLES: &str = "li ra vo ne to mi sa du be fi go ka lo pe ru zi";
/// Endings of such names.
pub(super) const TOOL_ENDS: &str = "ris lys via flow rum dex nia plan go";

/// Domains of public action, with their article.
pub(super) const DOMAINS: [&str; 64] = [
    "la santé publique",
    "le logement",
    "l’éducation",
    "l’emploi",
    "les transports",
    "la sécurité",
    "l’environnement",
    "la justice",
    "l’agriculture",
    "la culture",
    "les finances publiques",
    "l’aménagement du territoire",
    "l’action sociale",
    "la fonction publique",
    "la transition énergétique",
    "les collectivités",
    "la recherche",
    "l’enseignement supérieur",
    "les ressources humaines",
    "la commande publique",
    "les impôts",
    "la biodiversité",
    "l’eau",
    "le climat",
    "la forêt",
    "la mer",
    "la pêche",
    "le tourisme",
    "le sport",
    "la jeunesse",
    "les retraites",
    "le handicap",
    "la petite enfance",
    "l’autonomie",
    "l’hôpital",
    "le médicament",
    "l’alimentation",
    "l’industrie",
    "le commerce",
    "l’artisanat",
    "la consommation",
    "la concurrence",
    "les douanes",
    "la défense",
    "les anciens combattants",
    "la diplomatie",
    "la coopération",
    "les outre-mer",
    "la ruralité",
    "la ville",
    "l’urbanisme",
    "le patrimoine",
    "les archives",
    "les bibliothèques",
    "la presse",
    "le numérique",
    "les télécommunications",
    "l’espace",
    "l’aviation",
    "le ferroviaire",
    "les routes",
    "les ports",
    "la prévention des risques",
    "la sécurité civile",
];
