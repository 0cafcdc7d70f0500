// Builds the style, the scripts and the map of the pages into the package's static folder.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";
import { landOfGreatBritain } from "./map/land.mjs";

const require = createRequire(import.meta.url);
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const built = path.join(root, "src", "openanpr", "web", "static", "built");

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await Promise.all([style(), scripts(), map()]);
await packed();

async function style() {
  const folder = path.join(here, "sass");
  const pages = (await readdir(path.join(folder, "pages"))).filter((name) => name.endsWith(".scss")).sort();
  const all = ["openanpr", ...pages.map((name) => `pages/${path.basename(name, ".scss")}`)];
  const compiled = await sass.compileStringAsync(all.map((name) => `@use "${name}";`).join("\n"), {
    loadPaths: [folder, path.join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
  });
  if (/url\(|GDS Transport/i.test(compiled.css)) {
    throw new Error("the style names a file or the GOV.UK font: own brand and no outside request");
  }
  await writeFile(path.join(built, "openanpr.css"), compiled.css);
}

async function scripts() {
  const folder = path.join(here, "ts");
  const pages = (await readdir(folder)).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));
  await esbuild.build({
    entryPoints: pages.map((name) => path.join(folder, name)),
    outdir: built,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome109", "firefox115", "safari16"],
    // MapLibre is a file of its own: only the pages with a map load it.
    external: ["./maplibre-gl.mjs"],
    logLevel: "warning",
  });
}

async function map() {
  const dist = path.join(root, "node_modules", "maplibre-gl", "dist");
  for (const name of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"]) {
    const text = await readFile(path.join(dist, name), "utf8");
    // The map of the code is not shipped, and browsers would ask for it.
    await writeFile(path.join(built, name), text.replace(/^\/\/# sourceMappingURL=.*$/m, ""));
  }
  const topology = JSON.parse(await readFile(require.resolve("world-atlas/countries-10m.json"), "utf8"));
  const land = landOfGreatBritain(topology);
  await writeFile(path.join(built, "land.json"), JSON.stringify(land));
  await copyFile(path.join(here, "map", "schematic.json"), path.join(built, "schematic.json"));
}

// The server sends these in place of the files to every browser that takes them.
async function packed() {
  const names = (await readdir(built)).filter((name) => /\.(css|m?js|json)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(built, name));
      await writeFile(path.join(built, `${name}.gz`), gzipSync(text, { level: 9 }));
    }),
  );
}
