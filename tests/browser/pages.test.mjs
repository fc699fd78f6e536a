// Every type of page: accessibility rules, widths, weight, print, no script, no error.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import { pageTypes, startBrowser, startServer } from "./support.mjs";

const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark"];

const server = await startServer();
const types = Object.entries(await pageTypes(server.base));
let browser;
before(async () => { browser = await startBrowser(); });
after(async () => { await browser.close(); await server.stop(); });

/** Opens a page; what it says on the console and asks of the network is kept. */
async function open(path, options = {}, until = "load") {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said = [], asked = [];
  page.on("console", (message) => { if (!message.text().includes("status of 40")) said.push(message.text()); });
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("requestfinished", (request) => asked.push(request));
  await page.goto(server.base + path, { waitUntil: until });
  return { page, said, asked, close: () => context.close() };
}

for (const [name, path] of types) {
  describe(name, () => {
    for (const width of WIDTHS) {
      for (const colorScheme of SCHEMES) {
        test(`${width} px, ${colorScheme}: no violation, no sideways scroll, no error`, async () => {
          const { page, said, close } = await open(path, { viewport: { width, height: 900 }, colorScheme });
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(overflow, 0, "sideways scroll");
          await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
          await page.evaluate(axe.source);
          const { violations, incomplete } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations", "incomplete"] }));
          // What axe cannot decide, a person must look at: only glyphs that it does not know, single letters and
          // cells that a table scrolled sideways hides, are left to one; and text in a picture, which has the colours of the
          // page's own text on the page's own ground.
          const undecided = incomplete.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.any[0]?.data?.messageKey} ${node.html.slice(0, 120)}`));
          assert.deepEqual(undecided.filter((one) => !/nonBmp|elmPartiallyObscured|shortTextContent|imgNode <text/.test(one)), []);
          const told = violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + " " + (node.any[0]?.message ?? "")).join("\n")}`);
          assert.deepEqual(told, []);
          assert.deepEqual(said, []);
          await close();
        });
      }
    }

    test("at most 6 requests and 100 kB, nothing from elsewhere", async () => {
      const { asked, close } = await open(path, {}, "networkidle");
      assert.ok(asked.length <= 6, `${asked.length} requests`);
      let bytes = 0;
      for (const request of asked) {
        assert.ok(request.url().startsWith(server.base), request.url());
        bytes += (await (await request.response()).body()).length;
      }
      assert.ok(bytes <= 100_000, `${bytes} bytes`);
      await close();
    });

    test("prints something, without navigation", async () => {
      const { page, close } = await open(path);
      await page.emulateMedia({ media: "print" });
      for (const selector of [".fr-nav", ".filtres", ".fr-search-bar", ".fr-pagination"]) {
        for (const element of await page.locator(selector).all()) assert.equal(await element.isVisible(), false, selector);
      }
      const pdf = await page.pdf({ format: "A4" });
      assert.ok(pdf.length > 5_000, `${pdf.length} bytes`);
      await close();
    });

    test("is whole without script", async () => {
      const { page, said, close } = await open(path, { javaScriptEnabled: false });
      assert.equal(await page.locator("h1").count(), 1);
      assert.ok(await page.locator("main").isVisible());
      assert.deepEqual(said, []);
      await close();
    });
  });
}
