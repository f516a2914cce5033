import { said, type Told } from '../told-shape.ts';

/** The loyal one, and the one whose mailbox is gone. */
export const lyonTold: Told[] = [
  {
    key: 'fournier',
    kind: 'loyal',
    shop: 'lyon',
    type: 'person',
    name: 'Hélène Fournier',
    given: 'Hélène',
    family: 'Fournier',
    salutation: 'Mme',
    email: 'helene.fournier@courriel.example',
    mobile: '06 39 98 17 42',
    landline: '04 65 71 20 08',
    fax: '04 65 71 20 09',
    street: '14 rue Mercière',
    quarter: 1,
    tags: ['lyon', 'plan', 'duo'],
    lifecycle: 'active',
    consent: 'all',
    events: said(`
      410 10:12 web in enquiry none | Quel filtre pour une eau très dure ? | Bonjour, la bouilloire blanchit en une semaine. Quel modèle pour deux personnes, rue Mercière ?
      409 11:05 call out enquiry answered 7m | Conseil | Conseillé Batis Duo sous l’évier. Mme Fournier préfère d’abord voir l’appareil au magasin.
      405 15:20 visit in order resolved 35m | Passage au magasin | A essayé le robinet, goûté l’eau deux fois, et se décide pour Batis Duo, pose comprise.
      405 15:58 order in order none | Commande : Batis Duo | Batis Duo, pose et première cartouche D-20, contrat d’un an. Réglé par chèque.
      398 09:30 visit out service resolved 70m | Pose de Batis Duo | Posé sous l’évier, troisième étage sans ascenseur. Dureté passée de 32 à 9 degrés français.
      220 10:40 letter out service none | Votre cartouche D-20 | Chère Madame, votre cartouche aura bientôt six mois. Nous vous l’envoyons ou la changeons sur place, à votre choix.
      216 14:15 call in order answered 4m |  | Préfère la recevoir par la poste ; son neveu l’aidera à la changer dimanche.
      215 09:50 order in order none | Commande : D-20 | Une cartouche D-20 au titre du contrat, envoi postal.
      160 09:08 call in complaint promised 5m |  | De l’eau sous l’évier depuis ce matin, elle a posé une bassine. Promis de rappeler dans la journée.
      157 11:32 fax in complaint none | Fuite, troisième jour | Messieurs, voici trois jours que j’éponge. On devait me rappeler, personne ne l’a fait. Je vous prie de venir avant vendredi. H. Fournier
      157 11:55 call out complaint promised 9m |  | Présenté nos excuses : la note du premier appel s’était perdue. Technicien demain à 9 heures, tout est offert.
      156 09:04 visit out complaint resolved 50m | Réparation de Batis Duo | Joint supérieur écrasé par un serrage trop fort à la pose. Joint et porte-filtre neufs sous garantie, sec après une heure.
      150 16:21 web in feedback none | Enquête après visite | 9 sur 10. Un point de moins pour les trois jours de bassine, mais une réparation impeccable et un technicien charmant.
      149 10:10 email out feedback answered | Merci, Madame Fournier | Merci de votre franchise. Désormais, un appel promis reste affiché jusqu’à ce qu’il soit fait.
      40 10:00 email out order none | Votre contrat arrive à échéance | Votre contrat de cartouches se termine le mois prochain. Souhaitez-vous le renouveler aux mêmes conditions ?
      36 14:45 letter in order none | Renouvellement | Je renouvelle volontiers pour un an. Gardez le même technicien si possible. Bien à vous, H. Fournier
      35 09:15 order in order none | Contrat renouvelé | Contrat de cartouches D-20 renouvelé pour un an, deux envois.
      2 15:04 call in enquiry promised 6m | Un filtre pour sa sœur | Sa sœur à Caluire voudrait le même appareil. Promis de la rappeler demain à 15 heures avec un prix pour deux.
    `),
  },
  {
    key: 'chapuis',
    kind: 'hard-bounced',
    shop: 'lyon',
    type: 'person',
    name: 'Bernard Chapuis',
    given: 'Bernard',
    family: 'Chapuis',
    salutation: 'M.',
    email: 'b.chapuis@ancienne-boite.example',
    landline: '04 65 71 33 90',
    street: '9 quai Saint-Antoine',
    quarter: 1,
    tags: ['lyon'],
    lifecycle: 'active',
    consent: 'all',
    mailState: 'bounced',
    events: said(`
      301 11:10 order in order none | Commande : Batis Uno | Batis Uno et une cartouche U-10, retirés au comptoir.
      118 09:45 email out service none | Cartouche à changer | Votre cartouche U-10 a six mois. Souhaitez-vous la suivante par la poste ?
      118 09:46 email in other none | Non remis | Retour automatique : la boîte n’existe plus chez ce fournisseur. Message non distribué.
      110 14:30 letter out service none | Votre adresse de courriel | Votre adresse ne fonctionne plus. Merci de nous indiquer la nouvelle, ou de nous appeler.
      96 10:25 call in order answered 4m |  | A bien reçu la lettre. Nouvelle adresse à venir ; commande une U-10 au téléphone.
    `),
  },
];
