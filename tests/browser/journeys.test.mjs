// What people do: search, filter, compare, go back; with a keyboard, without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./support.mjs";

let server, browser;
before(async () => { server = await startServer(); browser = await startBrowser(); });
after(async () => { await browser.close(); await server.stop(); });

async function visit(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(server.base + path);
  return { page, close: () => context.close() };
}

const focused = (page) => page.evaluate(() => document.activeElement.id);
const total = async (page) => Number.parseInt((await page.locator("#nombre").textContent()).replace(/\s/g, ""), 10) || 0;

/** Presses Tab until the focus is on an element that fits. */
async function tabTo(page, selector, most = 200) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached with Tab`);
}

test("with the keyboard alone: search, facet, result", async () => {
  const { page, close } = await visit("/");
  await tabTo(page, "#q");
  await page.keyboard.type("protection des données", { delay: 0 });
  await page.keyboard.press("Enter");
  await page.waitForURL(/formations\?q=protection/);
  const all = await total(page);
  assert.ok(all > 0);
  await tabTo(page, "#theme-ia-algorithmes");
  const swapped = page.waitForURL(/theme=ia-algorithmes/);
  await page.keyboard.press("Space");
  await swapped;
  await page.waitForFunction(() => document.querySelector("#theme-ia-algorithmes").checked);
  assert.equal(await focused(page), "theme-ia-algorithmes", "the focus stays on the box");
  assert.ok((await total(page)) < all);
  await tabTo(page, ".fr-card__title a");
  await page.keyboard.press("Enter");
  await page.waitForURL(/formations\/[a-z0-9-]+$/);
  assert.equal(await page.locator("h1").count(), 1);
  await close();
});

test("results are swapped in place, announced, and history goes back", async () => {
  const { page, close } = await visit("/formations");
  await page.evaluate(() => { window.sameDocument = true; });
  const all = await total(page);
  await page.locator("#provider_kind-public").evaluate((box) => { box.closest("details").open = true; });
  await page.locator("#provider_kind-public").check();
  await page.waitForURL(/provider_kind=public/);
  await page.waitForFunction(() => document.querySelector("#annonce").textContent.includes("formation"));
  assert.ok((await page.locator("#annonce").textContent()).includes(String(await total(page))));
  assert.ok(await page.evaluate(() => window.sameDocument), "no page load");
  assert.match(await page.title(), /Organisme public.* — Parcours/);
  assert.ok(await page.locator("#volet-provider_kind").evaluate((fold) => fold.open), "folds stay as they were");
  const narrowed = await total(page);
  await page.goBack();
  await page.waitForFunction((count) => document.querySelector("#nombre").textContent.startsWith(String(count)), all);
  assert.equal(await page.locator("#provider_kind-public").isChecked(), false);
  await page.goForward();
  await page.waitForFunction((count) => document.querySelector("#nombre").textContent.startsWith(String(count)), narrowed);
  assert.ok(await page.evaluate(() => window.sameDocument));
  await close();
});

test("pages move the focus to the results", async () => {
  const { page, close } = await visit("/formations");
  await page.locator(".fr-pagination__link[rel=next]").click();
  await page.waitForURL(/page=2/);
  await page.waitForFunction(() => document.activeElement.id === "nombre");
  await close();
});

test("words typed are completed, with the combobox pattern", async () => {
  const { page, close } = await visit("/formations");
  const input = page.locator("#q");
  assert.equal(await input.getAttribute("role"), "combobox");
  await input.pressSequentially("algo");
  await page.locator("#q-liste [role=option]").first().waitFor();
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = await input.getAttribute("aria-activedescendant");
  const word = await page.locator(`#${active}`).textContent();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === word);
  assert.equal(await input.getAttribute("aria-expanded"), "false");
  await input.fill("");
  await input.pressSequentially("donn");
  await page.locator("#q-liste [role=option]").first().waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#q-liste").isVisible(), false);
  await close();
});

test("when the fragment fails, the page is loaded", async () => {
  const { page, close } = await visit("/formations");
  await page.route("**/formations?*", (route) => (route.request().headers()["x-fragment"] ? route.abort() : route.continue()));
  await page.locator("#theme-droit-ethique").check();
  await page.waitForURL(/theme=droit-ethique/);
  await page.waitForLoadState("load");
  assert.equal(await page.locator("#theme-droit-ethique").isChecked(), true);
  await close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`trainings chosen survive pages and filters${javaScriptEnabled ? "" : ", without script"}`, async () => {
    const { page, close } = await visit("/formations", { javaScriptEnabled });
    const choose = async (count) => {
      await page.locator(".cocher button").first().click();
      await page.waitForURL((url) => url.searchParams.getAll("comparer").length === count);
      await page.locator("#choix", { hasText: String(count) }).waitFor();
    };
    await choose(1);
    await page.locator(".fr-pagination__link[rel=next]").click();
    await page.waitForURL(/page=2/);
    await page.locator("#choix", { hasText: "1" }).waitFor();
    await choose(2);
    assert.match(page.url(), /page=2/, "choosing stays on the page");
    await page.locator("#theme-droit-ethique").check();
    if (!javaScriptEnabled) await page.locator("button", { hasText: "Appliquer" }).click();
    await page.waitForURL(/theme=droit-ethique/);
    for (const count of [3, 4, 5]) await choose(count);
    assert.equal(await page.locator(".choix .fr-error-text").count(), 1, "a fifth one is explained");
    await page.locator(".choix li a").first().click();
    await page.waitForURL((url) => url.searchParams.getAll("comparer").length === 4);
    await page.locator(".choix .fr-btn").click();
    await page.waitForURL(/comparer\?id=.*&id=/);
    assert.equal(await page.locator("thead th").count(), 4);
    await close();
  });
}

