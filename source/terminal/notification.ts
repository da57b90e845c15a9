/** Tells a person whose eyes are elsewhere: the bell, or a notification of the desktop, which the terminal shows. */

/** `osc9` is understood by iTerm2, kitty, WezTerm and Windows Terminal; `osc777` by urxvt, foot, Ghostty and WezTerm. */
export type Notifying = 'off' | 'bell' | 'osc9' | 'osc777';

/** Terminals cut what is longer, or show none of it. */
const mostCharacters = 200;

/**
 * The bytes for it; '' when nothing is wanted.
 * @param text without control characters; what would end the sequence or part its fields is taken out
 */
export function notification(how: Notifying, title: string, text: string): string {
	const said = (words: string): string => words.replaceAll(/[\p{Cc};]/gu, ' ').slice(0, mostCharacters);
	switch (how) {
		case 'off':
			return '';
		case 'bell':
			return '\u0007';
		case 'osc9':
			return `\u001b]9;${said(`${title}: ${text}`)}\u0007`;
		case 'osc777':
			return `\u001b]777;notify;${said(title)};${said(text)}\u0007`;
		default:
			return how satisfies never;
	}
}
