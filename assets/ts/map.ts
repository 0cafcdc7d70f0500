// Draws the maps of a page. Each has a text twin beside it: without script or WebGL nothing is lost.
import type { Map as MapLibreMap, Marker } from "maplibre-gl";
import { mapStyle } from "./lib/map-style";

type MapLibre = typeof import("maplibre-gl");

interface Properties {
  label: string;
  href?: string;
  kind?: string;
}
type Points = GeoJSON.FeatureCollection<GeoJSON.Point, Properties>;

const FIRST_TOWNS_ONLY_BELOW = 6.5;

async function draw(element: HTMLElement): Promise<void> {
  // A file of its own beside this one, loaded only where a map stands.
  const beside = "./maplibre-gl.mjs";
  const library = (await import(beside)) as MapLibre;
  library.setWorkerUrl(need(element, "worker"));
  const night = document.documentElement.dataset.theme === "night";
  const map = new library.Map({
    container: element,
    style: mapStyle(night, need(element, "land"), need(element, "schematic")),
    center: [-2.2, 53.6],
    zoom: 4.6,
    minZoom: 3,
    maxZoom: 14,
    attributionControl: { compact: false },
    // Two fingers or ctrl: one finger scrolls the page on a phone.
    cooperativeGestures: true,
    pitchWithRotate: false,
    dragRotate: false,
  });
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  const [points, schematic] = await Promise.all([pointsOf(element), json(need(element, "schematic"))]);
  addTowns(library, map, schematic as GeoJSON.FeatureCollection);
  addPoints(library, map, points);
  element.dataset.ready = "true";
}

async function pointsOf(element: HTMLElement): Promise<Points> {
  const given = element.dataset.pointsJson;
  if (given) return JSON.parse(given) as Points;
  const url = element.dataset.points;
  return url ? ((await json(url)) as Points) : { type: "FeatureCollection", features: [] };
}

async function json(url: string): Promise<unknown> {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`the map's data could not be loaded (${response.status})`);
  return response.json();
}

function addPoints(library: MapLibre, map: MapLibreMap, points: Points): void {
  const bounds = new library.LngLatBounds();
  for (const feature of points.features) {
    const [longitude, latitude] = feature.geometry.coordinates;
    if (longitude === undefined || latitude === undefined) continue;
    bounds.extend([longitude, latitude]);
    marker(library, feature.properties).setLngLat([longitude, latitude]).addTo(map);
  }
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: { top: 48, bottom: 48, left: 48, right: 120 }, maxZoom: 9, animate: false });
}

function marker(library: MapLibre, properties: Properties): Marker {
  const element = document.createElement(properties.href ? "a" : "div");
  element.className = `oa-map__point oa-map__point--${properties.kind === "area" ? "area" : "place"}`;
  if (properties.href) element.setAttribute("href", properties.href);
  const label = document.createElement("span");
  label.className = "oa-map__label";
  label.textContent = properties.label;
  element.append(label);
  return new library.Marker({ element, anchor: "center" });
}

function addTowns(library: MapLibre, map: MapLibreMap, schematic: GeoJSON.FeatureCollection): void {
  for (const feature of schematic.features) {
    if (feature.geometry.type !== "Point") continue;
    const [longitude, latitude] = feature.geometry.coordinates;
    if (longitude === undefined || latitude === undefined) continue;
    const element = document.createElement("div");
    element.className = `oa-map__town oa-map__town--${feature.properties?.rank === 1 ? "first" : "second"}`;
    element.setAttribute("aria-hidden", "true");
    element.textContent = String(feature.properties?.name ?? "");
    new library.Marker({ element, anchor: "left" }).setLngLat([longitude, latitude]).addTo(map);
  }
  const sift = () => {
    map.getContainer().classList.toggle("oa-map--far", map.getZoom() < FIRST_TOWNS_ONLY_BELOW);
  };
  map.on("zoom", sift);
  sift();
}

function need(element: HTMLElement, name: string): string {
  const value = element.dataset[name];
  if (!value) throw new Error(`the map lacks data-${name}`);
  return new URL(value, document.baseURI).href;
}

for (const element of document.querySelectorAll<HTMLElement>("[data-map]")) {
  draw(element).catch((problem: unknown) => {
    element.classList.add("oa-map--failed");
    element.textContent = "The map cannot be drawn here. The table holds the same.";
    console.error(problem);
  });
}