test("a range the wrong way round comes back in the form", async () => {
  const { page, close } = await visit("/formations", { viewport: { width: 400, height: 900 } });
  await page.locator("#volet > summary").click();
  await page.locator("#duration-min").fill("9");
  await page.locator("#duration-max").fill("3");
  await page.locator("button", { hasText: "Appliquer" }).click();
  await page.locator("#duration-erreur").waitFor();
  assert.equal(await page.locator("#duration-min").inputValue(), "9");
  assert.ok(await page.locator("#duration-erreur").isVisible());
  await close();
});

test("without script: search, filter, sort, page, training", async () => {
  const { page, close } = await visit("/", { javaScriptEnabled: false });
  await page.locator("#q").fill("données");
  await page.locator("button", { hasText: "Chercher" }).click();
  await page.waitForURL(/q=donn/);
  const all = await total(page);
  await page.locator("#theme-droit-ethique").check();
  await page.locator("button", { hasText: "Appliquer" }).click();
  await page.waitForURL(/theme=droit-ethique/);
  assert.ok((await total(page)) < all);
  await page.locator("#sort").selectOption("titre");
  await page.locator("button", { hasText: "Trier" }).click();
  await page.waitForURL(/sort=titre/);
  await page.locator(".fr-tag--dismiss", { hasText: "Droit et éthique" }).click();
  await page.waitForURL((url) => !url.searchParams.has("theme"));
  await page.locator(".fr-pagination__link[rel=next]").click();
  await page.waitForURL(/page=2/);
  await page.locator(".fr-card__title a").first().click();
  await page.waitForURL(/formations\/[a-z0-9-]+$/);
  await close();
});

test("the skip links lead to the results", async () => {
  const { page, close } = await visit("/formations");
  await page.keyboard.press("Tab");
  assert.ok(await page.locator(".fr-skiplinks").isVisible());
  await page.locator(".fr-skiplinks a", { hasText: "Résultats" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#resultats" && document.activeElement.id === "resultats");
  await close();
});

test("with the keyboard alone: a pathway composed, a step left out", async () => {
  const { page, close } = await visit("/parcours/composer?persona=directrice-administration-centrale");
  await tabTo(page, "#heures");
  await page.keyboard.type("20", { delay: 0 });
  await tabTo(page, "button[name=calculer]", 400);
  await page.keyboard.press("Enter");
  await page.waitForURL(/parcours\/directrice-administration-centrale\?heures=20$/);
  const steps = page.locator(".etape");
  await steps.first().waitFor();
  const first = await steps.first().locator("h3 a").getAttribute("href");
  await tabTo(page, ".etape-actions a[href*=exclus]", 400);
  await page.keyboard.press("Enter");
  await page.waitForURL(/exclus=/);
  await steps.first().waitFor();
  const hrefs = await page.locator(".etape h3 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.ok(!hrefs.includes(first), `${first} is left out of ${hrefs}`);
  await close();
});

test("what is wrong in a request comes back in its form, without script", async () => {
  const { page, close } = await visit("/parcours/composer?persona=adjoint-projet", { javaScriptEnabled: false });
  await page.fill("#heures", "beaucoup");
  await page.selectOption("[name=acquis-culture-donnees]", "2");
  await page.click("button[name=calculer]");
  assert.match(await page.locator("[role=alert]").textContent(), /Heures par an.*nombre d’heures/);
  assert.equal(await page.locator("[role=alert] a").getAttribute("href"), "#heures");
  assert.equal(await page.getAttribute("#heures", "aria-invalid"), "true");
  assert.match(await page.locator(`#${await page.getAttribute("#heures", "aria-describedby")}`).textContent(), /nombre d’heures/);
  assert.equal(await page.inputValue("#heures"), "beaucoup");
  assert.equal(await page.inputValue("[name=acquis-culture-donnees]"), "2");
  await page.fill("#heures", "30");
  await page.click("button[name=calculer]");
  await page.waitForURL(/acquis=culture-donnees/);
  await close();
});

test("at 320 px the forms and the programme of pathways are read without sideways scroll, even within tables", async () => {
  for (const path of ["/parcours/composer?persona=adjoint-projet", "/parcours/equipe?groupe=directrice-administration-centrale:3&groupe=cheffe-service-portefeuille:8&session=2000&enveloppe=9000&heures=20"]) {
    const { page, close } = await visit(path, { viewport: { width: 320, height: 900 } });
    while (await page.getByRole("link", { name: "Voir le résultat" }).count()) await page.getByRole("link", { name: "Voir le résultat" }).click();
    const wide = await page.locator(".fr-table").evaluateAll((tables) => tables.map((table) => table.scrollWidth - table.clientWidth));
    assert.ok(wide.length > 0 && wide.every((more) => more <= 0), `${path}: ${wide}`);
    await close();
  }
});

test("reasons that are folded are printed", async () => {
  const { page, close } = await visit("/parcours/adjoint-projet");
  while (await page.getByRole("link", { name: "Voir le résultat" }).count()) await page.getByRole("link", { name: "Voir le résultat" }).click();
  const folded = page.locator(".raisons:not([open]) li").first();
  assert.equal(await folded.isVisible(), false);
  await page.emulateMedia({ media: "print" });
  assert.ok((await folded.boundingBox())?.height > 0);
  await close();
});
