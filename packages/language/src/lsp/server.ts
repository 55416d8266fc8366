import { RULES } from '@sysd/rules';
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type Position,
} from 'vscode-languageserver';
import { resolveImport } from '../project/project.ts';
import { CAPABILITIES } from './capabilities.ts';
import { complete } from './completion/complete.ts';
import { EMPTY_SCOPE } from './completion/scope.ts';
import { customRequests } from './custom-requests.ts';
import { codeActionsFor } from './features/code-action-request.ts';
import type { EditorCan } from './features/code-actions.ts';
import { scopeOfDesign } from './features/design-scope.ts';
import { shownIn } from './features/diagnose.ts';
import { foldingRanges } from './features/folding.ts';
import { formatEdits } from './features/format.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { documentLinks } from './features/links.ts';
import { type NameKinds, nameKinds } from './features/name-kinds.ts';
import { definition, designsThatShare, prepareRename, references, rename } from './features/navigate.ts';
import { type Colouring, colouring } from './features/semantic-tokens.ts';
import { documentSymbols } from './features/symbols.ts';
import { tokenHistory } from './features/token-delta.ts';
import { drawings } from './preview/drawings.ts';
import { workerEngine } from './preview/layout-engine.ts';
import { previewOf } from './preview/preview.ts';
import { type FileReader, files as filesOver } from './session/files.ts';
import { guard } from './session/guard.ts';
import { session as newSession } from './session/session.ts';
import { readSettings } from './session/settings.ts';
import { canonicalUri } from './session/uri.ts';
import { findDesignFiles, importPaths } from './session/workspace-files.ts';
import { blocksOf, type Snapshot } from './text/snapshot.ts';
import { validation } from './validation.ts';

