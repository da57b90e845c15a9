import type {Route} from './fake-engine.ts';

/** Answers of what stands between us and an engine: none of them is the API's. */

export function page(status: number, html: string, type = 'text/html'): Route {
	return (_request, response) => {
		response.writeHead(status, {'Content-Type': type}).end(html);
	};
}

/** HAProxy's own page, as the usual proxies for docker's socket send it. */
export const forbid = page(
	403,
	'<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n',
);
