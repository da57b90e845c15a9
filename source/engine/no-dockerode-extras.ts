/**
 * Stands in for what dockerode brings for things that are not done here: ssh2 (ours is the system's ssh), gRPC and
 * protobuf (image builds). Without them its chunk of the bundle is a fifth of the size and loads three times as fast;
 * ssh2 also looks for its WebAssembly beside itself, where no bundle has it, and ends the process over that.
 */
export {};
