export { type ChartLine, type ChartPanel, type LineChart, renderLineChart } from './chart/line-chart.ts';
export type { ElkGraph } from './layout/elk-graph.ts';
export { defaultSeeds, type LayoutEngine, type LayoutOptions, layoutDiagram } from './layout/layout-diagram.ts';
export { layoutKey } from './layout/layout-key.ts';
export type { Box, DiagramLayout, EdgeRoute, Point } from './layout/layout-result.ts';
export { placeSimply } from './layout/place-simply.ts';
export { mermaid } from './mermaid/mermaid.ts';
export type {
  DiagramEdge,
  DiagramFrame,
  DiagramModel,
  DiagramNode,
  EdgeFailure,
  EdgeLine,
  EdgeStyle,
  FindingCounts,
  NodeFailure,
  NodeLoad,
  ZoneChip,
} from './model/diagram-model.ts';
export type { FailureOverlay } from './model/failures.ts';
export { type OverviewOptions, overview } from './model/overview.ts';
export { pageCss, themeCss } from './render/css.ts';
export { type DrawingPieces, type RenderOptions, renderPieces, renderSvg } from './render/render-svg.ts';
export type { Overlay } from './render/scene.ts';
export { escapeText } from './render/svg-builder.ts';
export type { Theme } from './render/tokens.ts';
