"use strict";
// The entry of jsii's kernel, in place of the stock one, which starts a second Node and relays
// every message through the first. The kernel itself (program.js) is jsii's, as it is.
const fs = require("fs");
const os = require("os");

// The kernel talks on descriptor 3; here Python is at the other end of 0 and 1.
const CHANNEL = 3;
fs.openSync(os.devNull); // Takes 3 if it is free, so that no file ever gets it.
const { readSync, writeSync } = fs;
fs.readSync = (file, ...rest) => readSync(file === CHANNEL ? 0 : file, ...rest);
fs.writeSync = (file, ...rest) => writeSync(file === CHANNEL ? 1 : file, ...rest);

// What libraries print goes to Python as the stock entry sends it.
for (const name of ["stdout", "stderr"]) {
  process[name].write = (chunk, encoding, done) => {
    const data = Buffer.from(chunk, typeof encoding === "string" ? encoding : undefined);
    writeSync(2, JSON.stringify({ [name]: data.toString("base64") }) + "\n");
    (typeof encoding === "function" ? encoding : done)?.();
    return true;
  };
}
process.noDeprecation = true; // Of Node's functions in cdktf: nothing its users can change.
process.on("SIGINT", () => {}); // Python gets it too, and closes the channel.

// The kernel asks whether its packages are linked or copied; see kernel.py for the option itself.
process.execArgv.push("--preserve-symlinks");

// cdktf notes where each token was made; from Python that is always this file and the kernel.
Error.captureStackTrace = () => {};

// cdktf requires a library for archives, 250 files, for TerraformAsset alone: loaded when called.
const Module = require("module");
const load = Module._load;
Module._load = (request, ...rest) =>
  request === "archiver"
    ? (...options) => load(request, ...rest)(...options)
    : load(request, ...rest);

require("./program.js");
