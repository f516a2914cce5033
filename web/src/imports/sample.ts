/**
 * A file as they come: semicolons, cp1252 read wrongly elsewhere, Buddhist years, words for nothing, and rows whose address has a
 * separator too many. Made here, so that everybody can try the import before trusting it with a file of their own.
 */
const text = `Code client;Société;Contact;Fonction;Adresse;Ville;Code postal;Pays;Téléphone;E-mail;Cartridge due
M-001;Boulangerie Guérin;Zoé Guérin;Gérante;14 rue des Écoles;Lyon;69003;France;04 65 71 81 11;zoe@guerin.example;12/03/2570
M-002;Hôtel Beauséjour;André Lefèvre;Directeur;2 place du Marché;Grenoble;38000;France;04 65 71 81 12;andre@beausejour.example;01/02/2570
M-003;Crèche Les P’tits Loups;Inès Abadie;Responsable;9;bis rue Haute;Annecy;74000;France;NULL;ines@loups.example;23/12/2569
M-004;Café Noël;Noël Roßmann;Patron;31 quai Saint-Vincent;Lyon;69001;France;04 65 71 81 14;n/a;30/01/2570
M-005;Clinique du Château;Hélène Çelik;Achats;5 avenue du Château;Valence;26000;France;04 65 71 81 15;helene@chateau.example;15/04/2570
M-006;Garage Chambéry Sud;Rémi Faure;Gérant;120 route d’Apremont;Chambéry;73000;France;04 65 71 81 16;remi@chambery-sud.example;08/02/2570
M-007;Pâtisserie Élise;Élise Moulin;Gérante;7 rue Victor-Hugo;Lyon;69002;France;04 65 71 81 17;elise@patisserie.example;19/12/2569
M-008;École Sainte-Thérèse;François Bérard;Intendant;44 montée du Chemin-Neuf;Lyon;69005;France;04 65 71 81 18;berard@sainte-therese.example;03/05/2570
M-009;Résidence Les Érables;Gaëlle Dupré;Syndic;18 rue du Dauphiné;Lyon;69003;France;NULL;gaelle@erables.example;27/01/2570
M-010;Cabinet Dr Müller;Jürgen Müller;Médecin;6 place Bellecour;Lyon;69002;France;04 65 71 81 20;muller@cabinet.example;11/02/2570
M-011;Fleuriste Pâquerette;Clémence Rozé;Gérante;25 cours Gambetta;Lyon;69007;France;04 65 71 81 21;clemence@paquerette.example;n/a
M-012;Théâtre du Pré;Loïc Sénéchal;Régisseur;3 impasse du Théâtre;Villefranche;69400;France;04 65 71 81 22;loic@theatre-pre.example;22/03/2570
M-013;Traiteur Noé & Fils;Noé Besançon;Patron;88 avenue Jean-Jaurès;Lyon;69007;France;04 65 71 81 23;noe@traiteur.example;09/01/2570
M-014;Pharmacie de l’Hôpital;Agnès Thévenet;Titulaire;1 place d’Arsonval;Lyon;69003;France;04 65 71 81 24;agnes@pharmacie-hopital.example;17/12/2569
M-015;Auberge du Lac;Benoît Gélin;Chef;12;chemin du Port;Annecy;74000;France;04 65 71 81 25;benoit@auberge-lac.example;05/04/2570
M-016;Atelier Vélo Cité;Maëlle Joubert;Gérante;52 rue de la Thibaudière;Lyon;69007;France;04 65 71 81 26;maelle@velo-cite.example;28/02/2570
M-017;Mairie de Saint-Étienne-le-Bas;Odile Périer;Services;1 place de la Mairie;Saint-Étienne;42000;France;04 65 71 81 27;odile@mairie.example;14/01/2570
M-018;Opticien Clair & Net;Stéphane Dufrêne;Gérant;39 rue de la République;Lyon;69002;France;NULL;stephane@clair-net.example;06/03/2570
M-019;Salon Coiffure Léa;Léa Béranger;Gérante;4 rue Sala;Lyon;69002;France;04 65 71 81 29;lea@coiffure.example;20/02/2570
M-020;Ferme des Trois Frênes;Gérard Poncet;Exploitant;Lieu-dit Les Frênes;Bourg-en-Bresse;01000;France;04 65 71 81 30;gerard@trois-frenes.example;31/12/2569
M-021;Librairie L’Été;Cécile Vernay;Libraire;16 rue Auguste-Comte;Lyon;69002;France;04 65 71 81 31;cecile@libraire-ete.example;02/04/2570
M-022;Piscine de l’Île;Raphaël Grün;Responsable;10 quai de l’Isère;Grenoble;38000;France;04 65 71 81 32;raphael@piscine.example;25/01/2570
M-023;Crêperie Bel-Air;Yaël Kerbrat;Patronne;73 rue Mercière;Lyon;69002;France;04 65 71 81 33;n/a;13/03/2570
M-024;Menuiserie Côté Bois;Jérôme Lacôte;Gérant;27;rue de l’Égalité;Villeurbanne;69100;France;04 65 71 81 34;jerome@cote-bois.example;18/02/2570
`;

const windows1252: Record<string, number> = { '’': 0x92, '€': 0x80, '–': 0x96, œ: 0x9c };

export function messyFile(): File {
  const bytes = Uint8Array.from(text.replaceAll('\n', '\r\n'), (letter) => windows1252[letter] ?? letter.charCodeAt(0));
  return new File([bytes], 'clients-lyon.csv', { type: 'text/csv' });
}
