/**
 * A file as they come: semicolons, cp1252 read wrongly elsewhere, Buddhist years, words for nothing, and a row whose address has a
 * separator too many. Made here, so that everybody can try the import before trusting it with a file of their own.
 */
const rows = [
  ['Code', 'Société', 'Contact', 'Fonction', 'Adresse', 'Ville', 'Code postal', 'Pays', 'Téléphone', 'E-mail', 'Client depuis'],
  ['M-001', 'Boulangerie Guérin', 'Zoé Guérin', 'Gérante', '14 rue des Écoles', 'Lyon', '69003', 'France', '04 78 00 00 11', 'zoe@guerin.example', '12/03/2567'],
  ['M-002', 'Hôtel Beauséjour', 'André Lefèvre', 'Directeur', '2 place du Marché', 'Grenoble', '38000', 'France', '04 76 00 00 12', 'andre@beausejour.example', '01/09/2566'],
  ['M-003', 'Crèche Les P’tits Loups', 'Inès Abadie', 'Responsable', '9', 'bis rue Haute', 'Annecy', '74000', 'France', 'NULL', 'ines@loups.example', '23/11/2565'],
  ['M-004', 'Café Noël', 'Noël Roßmann', 'Patron', '31 quai Saint-Vincent', 'Lyon', '69001', 'France', '04 78 00 00 14', 'n/a', '30/06/2568'],
  ['M-005', 'Clinique du Château', 'Hélène Çelik', 'Achats', '5 avenue du Château', 'Valence', '26000', 'France', '04 75 00 00 15', 'helene@chateau.example', '15/01/2569'],
];

const windows1252: Record<string, number> = { '’': 0x92, '€': 0x80, '–': 0x96, œ: 0x9c };

export function messyFile(): File {
  const text = rows.map((row) => row.join(';')).join('\r\n');
  const bytes = Uint8Array.from(text, (letter) => windows1252[letter] ?? letter.charCodeAt(0));
  return new File([bytes], 'clients-lyon.csv', { type: 'text/csv' });
}
