import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The page of the preview. Its policy lets in this one script and style elements with the nonce: nothing from outside, no inline
 * handler or style, so that no text of a design can become code.
 */
export function previewPage(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview.css'));
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource} 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>sysd preview</title>
<link rel="stylesheet" href="${style}">
<style id="drawing-style" nonce="${nonce}"></style>
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
