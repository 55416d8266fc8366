import type { Connection } from 'vscode-languageserver';
import { exportComposeOf } from './features/export-compose.ts';
import { elementAt, spanOfElement } from './features/locate-element.ts';
import type { Preview } from './preview/preview.ts';
import {
  type ElementAtParams,
  type ExportComposeParams,
  type ExportComposeResult,
  type ExportSvgParams,
  elementAtRequest,
  exportComposeRequest,
  exportSvgRequest,
  type Location,
  type PreviewParams,
  previewRequest,
  type RedrawParams,
  type RevealParams,
  redrawRequest,
  revealRequest,
  trafficOutcomeRequest,
} from './protocol.ts';
import type { guard } from './session/guard.ts';
import type { Session } from './session/session.ts';
import { rangeOf } from './text/snapshot.ts';

/** The messages beyond LSP (`protocol.ts`). */
export function customRequests(connection: Connection, session: Session, preview: Preview, guarded: ReturnType<typeof guard>): void {
  connection.onRequest(
    previewRequest,
    guarded('preview', (params: PreviewParams) => preview.preview(params), null),
  );
  connection.onRequest(
    redrawRequest,
    guarded('preview at another traffic', (params: RedrawParams) => preview.redraw(params), null),
  );
  connection.onRequest(
    trafficOutcomeRequest,
    guarded('outcome of a traffic', (params: RedrawParams) => preview.trafficOutcome(params), null),
  );
  connection.onRequest(
    exportSvgRequest,
    guarded('export of the drawing', (params: ExportSvgParams) => preview.exportSvg(params), FAILED_SVG),
  );
  connection.onRequest(
    revealRequest,
    guarded('reveal', ({ uri, element }: RevealParams) => reveal(session, uri, element), null),
  );
  connection.onRequest(
    elementAtRequest,
    guarded('element', (params: ElementAtParams) => elementAtPosition(session, params), null),
  );
  connection.onRequest(
    exportComposeRequest,
    guarded('export', ({ uri }: ExportComposeParams): ExportComposeResult => exportComposeOf(session, uri), FAILED_EXPORT),
  );
}

const FAULT = 'The server failed; its log says why. This is a fault of sysd, not of the design.';
const FAILED_SVG = { problem: FAULT };
const FAILED_EXPORT: ExportComposeResult = { files: [], problems: [FAULT] };

function reveal(session: Session, uri: string, element: string): Location | null {
  const newest = session.designOf(uri);
  if (!newest) return null;
  const state = session.drawable(newest);
  const span = spanOfElement(state.design, element);
  if (!span) return null;
  const at = session.place(state, span);
  const text = at && session.files.read(at.uri);
  return at && text ? { uri: session.files.clientUri(at.uri), range: rangeOf(text, at.start, at.end) } : null;
}

function elementAtPosition(session: Session, { uri, position }: ElementAtParams): string | null {
  const snapshot = session.files.read(uri);
  const newest = session.designOf(uri);
  if (!snapshot || !newest) return null;
  const state = session.drawable(newest);
  return elementAt(snapshot, state, newest, (span) => session.place(state, span), snapshot.document.offsetAt(position)) ?? null;
}
