// Starts the program on a fresh data directory and a browser to look at it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Serves a catalogue: the address of PARCOURS_URL (and that of its workshop in PARCOURS_WORKSHOP) when it is given,
 *  else the program of PARCOURS_BIN. */
export async function startServer() {
  const given = process.env.PARCOURS_URL;
  if (given) return { base: given, workshop: process.env.PARCOURS_WORKSHOP, stop: async () => {} };
  const program = process.env.PARCOURS_BIN;
  if (!program) throw new Error("PARCOURS_BIN must name the program to test");
  const directory = await mkdtemp(join(tmpdir(), "parcours-"));
  const child = spawn(program, ["serve", "--port", "0", "--data-dir", directory], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const addresses = (async () => {
    const found = [];
    for await (const line of createInterface({ input: child.stdout })) {
      found.push(...(line.match(/http:\/\/\S+/) ?? []));
      if (found.length === 2) return found;
    }
    throw new Error("the program ended without printing its addresses");
  })();
  const [first, workshop] = await addresses;
  const base = first.replace(/\/$/, "");
  child.stdout.resume();
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(directory, { recursive: true });
  };
  return { base, workshop, stop };
}

/** A browser without any network of its own. */
export function startBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
}

/** Addresses of one page of each type, on the catalogue that is served. */
export async function pageTypes(base) {
  const list = async (query) => (await (await fetch(`${base}/formations.json?${query}`)).json()).results;
  /** The address of a pathway once it is found. */
  const found = async (path) => {
    while ((await fetch(base + path)).status === 202);
    return path;
  };
  /** The address of the sheet of a training to build. */
  const sheet = async () => {
    const twin = await (await fetch(`${base}/recommandations.json?nombre=3`)).json();
    return `/recommandations/${twin.proposals[0].id}?nombre=3&groupe=12`;
  };
  const estimated = (await list("duration=inconnue&nature=attestation&sort=titre")).find((one) => one.duration.estimate);
  const stated = (await list("price=2000&sort=titre"))[0];
  const compared = (await list("q=rgpd")).slice(0, 3).map((one) => `id=${one.id}`).join("&");
  return {
    accueil: "/",
    liste: "/formations",
    sélection: "/formations?q=donees&theme=droit-ethique&duration_max=21&sort=duree",
    rien: "/formations?q=rgpd&theme=geodonnees&price=gratuit",
    organismes: "/formations/organismes?theme=droit-ethique",
    fiche: `/formations/${stated.id}`,
    "fiche estimée": `/formations/${(estimated ?? stated).id}`,
    comparaison: `/comparer?${compared}`,
    "comparaison vide": "/comparer",
    cartographie: "/cartographie",
    "cartographie serrée": "/cartographie?lignes=competence&colonnes=theme&part=ligne",
    "cartographie par": "/cartographie?par=provider_kind&mesure=heures&audience=sous-directeurs&q=donnees",
    acteurs: "/cartographie/acteurs?nom=insee",
    profil: "/cartographie/acteurs?provider_kind=prive",
    correspondances: "/cartographie/correspondances",
    "correspondances impossibles": "/cartographie/correspondances?seuil=99999",
    rapport: await found("/rapport"),
    "rapport, une section": await found("/rapport?section=ecarts&persona=adjoint-projet"),
    "rapport d’une page": await found("/rapport?format=une-page&date=2026-11-30"),
    compétences: "/competences",
    "non précisé": "/cartographie/sans?champ=nature&theme=droit-ethique",
    personas: "/personas",
    persona: "/personas/directrice-administration-centrale",
    positionnement: "/personas/cheffe-service-portefeuille/positionnement",
    écarts: "/ecarts",
    "écarts d’un persona": "/ecarts?persona=cheffe-service-portefeuille&acquis=culture-donnees%3A1&sans=public",
    "feuilles de route": "/feuilles-de-route",
    "actions choisies": "/feuilles-de-route?etat=non-jugee&type=formation",
    "dernières actions": "/feuilles-de-route?page=4",
    "feuille de route": "/feuilles-de-route/transformation-et-fonction-publiques",
    "feuille de route d’ensemble": "/feuilles-de-route/ensemble-des-15-feuilles-de-route",
    "feuille de route non lue": "/feuilles-de-route/armees",
    "preuve d’un écart": "/ecarts?persona=directrice-administration-centrale&competence=comprendre-ia&niveau=1",
    "parcours types": "/parcours",
    parcours: await found("/parcours/adjoint-projet"),
    "parcours placé": await found("/parcours/cheffe-service-portefeuille?heures-mois=14&debut=2027-01&autres=0"),
    "parcours impossible": `/parcours/directrice-administration-centrale?heures=0.1&impose=${stated.id}`,
    "parcours à composer": "/parcours/composer?persona=adjoint-projet&heures=vingt&calculer=1",
    "parcours comparés": "/parcours/comparer?a=%2Fparcours%2Fdirectrice-administration-centrale&b=%2Fparcours%2Fcheffe-service-portefeuille",
    "programme d’une équipe": "/parcours/equipe?groupe=directrice-administration-centrale:3&groupe=cheffe-service-portefeuille:8&session=2000&enveloppe=9000&heures=20",
    "équipe à dire": "/parcours/equipe?groupe=personne:3",
    "à construire": await found("/recommandations?nombre=3"),
    "à construire à dire": "/recommandations?nombre=onze",
    "scénarios": await found("/scenarios"),
    "un scénario": await found("/scenarios/quatre-facons?budget=2000000&tirages=50"),
    "un scénario à dire": "/scenarios/campus-central?mois=0",
    "scénarios comparés": await found(
      "/scenarios/comparer?scenario=campus-central&scenario=relais-ministeriels%3Ftirages%3D50",
    ),
    "communauté": "/communaute",
    "plan d’animation": "/communaute/animation?scenario=relais-ministeriels",
    "ouvrir un scénario": "/scenarios/fichier",
    "fiche à construire": await sheet(),
    "deux dates": "/cartographie?revision=1&contre=1",
    compétence: "/competences/analyse-donnees",
    "compétence peu enseignée": "/competences/equipe-data",
    "niveau d’une compétence": "/competences/gouvernance-donnees?niveau=2",
    qualité: "/qualite",
    aide: "/aide",
    plan: "/plan-du-site",
    accessibilité: "/accessibilite",
    mentions: "/mentions-legales",
    api: "/api",
    introuvable: "/nulle-part",
    refusée: "/formations?theme=ia-algoritmes",
  };
}
