import type {Refusal} from '../contract.ts';

/** Refusals on their way out of a handler or a transaction: the server answers with their status and words. */

export class Refused extends Error implements Refusal {
	override readonly name = 'Refused';
	readonly status: number;
	/** Said as plain text, not as JSON. */
	readonly isPlain: boolean;

	constructor(status: number, message: string, {isPlain = false} = {}) {
		super(message);
		this.status = status;
		this.isPlain = isPlain;
	}
}

/** The HTTP status of a gRPC code, for errors that SwarmKit's control API made (moby api/server/httpstatus/status.go). */
const statusOfCode = {
	InvalidArgument: 400,
	FailedPrecondition: 400,
	OutOfRange: 400,
	Unauthenticated: 401,
	PermissionDenied: 403,
	NotFound: 404,
	AlreadyExists: 409,
	Unimplemented: 501,
	Unavailable: 503,
	Unknown: 500,
	DeadlineExceeded: 500,
} as const;

type GrpcCode = keyof typeof statusOfCode;

/** An error that crossed gRPC on its way from SwarmKit: the engine passes its code and description on in the message. */
export const grpcRefusal = (code: GrpcCode, description: string): Refused =>
	new Refused(statusOfCode[code], `rpc error: code = ${code} desc = ${description}`);

export const invalidArgument = (description: string): Refused => grpcRefusal('InvalidArgument', description);

/** What a write with any but the current version gets; a plain error in SwarmKit, hence 500 (store/memory.go). */
export const outOfSequence = (): Refused => grpcRefusal('Unknown', 'update out of sequence');

/** An error of the daemon itself: no prefix. */
export const badRequest = (message: string): Refused => new Refused(400, message);
export const notFound = (message: string): Refused => new Refused(404, message);
export const serverError = (message: string): Refused => new Refused(500, message);
