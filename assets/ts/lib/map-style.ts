// The offline style of the map: sea, land, coast, schematic roads. No label in it needs a font file.
import type { StyleSpecification } from "maplibre-gl";

interface Palette {
  sea: string;
  home: string;
  neighbour: string;
  coast: string;
  road: string;
}

const DAY: Palette = { sea: "#d6e6ee", home: "#f7f5ef", neighbour: "#e9e7e1", coast: "#7b93a3", road: "#c3b38f" };
const NIGHT: Palette = { sea: "#0d1a26", home: "#1d2c3a", neighbour: "#172430", coast: "#4f6a80", road: "#5a6b57" };

export function mapStyle(night: boolean, landUrl: string, schematicUrl: string): StyleSpecification {
  const colour = night ? NIGHT : DAY;
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: landUrl, attribution: "Coast: Natural Earth. Roads: schematic." },
      schematic: { type: "geojson", data: schematicUrl },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour.sea } },
      {
        id: "land",
        type: "fill",
        source: "land",
        paint: { "fill-color": ["case", ["get", "home"], colour.home, colour.neighbour] },
      },
      { id: "coast", type: "line", source: "land", paint: { "line-color": colour.coast, "line-width": 1 } },
      {
        id: "roads",
        type: "line",
        source: "schematic",
        filter: ["==", ["get", "kind"], "road"],
        paint: {
          "line-color": colour.road,
          "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.8, 9, 2.5, 12, 4],
        },
      },
    ],
  };
}
