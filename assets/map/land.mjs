// Cuts the coast of Great Britain and its neighbours out of Natural Earth's countries (public domain).
import { feature } from "topojson-client";

const WEST = -11.5;
const EAST = 4.5;
const SOUTH = 48.5;
const NORTH = 61.5;
const HOME = new Set(["826", "833", "832", "831"]); // United Kingdom, Isle of Man, Jersey, Guernsey
const NEIGHBOURS = new Set(["372", "250", "056", "528"]); // Ireland, France, Belgium, Netherlands

// A feature collection of polygons, each with `home` true or false; positions to about ten metres.
export function landOfGreatBritain(topology) {
  const countries = feature(topology, topology.objects.countries).features;
  const features = [];
  for (const country of countries) {
    if (!HOME.has(country.id) && !NEIGHBOURS.has(country.id)) continue;
    const polygons =
      country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
    const cut = polygons.map(cutPolygon).filter((rings) => rings.length > 0);
    if (cut.length > 0) {
      features.push({
        type: "Feature",
        properties: { home: HOME.has(country.id) },
        geometry: { type: "MultiPolygon", coordinates: cut },
      });
    }
  }
  return { type: "FeatureCollection", features };
}

function cutPolygon(rings) {
  return rings.map((ring) => close(clip(ring))).filter((ring) => ring.length >= 4);
}

// Sutherland and Hodgman: one side of the box after the other.
function clip(ring) {
  const sides = [
    [(p) => p[0] >= WEST, (a, b) => across(a, b, 0, WEST)],
    [(p) => p[0] <= EAST, (a, b) => across(a, b, 0, EAST)],
    [(p) => p[1] >= SOUTH, (a, b) => across(a, b, 1, SOUTH)],
    [(p) => p[1] <= NORTH, (a, b) => across(a, b, 1, NORTH)],
  ];
  let points = ring;
  for (const [inside, crossing] of sides) {
    const kept = [];
    points.forEach((point, index) => {
      const before = points[(index + points.length - 1) % points.length];
      if (inside(point) !== inside(before)) kept.push(crossing(before, point));
      if (inside(point)) kept.push(point);
    });
    points = kept;
  }
  return points;
}

function across(a, b, axis, limit) {
  const part = (limit - a[axis]) / (b[axis] - a[axis]);
  return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
}

function close(ring) {
  const rounded = ring.map(([x, y]) => [Math.round(x * 1e4) / 1e4, Math.round(y * 1e4) / 1e4]);
  const first = rounded[0];
  const last = rounded[rounded.length - 1];
  return first && (first[0] !== last[0] || first[1] !== last[1]) ? [...rounded, first] : rounded;
}