/** Wires the features to a connection. Every handler is guarded: a fault is logged and answered with null. */
export function serve(connection: Connection, readDisk: FileReader): void {
  const log = (message: string): void => connection.console.error(message);
  const guarded = guard(log);
  const files = filesOver(readDisk);
  const session = newSession(files);
  const engine = workerEngine();
  const checks = validation(session, connection, log, () => {
    // The document that was edited asks by itself; others that show figures of the same design do not.
    if (files.opened().length > 1) refreshHints();
  });
  const history = tokenHistory();
  const colourings = new Map<string, Colouring>();
  const shown = shownIn(session);
  let client: InitializeParams['capabilities'] = {};
  let can: EditorCan = { showFailure: false, showScenario: false };
  let folders = new Set<string>();

  /** A document at the newest text with an offset in it; runs `use` where it is known. */
  const at = <R>(uri: string, position: Position, use: (snapshot: Snapshot, offset: number) => R): R | null => {
    const snapshot = files.read(uri);
    return snapshot ? use(snapshot, snapshot.document.offsetAt(position)) : null;
  };
  const onText = <R>(uri: string, use: (snapshot: Snapshot) => R): R | null => {
    const snapshot = files.read(uri);
    return snapshot ? use(snapshot) : null;
  };
  const symbolsOf = (uri: string) => session.designsOf(uri).map((s) => s.symbols);
  const places = { read: files.read, clientUri: files.clientUri };
  const scanWorkspace = (): void => session.workspaceChanged(findDesignFiles([...folders]));

  connection.onInitialize((params) => {
    client = params.capabilities;
    can = {
      showFailure: client.experimental?.sysdShowFailure === true,
      showScenario: client.experimental?.sysdShowScenario === true,
    };
    folders = new Set((params.workspaceFolders ?? []).map((f) => f.uri));
    if (params.initializationOptions !== undefined) session.settingsChanged(readSettings(params.initializationOptions));
    return { capabilities: CAPABILITIES, serverInfo: { name: 'sysd' } };
  });

  connection.onInitialized(
    guarded(
      'initialized',
      async () => {
        scanWorkspace();
        if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
          await connection.client.register(DidChangeConfigurationNotification.type, { section: 'sysd' });
        }
        if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
          await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.sysd' }] });
        }
        if (client.workspace?.workspaceFolders) {
          connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
            for (const folder of added) folders.add(folder.uri);
            for (const folder of removed) folders.delete(folder.uri);
            scanWorkspace();
            checks.schedule();
          });
        }
        await pullSettings();
        checks.schedule();
      },
      undefined,
    ),
  );

  async function pullSettings(): Promise<void> {
    const given = client.workspace?.configuration ? await connection.workspace.getConfiguration('sysd') : undefined;
    if (given) session.settingsChanged(readSettings(given));
  }

  function refreshHints(): void {
    if (client.workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh().catch(() => undefined);
  }

  connection.onDidChangeConfiguration(
    guarded(
      'configuration',
      async ({ settings }) => {
        const given = settings?.sysd;
        if (given !== undefined) session.settingsChanged(readSettings(given));
        else await pullSettings();
        checks.schedule();
        refreshHints();
      },
      undefined,
    ),
  );

  connection.onDidChangeWatchedFiles(
    guarded(
      'watched files',
      ({ changes }) => {
        const known = new Set(session.workspaceFiles);
        for (const { uri, type } of changes) {
          const key = canonicalUri(uri);
          files.forget(key);
          if (type === FileChangeType.Deleted) known.delete(key);
          else known.add(key);
        }
        session.workspaceChanged([...known].sort());
        checks.schedule();
      },
      undefined,
    ),
  );

  connection.onDidOpenTextDocument(
    guarded(
      'open',
      ({ textDocument: { uri, version, text } }) => {
        files.open(uri, version, text);
        checks.schedule();
      },
      undefined,
    ),
  );
  connection.onDidChangeTextDocument(
    guarded(
      'change',
      ({ textDocument: { uri, version }, contentChanges }) => {
        if (files.change(uri, version, contentChanges)) checks.schedule();
        else log(`a change of ${uri}, which is not open`);
      },
      undefined,
    ),
  );
  connection.onDidSaveTextDocument(guarded('save', () => checks.saved(), undefined));
  connection.onDidCloseTextDocument(
    guarded(
      'close',
      ({ textDocument: { uri } }) => {
        files.close(uri);
        history.forget(canonicalUri(uri));
        colourings.delete(canonicalUri(uri));
        checks.schedule();
      },
      undefined,
    ),
  );

  connection.onCompletion(
    guarded(
      'completion',
      ({ textDocument: { uri }, position, context }) =>
        at(uri, position, (snapshot, offset) => {
          const state = session.latest(uri) ?? session.designOf(uri);
          const covered = state?.files.get(snapshot.uri);
          const list = complete(snapshot, offset, {
            scope: state ? scopeOfDesign(state.design, state.technologies) : EMPTY_SCOPE,
            covered: covered ? blocksOf(covered) : [],
            rules: RULES.map((r) => ({ name: r.id, detail: r.category, doc: r.summary })),
            importPaths: (typed) => importPaths(uri, typed),
            snippets: client.textDocument?.completion?.completionItem?.snippetSupport === true,
          });
          // A blank asks only where something is due behind it, so that ordinary typing is not disturbed.
          return context?.triggerCharacter === ' ' && list.items.length > 60 ? [] : list;
        }),
      null,
    ),
  );

  connection.onHover(
    guarded(
      'hover',
      ({ textDocument: { uri }, position }) =>
        at(uri, position, (snapshot, offset) => {
          const state = session.designOf(uri);
          if (!state) return hover({ snapshot, locator: () => undefined }, offset);
          const standing = session.standing(state);
          return hover({ snapshot, state, standing, locator: (span) => session.place(standing, span) }, offset);
        }),
      null,
    ),
  );

  connection.onDefinition(
    guarded(
      'definition',
      ({ textDocument: { uri }, position }) =>
        at(uri, position, (snapshot, offset) => {
          const link = documentLinks(blocksOf(snapshot), (path) => resolveImport(snapshot.uri, path)).find(
            ({ range: { start, end } }) =>
              start.line === position.line && start.character <= position.character && position.character <= end.character,
          );
          if (link?.target && files.read(link.target)) {
            const start = { line: 0, character: 0 };
            return [{ uri: files.clientUri(link.target), range: { start, end: start } }];
          }
          const symbols = session.designOf(uri)?.symbols;
          return symbols ? definition(symbols, snapshot.uri, offset, places) : [];
        }),
      null,
    ),
  );

  connection.onReferences(
    guarded(
      'references',
      ({ textDocument: { uri }, position, context }) =>
        at(uri, position, (snapshot, offset) => {
          const all = designsThatShare(symbolsOf, snapshot.uri, offset);
          return references(all, snapshot.uri, offset, context.includeDeclaration, places);
        }),
      null,
    ),
  );

  connection.onPrepareRename(
    guarded(
      'prepareRename',
      ({ textDocument: { uri }, position }) =>
        at(uri, position, (snapshot, offset) => {
          const [symbols] = symbolsOf(uri);
          return symbols ? prepareRename(symbols, snapshot.uri, offset, places) : null;
        }),
      null,
    ),
  );

  connection.onRenameRequest(
    guarded(
      'rename',
      ({ textDocument: { uri }, position, newName }) =>
        at(uri, position, (snapshot, offset) =>
          rename(designsThatShare(symbolsOf, snapshot.uri, offset), snapshot.uri, offset, newName, places),
        ),
      null,
    ),
  );

  connection.onDocumentSymbol(
    guarded('symbols', ({ textDocument }) => onText(textDocument.uri, (s) => documentSymbols(blocksOf(s))), null),
  );
  connection.onFoldingRanges(guarded('folding', ({ textDocument }) => onText(textDocument.uri, (s) => foldingRanges(blocksOf(s))), null));
  connection.onDocumentFormatting(guarded('formatting', ({ textDocument }) => onText(textDocument.uri, (s) => formatEdits(s)), null));
  connection.onDocumentRangeFormatting(
    guarded('formatting', ({ textDocument, range }) => onText(textDocument.uri, (s) => formatEdits(s, range)), null),
  );
  connection.onDocumentLinks(
    guarded(
      'links',
      ({ textDocument }) =>
        onText(textDocument.uri, (snapshot) =>
          documentLinks(blocksOf(snapshot), (path) => {
            const uri = resolveImport(snapshot.uri, path);
            return uri !== undefined && files.read(uri) ? files.clientUri(uri) : undefined;
          }),
        ),
      null,
    ),
  );

  connection.onCodeAction(
    guarded(
      'code actions',
      (params, token) => {
        const { generation } = files;
        return codeActionsFor(params, session, shown, can, () => !token.isCancellationRequested && files.generation === generation);
      },
      null,
    ),
  );

  connection.languages.inlayHint.on(
    guarded(
      'inlay hints',
      ({ textDocument: { uri }, range }) =>
        onText(uri, (snapshot) => {
          const state = session.settings.inlayHints ? session.designOf(uri) : undefined;
          const standing = state && session.standing(state);
          if (!standing?.complete) return [];
          const [from, to] = [snapshot.document.offsetAt(range.start), snapshot.document.offsetAt(range.end)];
          return inlayHints(snapshot, standing.assessment(), (span) => session.place(standing, span), from, to);
        }),
      null,
    ),
  );

  const colouringOf = (uri: string): Colouring => {
    const colours = colourings.get(uri) ?? colouring();
    colourings.set(uri, colours);
    return colours;
  };
  const others = (snapshot: Snapshot): NameKinds => nameKinds(session.latest(snapshot.uri), snapshot.uri);
  const coloursOf = (snapshot: Snapshot) => colouringOf(snapshot.uri).colours(blocksOf(snapshot), others(snapshot));
  const noTokens = { data: [] };
  const { semanticTokens: colors } = connection.languages;
  colors.on(
    guarded(
      'semantic tokens',
      ({ textDocument: { uri } }) => onText(uri, (snapshot) => history.full(snapshot.uri, coloursOf(snapshot))) ?? noTokens,
      noTokens,
    ),
  );
  colors.onDelta(
    guarded(
      'semantic tokens',
      ({ textDocument: { uri }, previousResultId }) =>
        onText(uri, (snapshot) => history.delta(snapshot.uri, previousResultId, coloursOf(snapshot))) ?? noTokens,
      noTokens,
    ),
  );
  colors.onRange(
    guarded(
      'semantic tokens',
      ({ textDocument: { uri }, range }) =>
        onText(uri, (snapshot) => ({ data: colouringOf(snapshot.uri).within(blocksOf(snapshot), others(snapshot), range) })) ?? noTokens,
      noTokens,
    ),
  );

  customRequests(connection, session, previewOf(session, drawings(engine)), guarded);

  connection.onShutdown(() => {
    checks.dispose();
    engine.dispose();
  });
  connection.listen();
}
