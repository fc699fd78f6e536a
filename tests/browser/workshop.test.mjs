// The workshop: a table from its file to the catalogue and back, on pages that everyone can use.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { startBrowser, startServer } from "./support.mjs";

const TABLE = [
  "Intitulé;Organisme;Durée;Prix;Thématique;Public;Présentation;Sujet",
  "Lire une carte de chaleur;Institut d’essai;2 jours;gratuit;Visualisation;;Lire des cartes et des graphiques;a",
  "Tenir un registre;Institut d’essai;7;1 200 €;Registres;Tous;Protection des données personnelles et RGPD;b",
  "L’essentiel du RGPD;Institut d’essai;3 h;sur devis;Registres;Tous;Règlement européen;c",
  ";Institut d’essai;3 h;0;Visualisation;;;d",
].join("\n");

let server, browser;
before(async () => { server = await startServer(); browser = await startBrowser(); });
after(async () => { await browser.close(); await server.stop(); });

async function enter(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(server.workshop);
  return { page, close: () => context.close() };
}

async function send(page, name, text) {
  await page.goto(`${server.base}/atelier/import`);
  await page.setInputFiles("#fichier", { name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await Promise.all([page.waitForURL(/import\/[0-9a-f]{32}$/), page.getByRole("button", { name: "Lire le fichier" }).click()]);
  await settled(page);
}

/** Follows « Actualiser » until nothing is under way. */
async function settled(page) {
  for (let step = 0; step < 200 && (await page.getByRole("link", { name: "Actualiser" }).count()) > 0; step += 1) await page.reload();
}

/** What axe finds wrong, and whether the page scrolls sideways, at three widths and in both schemes. */
async function examine(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0, `${page.url()} scrolls sideways at ${width}`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => axe.run(document));
      const told = violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join("\n")}`);
      assert.deepEqual(told, [], `${page.url()} at ${width}, ${colorScheme}`);
    }
  }
}

test("a table is read, corrected, published and undone, without a script", async () => {
  const { page, close } = await enter({ javaScriptEnabled: false });
  assert.match(await page.title(), /Importer un catalogue/);
  await send(page, "offre.csv", TABLE);
  assert.match(await page.locator(".chapo").textContent(), /3\s*formations entreraient/);
  await page.getByRole("link", { name: "Revoir la lecture des colonnes" }).click();
  await page.getByLabel("« Registres »").selectOption("droit-ethique");
  await page.getByLabel("Un nombre seul compte des").selectOption("hours");
  await Promise.all([page.waitForURL(/import\/[0-9a-f]{32}$/), page.getByRole("button", { name: "Relire le fichier ainsi" }).click()]);
  await settled(page);
  assert.equal(await page.getByText("l’unité de la durée n’est pas dite").count(), 0);
  await page.getByLabel(/Votre nom ou votre service/).fill("Direction d’essai");
  await page.getByRole("button", { name: "Publier ces changements" }).click();
  await settled(page);
  assert.match(await page.locator(".fr-callout").first().textContent(), /Version 2 publiée/);
  const found = async () => (await (await fetch(`${server.base}/formations.json?q=%22carte+de+chaleur%22`)).json()).total;
  assert.equal(await found(), 1);
  await page.getByRole("button", { name: "Annuler cette publication" }).click();
  await settled(page);
  assert.match(await page.locator(".fr-callout").first().textContent(), /Publication annulée/);
  assert.equal(await found(), 0);
  await close();
});

test("every page of the workshop follows the rules of accessibility, at every width", async () => {
  const { page, close } = await enter();
  await examine(page);
  await page.getByRole("button", { name: "Lire le fichier" }).evaluate((button) => { button.form.noValidate = true; });
  await page.getByRole("button", { name: "Lire le fichier" }).click();
  assert.match(await page.locator("#fichier-erreur").textContent(), /Choisissez un fichier/);
  await examine(page);
  await send(page, "offre.csv", TABLE);
  await examine(page);
  await page.getByRole("link", { name: "Revoir la lecture des colonnes" }).click();
  await examine(page);
  await page.getByLabel("Heures dans une journée").fill("sept");
  await page.getByRole("button", { name: "Relire le fichier ainsi" }).click();
  assert.match(await page.getByRole("alert").textContent(), /n’est pas un nombre d’heures/);
  await examine(page);
  await send(page, "illisible.csv", "a;b\n1;2\n");
  assert.match(await page.getByRole("alert").textContent(), /intitulé/);
  await examine(page);
  await close();
  const stranger = await browser.newContext();
  const door = await stranger.newPage();
  await door.goto(`${server.base}/atelier/import`);
  assert.match(await door.title(), /Atelier/);
  await examine(door);
  await stranger.close();
});

test("with the keyboard alone: from the file to the publication", async () => {
  const { page, close } = await enter();
  await send(page, "clavier.csv", TABLE.replace("Lire une carte de chaleur", "Dessiner une carte"));
  const press = async (name) => {
    for (let step = 0; step < 120; step += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement.textContent.trim() === wanted || document.activeElement.id === wanted, name)) return;
    }
    assert.fail(`${name} is not reached with Tab`);
  };
  await press("auteur");
  await page.keyboard.type("Direction d’essai");
  await press("Publier ces changements");
  await Promise.all([page.waitForLoadState("load"), page.keyboard.press("Enter")]);
  await page.waitForFunction(() => /publiée|Actualiser/.test(document.querySelector("main").textContent));
  await settled(page);
  assert.match(await page.locator("main").textContent(), /Version \d+ publiée/);
  await close();
});
